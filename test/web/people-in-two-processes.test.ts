/** What people may use once, asked of two real processes on one database at the same instant: the database decides. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { connectFederatedIdentity } from '../../src/identity/federated-identities.ts';
import { createInvitation, invitationLink, newInvitationSchema } from '../../src/identity/invitations.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { findUser, type User } from '../../src/identity/users.ts';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { type Installation, newInstallation, until } from '../support/castellan-process.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  encode,
  type Form,
  formIn,
  type Provider,
  password,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { addAuthenticator, codeAt } from '../support/second-factor.ts';

/** How often something is sent at the same instant, to both processes in turn. */
const times = 20;
const terms = { language: 'en', sendsMail: false } as const;

describe.each(engines)('of two processes on one %s', (engine) => {
  let provider: Provider;
  let processes: Installation[];
  let admin: TestBrowser;
  let people = 0;

  beforeAll(async () => {
    const mailed = {
      CASTELLAN_SIGN_UP: 'open',
      CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9',
      CASTELLAN_MAIL_FROM: 'id@example.com',
    };
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine), settings: mailed });
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    admin = provider.browser();
    await admin.signIn('root');
    processes = [await newInstallation(), await newInstallation()];
    const settings = {
      ...mailed,
      CASTELLAN_DATABASE_URL: provider.config.databaseUrl,
      CASTELLAN_KEYS_DIR: provider.config.keysDir,
      CASTELLAN_PUBLIC_URL: provider.config.publicUrl,
      CASTELLAN_LOG_LEVEL: 'error',
    };
    for (const process of processes) await process.start(settings);
  });
  beforeEach(async () => {
    // The processes have a clock that nobody moves.
    provider.clock.now = Math.floor(Date.now() / 1000);
    await provider.context.database.run(sql`DELETE FROM throttles`);
  });
  afterAll(async () => {
    for (const process of processes) await process.remove();
    await provider.close();
  });

  const atBoth = <Answer>(work: (url: string, turn: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: times }, (_, turn) => work(processes[turn % 2]?.url ?? '', turn)));
  const send = (url: string, path: string, form: Form, browser?: TestBrowser) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: provider.config.publicUrl,
        ...(browser && { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') }),
      },
      body: encode(form),
    });
  const person = async (): Promise<{ user: User; browser: TestBrowser }> => {
    const username = `person-${++people}`;
    const user = await provider.addUser({ username, email: `${username}@example.com`, email_verified: true });
    const browser = provider.browser();
    await browser.signIn(username);
    return { user, browser };
  };
  /** What the newest mail to an address says, once there is one. */
  const mailTo = async (recipient: string) => {
    const find = () => listOutgoingMails(provider.context.database, { limit: 1, recipient });
    await until(async () => (await find()).length > 0);
    const [mail] = await find();
    const { link = '', code } = (mail && contentOf(provider.context, mail)) ?? {};
    return { code, token: link === '' ? '' : (new URL(link).searchParams.get('token') ?? '') };
  };
  /** Whether it went on, and not back to where a sign-in begins. */
  const isTaken = ({ status, headers }: Response) =>
    status === 303 && headers.get('location')?.startsWith('/login') === false;
  const fresh = () => `fresh-${++people}@example.com`;

  /** Somebody who stands before the second step at four browsers. */
  async function secondStep() {
    const { user, browser } = await person();
    const app = await addAuthenticator(provider, browser);
    const forms = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const at = provider.browser();
        return { at, ...formIn((await at.signIn(user.username)).body) };
      }),
    );
    /** Sends a form, at each browser in turn. */
    const enter = async (url: string, turn: number, fields: Form) => {
      const form = forms[Math.floor(turn / 2) % forms.length];
      return send(url, form?.action ?? '', { ...form?.hidden, ...fields }, form?.at);
    };
    return { app, enter };
  }

  async function codeByMail() {
    const { user } = await person();
    const browser = provider.browser();
    const page = await browser.follow(await browser.post('/login/email', { email: user.email }));
    return { browser, hidden: formIn(page.body).hidden, ...(await mailTo(user.email ?? '')) };
  }

  async function anotherAddress() {
    const { user, browser } = await person();
    const email = fresh();
    await browser.post('/account/email', { email });
    return { user, browser, ...(await mailTo(email)) };
  }

  async function signUp() {
    const browser = provider.browser();
    const email = fresh();
    const username = `fresh-${people}`;
    const page = await browser.follow(await browser.post('/sign-up', { username, email, name: 'Fresh', password }));
    return { browser, hidden: formIn(page.body).hidden, ...(await mailTo(email)) };
  }

  /** What may be used once, and how it is used at an address. */
  const once: Readonly<Record<string, () => Promise<(url: string, turn: number) => Promise<Response>>>> = {
    async 'a code of an authenticator app'() {
      const { app, enter } = await secondStep();
      const code = codeAt(app.secret, provider.clock.now + 30);
      return (url, turn) => enter(url, turn, { code });
    },
    async 'a recovery code'() {
      const { app, enter } = await secondStep();
      return (url, turn) => enter(url, turn, { method: 'recovery-codes', code: app.recoveryCodes[0] });
    },
    async 'a code by mail'() {
      const { browser, hidden, code } = await codeByMail();
      return (url) => send(url, '/login/email/code', { ...hidden, code }, browser);
    },
    async 'the link beside it'() {
      const { token } = await codeByMail();
      return (url) => send(url, '/login/email/link', { token });
    },
    async 'a mailed link to a new password'() {
      const { user } = await person();
      await provider.browser().post('/forgot-password', { username: user.username });
      const { token } = await mailTo(user.email ?? '');
      return (url) => send(url, '/recovery', { token, password: 'quite another battery staple' });
    },
    async 'a code that confirms an address'() {
      const { browser, code } = await anotherAddress();
      return (url) => send(url, '/account/email/code', { code }, browser);
    },
    async 'a link that confirms an address'() {
      const { browser, token } = await anotherAddress();
      return (url) => send(url, '/account/email/confirm', { token }, browser);
    },
    async 'a link that brings an address back'() {
      const { user, browser, code } = await anotherAddress();
      await browser.post('/account/email/code', { code });
      const { token } = await mailTo(user.email ?? '');
      return (url) => send(url, '/recovery/email', { token });
    },
    async 'an invitation'() {
      const invitation = newInvitationSchema.parse({ uses: 1, days: 1 });
      const link = invitationLink(provider.context, await createInvitation(provider.context, invitation, terms, actor));
      const token = new URL(link).searchParams.get('token') ?? '';
      const email = fresh();
      return (url, turn) => send(url, '/invitation', { token, username: `guest-${people}-${turn}`, email, password });
    },
    async 'the code of a sign-up'() {
      const { browser, hidden, code } = await signUp();
      return (url) => send(url, '/sign-up/code', { ...hidden, code }, browser);
    },
  };
  test.each(Object.entries(once))('one takes %s, however often both are asked', async (_what, make) => {
    const answers = await atBoth(await make());
    const statuses = answers.map(({ status }) => status);
    expect(answers.filter(isTaken)).toHaveLength(1);
    // The rest is refused, told to wait, or asked to come back, and nothing has broken.
    for (const status of statuses) expect([303, 400, 403, 429, 503]).toContain(status);
  });

  /** A wrong guess, and how many are looked at before whoever guesses must wait. */
  const guesses: Readonly<
    Record<string, readonly [number, () => Promise<(url: string, turn: number) => Promise<Response>>]>
  > = {
    'a second factor': [
      5,
      async () => {
        const { enter } = await secondStep();
        return (url, turn) => enter(url, turn, { code: '000000' });
      },
    ],
    'a code by mail': [
      5,
      async () => {
        const { browser, hidden } = await codeByMail();
        return (url) => send(url, '/login/email/code', { ...hidden, code: '00000000' }, browser);
      },
    ],
    'a code that confirms an address': [
      10,
      async () => {
        const { browser } = await anotherAddress();
        return (url) => send(url, '/account/email/code', { code: '00000000' }, browser);
      },
    ],
    'the code of a sign-up': [
      5,
      async () => {
        const { browser, hidden } = await signUp();
        return (url) => send(url, '/sign-up/code', { ...hidden, code: '00000000' }, browser);
      },
    ],
  };
  test.each(Object.entries(guesses))('both together let nobody guess %s more often', async (_what, [most, make]) => {
    const answers = await atBoth(await make());
    expect(answers.filter(({ status }) => status !== 429)).toHaveLength(most);
    expect(answers.filter(isTaken)).toEqual([]);
  });

  test('one lets somebody in who waits or refuses, and it is noted once', async () => {
    const { user } = await person();
    const { database } = provider.context;
    await database.run(sql`UPDATE users SET awaits_approval_since = 1 WHERE id = ${user.id}`);
    await atBoth((url, turn) => send(url, `/admin/users/${user.id}/${turn % 4 < 2 ? 'approve' : 'refuse'}`, {}, admin));
    const events = await listEvents(provider.context, { target: user.id, limit: 50 });
    const [decision, ...more] = events.filter(({ action }) => /approved|refused/.test(action));
    expect(more).toEqual([]);
    const left = await findUser(provider.context, user.id);
    expect(left?.awaitsApproval).toBe(decision?.action === 'user.approved' ? false : undefined);
  });

  test('an account elsewhere becomes one person’s, whoever connects it', async () => {
    const settings = { kind: 'openid-connect', label: 'Big Corp', issuer: 'https://corp.example', client_id: 'ours' };
    await addIdentityProvider(provider.context, { name: 'corp', settings, client_secret: 'x' }, actor);
    const claimants = await Promise.all(Array.from({ length: 6 }, person));
    const account = { provider: 'corp', sub: 'one', label: 'one', providerLabel: 'Big Corp' };
    const connected = await Promise.all(
      claimants.map(({ user }) => connectFederatedIdentity(provider.context, user, account, actor)),
    );
    expect(connected.filter((isTheirs) => isTheirs)).toEqual([true]);
  });

  test('a sign-in that was begun at one goes on at the other', async () => {
    const { app, enter } = await secondStep();
    const answer = await enter(processes[1]?.url ?? '', 0, { code: codeAt(app.secret, provider.clock.now + 30) });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });
});
