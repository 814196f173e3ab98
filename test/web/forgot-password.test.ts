import { afterEach, describe, expect, test } from 'vitest';
import { createRecoveryLink } from '../../src/identity/recovery.ts';
import { disableUser, setPassword, type User, updateUser } from '../../src/identity/users.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, locationOf, type Provider, startProvider } from '../support/provider.ts';

const fresh = 'a new horse battery';
let provider: Provider;
let server: MailServer;
let alice: User;
afterEach(() => provider.close());

async function start(settings?: Record<string, string>): Promise<void> {
  server = await startMailServer();
  provider = await startProvider({ settings: settings ?? mailSettings(server) });
  alice = await provider.addUser();
}

const post = (username: string, headers?: Record<string, string>) =>
  provider.browser().post('/forgot-password', { username }, headers);
const rows = () => listOutgoingMails(provider.context.database, { limit: 20 });
const resets = () => server.mails.filter(({ link }) => link.includes('/recovery?token='));

/** All that was asked for before has been done once a mail to somebody else is there. */
async function untilAllIsDone(): Promise<void> {
  await provider.addUser({ username: 'last', email: 'last@example.com' });
  await post('last');
  for (let seen = 1; ; seen++) if ((await server.mail(seen)).to[0] === 'last@example.com') return;
}

describe('a forgotten password', () => {
  test.each(['alice', ' ALICE ', 'Alice@Example.com'])(
    'is replaced through the link that %j asked for',
    async (name) => {
      await start();
      const browser = provider.browser();
      const login = await browser.get('/login');
      expect(login.body).toContain('<a id="login-forgotten" href="/forgot-password">Forgotten your password?</a>');
      const done = await browser.submit(await browser.get('/forgot-password'), { username: name });
      expect(done.body).toContain('Look at your mail');
      const mail = await server.mail(1);
      expect(mail.to).toEqual(['alice@example.com']);
      const other = provider.browser();
      const page = await other.get(mail.link);
      expect(page.body).toContain('At least 8 characters');
      expect((await other.submit(page, { password: fresh })).body).toContain('Your password is changed');
      expect(other.cookies.has('castellan_session')).toBe(false);
      await other.signIn('alice', fresh);
      expect(other.cookies.has('castellan_session')).toBe(true);
      expect((await server.mail(2)).headers.get('subject')).toBe('Your password was changed');
    },
  );

  test('leads back to the sign-in that it was forgotten at', async () => {
    await start();
    const browser = provider.browser();
    const login = locationOf(await browser.get('/account/sessions')) ?? '';
    const [, offer = ''] = /id="login-forgotten" href="([^"]+)"/.exec((await browser.get(login)).body) ?? [];
    const done = await browser.submit(await browser.get(offer), { username: 'alice' });
    expect(done.body).toContain(`href="${login}"`);
  });

  test('without a mail server leaves a link for the administrator, and tells the person so', async () => {
    await start({});
    const browser = provider.browser();
    const page = await browser.submit(await browser.get('/forgot-password'), { username: 'alice' });
    expect(page.body).toContain('Now ask your administrator');
    while ((await rows()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await rows())[0]).toMatchObject({
      recipient: 'alice@example.com',
      purpose: 'password-reset',
      next_attempt_at: null,
    });
  });

  test('leaves a link for the administrator when the person has no address', async () => {
    await start();
    await updateUser(provider.context, alice.id, { email: null }, actor);
    await post('alice');
    while ((await rows()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await rows())[0]).toMatchObject({ recipient: '', next_attempt_at: null });
    await untilAllIsDone();
    expect(resets()).toHaveLength(1);
  });
});

describe('who asks learns nothing of accounts:', () => {
  test('page and status are the same for a name that nobody has, and no mail leaves', async () => {
    await start();
    const shown = async (name: string) => {
      const browser = provider.browser();
      const asked = await browser.post('/forgot-password', { username: name });
      const page = await browser.follow(asked);
      return [asked.statusCode, locationOf(asked), Object.keys(asked.headers).sort(), page.statusCode, page.body];
    };
    expect(await shown('nobody')).toEqual(await shown('alice'));
    await untilAllIsDone();
    expect(resets().flatMap(({ to }) => to)).toEqual(['alice@example.com', 'last@example.com']);
  });

  test('a thousand requests for one person are few mails, whichever name is used', async () => {
    await start();
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++) statuses.push((await post('alice')).statusCode);
    for (let time = 0; time < 6; time++) statuses.push((await post('alice@example.com')).statusCode);
    expect(statuses).toEqual([303, 303, 303, 429, 429, 429, 303, 303, 303, 429, 429, 429]);
    await untilAllIsDone();
    expect(resets().filter(({ to }) => to[0] === 'alice@example.com')).toHaveLength(3);
  });

  test('no mail goes to a person who is disabled', async () => {
    await start();
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await disableUser(provider.context, alice.id, actor);
    expect((await post('alice')).statusCode).toBe(303);
    await untilAllIsDone();
    expect(resets().flatMap(({ to }) => to)).toEqual(['last@example.com']);
  });

  test.each(['', '   ', 'x'.repeat(321)])('a form with the name %j is refused', async (username) => {
    await start();
    expect((await post(username)).statusCode).toBe(400);
  });

  test('a form of another site is refused', async () => {
    await start();
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await post('alice', headers)).statusCode).toBe(403);
  });
});

describe('the mailed link', () => {
  const isDead = async (link: string) => {
    const browser = provider.browser();
    const token = new URL(link).searchParams.get('token') ?? '';
    const responses = [await browser.get(link), await browser.post('/recovery', { token, password: fresh })];
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
  };

  test.each([
    ['half an hour has passed', async () => provider.clock.advance(1800)],
    [
      'it was used',
      async (link: string) =>
        void (await provider.browser().submit(await provider.browser().get(link), { password: fresh })),
    ],
    [
      'a newer one was asked for',
      async () => {
        await post('alice');
        await server.mail(2);
      },
    ],
    [
      'the password was changed otherwise',
      async () => void (await setPassword(provider.context, alice, 'quite another horse', actor)),
    ],
    [
      'the address was changed',
      async () => void (await updateUser(provider.context, alice.id, { email: 'else@example.com' }, actor)),
    ],
  ])('is dead when %s', async (_when, makeItSo) => {
    await start();
    await post('alice');
    const { link } = await server.mail(1);
    expect((await provider.browser().get(link)).statusCode).toBe(200);
    await makeItSo(link);
    await isDead(link);
  });

  test('does not end what an administrator made: strangers could do so', async () => {
    await start();
    const made = await createRecoveryLink(provider.context, alice, actor);
    await post('alice');
    await server.mail(1);
    expect((await provider.browser().get(made)).statusCode).toBe(200);
  });

  test.each([
    ['Host', { host: 'evil.example' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['Forwarded', { forwarded: 'host=evil.example' }],
  ])('names the public URL, whatever %s the request had', async (_header, headers) => {
    await start();
    await post('alice', headers);
    expect((await server.mail(1)).link.startsWith(`${provider.config.publicUrl}/recovery?token=`)).toBe(true);
  });
});
