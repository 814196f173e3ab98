// What a page gains when scripts run. Everything works without: these buttons are hidden until this file shows them.

const labels = document.body.dataset;

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const label = button.textContent;
    button.textContent = (await copy(button.dataset.copy)) ? labels.copied : labels.notCopied;
    announce(button.textContent);
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

for (const button of document.querySelectorAll('button[data-show-password]')) {
  const input = button.previousElementSibling;
  button.hidden = false;
  button.setAttribute('aria-controls', input.id);
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? labels.hide : labels.show;
    button.setAttribute('aria-label', shown ? labels.hidePassword : labels.showPassword);
  };
  show(false);
  button.addEventListener('click', () => show(input.type === 'password'));
  // Password managers and browsers keep only what was sent as a password.
  input.form?.addEventListener('submit', () => show(false));
}

// Times are written in the time zone of the account, or in UTC; a browser knows where its reader is.
for (const time of document.querySelectorAll('time[datetime]')) {
  time.title = time.textContent;
  time.textContent = new Date(time.dateTime).toLocaleString(
    { en: 'en-GB', pt: 'pt-PT' }[document.documentElement.lang] ?? document.documentElement.lang,
    { dateStyle: 'medium', timeStyle: 'short' },
  );
}

// A summary of problems is read out first, unless the page has chosen the field to go on with.
const summary = document.querySelector('#error-message[tabindex]');
if (summary && !document.querySelector('[autofocus]')) summary.focus();

const menu = document.querySelector('.account-menu');
if (menu) {
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

// On a phone the navigation is a strip; show where we are in it.
for (const entry of document.querySelectorAll('nav [aria-current]')) {
  const strip = entry.closest('ul');
  strip.scrollLeft = entry.offsetLeft - strip.offsetLeft - (strip.clientWidth - entry.clientWidth) / 2;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Plain http has no clipboard interface.
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

function announce(text) {
  let status = document.querySelector('#announcement');
  if (!status) {
    status = document.createElement('div');
    status.id = 'announcement';
    status.className = 'unseen';
    status.setAttribute('role', 'status');
    document.body.append(status);
  }
  status.textContent = text;
}
