// Passkeys (WebAuthn): asks the browser for one when its form is sent, and on the sign-in page offers them in the field
// for the user name. What the browser answers is sent with the form. Each place says in data-… what to tell a person.

/** Challenges live for five minutes; the next one is fetched before. */
const freshFor = 240_000;

for (const place of document.querySelectorAll('[data-passkey]')) setUp(place);
for (const place of document.querySelectorAll('[data-passkeys]')) void tellPasswordManager(place.dataset.passkeys);

function setUp(place) {
  const { passkey: kind, autofill, ...data } = place.dataset;
  const form = place.closest('form');
  const status = place.querySelector('[role=status]');
  const say = (text = '') => {
    status.textContent = text;
    status.hidden = text === '';
  };
  const readOptions = optionsReader(kind);
  if (!readOptions) {
    // Where there are other ways, nobody need hear of this one.
    if (autofill === undefined) say(data.unsupported);
    else (form.closest('.needs-scripts') ?? form).hidden = true;
    return;
  }

  let options;
  let fetchedAt;
  let waiting;
  let isBusy = false;
  let isSent = false;

  const refresh = () => {
    fetchedAt = Date.now();
    const continuation = form.elements.namedItem('continuation')?.value ?? '';
    const request = { method: 'POST', body: new URLSearchParams({ continuation }) };
    options = fetch(data.options, request).then((response) => {
      if (!response.ok) throw new Error('no options', { cause: response.status });
      return response.json();
    });
    options.catch(() => {});
    if (autofill !== undefined && !isBusy) void offerInField();
  };

  const send = (credential) => {
    isSent = true;
    form.elements.namedItem('credential').value = JSON.stringify(credential.toJSON());
    form.submit();
  };

  const offerInField = async () => {
    waiting?.abort();
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const mine = new AbortController();
    waiting = mine;
    try {
      const publicKey = readOptions(await options);
      if (mine.signal.aborted || isBusy) return;
      send(await navigator.credentials.get({ publicKey, mediation: 'conditional', signal: mine.signal }));
    } catch {
      // The button says what went wrong, and the password is there.
    }
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    waiting?.abort();
    say();
    try {
      const answer = await options.catch(({ cause }) => ({ refusal: cause ?? 0 }));
      // The answer to the form leads to what has to be done again.
      if (answer.refusal === 403) return form.submit();
      if (answer.refusal !== undefined) return say(data.unreachable);
      const publicKey = readOptions(answer);
      const { credentials } = navigator;
      send(await (kind === 'create' ? credentials.create({ publicKey }) : credentials.get({ publicKey })));
    } catch (error) {
      say(data[reasons[error.name] ?? 'failed']);
    } finally {
      isBusy = isSent;
      if (!isSent) refresh();
    }
  });

  refresh();
  // Only an old challenge is replaced: what the person is about to choose in the field would be called off with it.
  const refreshOld = () => {
    if (!document.hidden && !isBusy && !isSent && Date.now() - fetchedAt >= freshFor) refresh();
  };
  setInterval(refreshOld, 10_000);
  document.addEventListener('visibilitychange', refreshOld);
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    isBusy = false;
    isSent = false;
    refresh();
  });
}

function optionsReader(kind) {
  const reader = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
  const { PublicKeyCredential: credential } = globalThis;
  return credential?.[reader] && ((json) => credential[reader](json));
}

/** What the errors of WebAuthn mean to a person. */
const reasons = {
  NotAllowedError: 'unused',
  AbortError: 'unused',
  InvalidStateError: 'present',
  SecurityError: 'elsewhere',
  NotSupportedError: 'unsupported',
};

/** Tells the password manager which passkeys there still are, so that it offers no other. */
async function tellPasswordManager(known) {
  try {
    await globalThis.PublicKeyCredential?.signalAllAcceptedCredentials?.(JSON.parse(known));
  } catch {
    // It need not listen.
  }
}
