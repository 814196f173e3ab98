// What a page gains when scripts run. Everything works without: these buttons are hidden until this file shows them,
// which is before the page is drawn.

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

// A form that was refused is answered at an address that cannot be opened again, and to which browsers go back only with
// a question. It gets the address of the page that sent it.
const { referrer } = document;
if (labels.refused !== undefined && referrer.startsWith(`${location.origin}/`))
  history.replaceState(null, '', referrer);

// A second click while the form is on its way sends nothing more; after a while it does, for the answer may be lost.
const onTheirWay = new Map();
document.addEventListener('submit', (event) => {
  const { target: form, submitter, defaultPrevented } = event;
  if (defaultPrevented) return;
  if (onTheirWay.has(form) && onTheirWay.get(form) === submitter) return event.preventDefault();
  onTheirWay.set(form, submitter);
  setTimeout(() => onTheirWay.delete(form), 3000);
});
addEventListener('pageshow', () => onTheirWay.clear());

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

// On a phone the navigation is a strip; show where we are in it, also when the phone is turned.
const showPlace = () => {
  for (const entry of document.querySelectorAll('nav [aria-current]')) {
    const strip = entry.closest('ul');
    strip.scrollLeft = entry.offsetLeft - strip.offsetLeft - (strip.clientWidth - entry.clientWidth) / 2;
  }
};
showPlace();
addEventListener('resize', showPlace);

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
