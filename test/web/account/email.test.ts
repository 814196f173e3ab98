import { afterEach, describe, expect, test } from 'vitest';
import { disableUser, findUser, setPassword, type User, updateUser } from '../../../src/identity/users.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { type MailServer, mailSettings, startMailServer } from '../../support/mail-server.ts';
import { actor, locationOf, type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';

let provider: Provider;
let server: MailServer;
let alice: User;
let browser: TestBrowser;
afterEach(() => provider.close());

async function start(options: { databaseUrl?: string; verified?: boolean; mail?: boolean } = {}): Promise<void> {
  const { databaseUrl, verified = true, mail = true } = options;
  server = await startMailServer();
  const settings = mail ? mailSettings(server) : {};
  provider = await startProvider({ ...(databaseUrl && { databaseUrl }), settings });
  alice = await provider.addUser({ email_verified: verified });
  browser = provider.browser();
  await browser.signIn();
}

const present = async () => {
  const user = await findUser(provider.context, alice.id);
  return [user?.email, user?.email_verified];
};
const ask = (email: string) => browser.post('/account/email', { email });
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';
const isSignedIn = async (of: TestBrowser) => (await of.get('/account/email')).statusCode === 200;

/** Changes the address, and resolves with the mail to the former one. */
async function change(email: string, numbers: [number, number]) {
  await ask(email);
  const { code } = await server.mail(numbers[0]);
  await browser.post('/account/email/code', { code });
  return server.mail(numbers[1]);
}

describe('an e-mail address', () => {
  test('that was never confirmed is confirmed by the code of a mail, and email_verified follows', async () => {
    await start({ verified: false });
    const page = await browser.get('/account/email');
    expect(page.body).toContain('Not confirmed');
    const sent = await browser.follow(await ask('alice@example.com'));
    expect(sent.body).toContain('The mail is on its way.');
    const { code, to } = await server.mail(1);
    expect(to).toEqual(['alice@example.com']);
    const done = await browser.follow(await browser.post('/account/email/code', { code }));
    expect(done.body).toContain('Your address is confirmed.');
    expect(await present()).toEqual(['alice@example.com', true]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is replaced only once the new one is confirmed, by its link and a button', async () => {
    await start();
    await ask('new@example.com');
    const { link, to } = await server.mail(1);
    expect(to).toEqual(['new@example.com']);
    expect(await present()).toEqual(['alice@example.com', true]);
    const page = await browser.get(link);
    expect(page.body).toContain('new@example.com');
    expect(await present()).toEqual(['alice@example.com', true]);
    const form = { token: tokenOf(link) };
    const done = await browser.follow(await browser.post('/account/email/confirm', form));
    expect(done.body).toContain('Your address is confirmed.');
    expect(await present()).toEqual(['new@example.com', true]);
  });

  test('is confirmed by a link only for who is signed in to that account', async () => {
    await start();
    await ask('new@example.com');
    const { link } = await server.mail(1);
    expect(locationOf(await provider.browser().get(link))).toMatch(/^\/login\?/);
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = provider.browser();
    await bob.signIn('bob');
    expect((await bob.get(link)).statusCode).toBe(400);
    expect((await bob.post('/account/email/confirm', { token: tokenOf(link) })).statusCode).toBe(400);
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test('goes along with a user name that was the address', async () => {
    await start();
    const anna = await provider.addUser({ username: 'anna@example.com', email: 'anna@example.com' });
    const hers = provider.browser();
    await hers.signIn('anna@example.com');
    await hers.post('/account/email', { email: 'anna@example.net' });
    const mail = server.mails.find(({ to }) => to[0] === 'anna@example.net') ?? (await server.mail(1));
    await hers.post('/account/email/code', { code: mail.code });
    const after = await findUser(provider.context, anna.id);
    expect([after?.username, after?.email]).toEqual(['anna@example.net', 'anna@example.net']);
  });

  test('without a mail server is confirmed with what the administrator finds in the console', async () => {
    await start({ mail: false });
    const page = await browser.follow(await ask('new@example.com'));
    expect(page.body).toContain('Ask your administrator for the code');
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test.each(engines)('is taken once on %s, even when its code is typed in ten times at once', async (engine) => {
    await start({ databaseUrl: await freshDatabaseUrl(engine) });
    await ask('new@example.com');
    const { code } = await server.mail(1);
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => browser.post('/account/email/code', { code })),
    );
    expect(responses.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(await present()).toEqual(['new@example.com', true]);
  });
});

describe('what is refused of an address:', () => {
  test.each(['', 'alice', 'a@b@example.com', 'a@x.test\r\nBcc: b@x.test', '"a b"@x.test', `${'a'.repeat(300)}@x.test`])(
    '%j is none',
    async (email) => {
      await start();
      expect((await ask(email)).statusCode).toBe(400);
      expect(server.mails).toEqual([]);
    },
  );

  test('one that somebody else has: its owner is told, and the page is the same', async () => {
    await start();
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const sent = await browser.follow(await ask('Bob@example.com'));
    const free = await browser.follow(await ask('free@example.com'));
    expect(sent.body.replaceAll('Bob@example.com', 'X')).toBe(free.body.replaceAll('free@example.com', 'X'));
    const [one, two] = [await server.mail(1), await server.mail(2)];
    const mail = one.to[0]?.toLowerCase() === 'bob@example.com' ? one : two;
    expect([mail.headers.get('subject'), mail.code, mail.link]).toEqual([
      'Your address was given for another account',
      '',
      '',
    ]);
    // To the address of the account, however somebody else wrote it.
    expect(mail.to).toEqual(['bob@example.com']);
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test('one that somebody else got in the meantime', async () => {
    await start();
    await ask('new@example.com');
    const { code, link } = await server.mail(1);
    await provider.addUser({ username: 'bob', email: 'new@example.com' });
    const response = await browser.post('/account/email/code', { code });
    expect(response.statusCode).toBe(409);
    const again = await browser.follow(await browser.post('/account/email/confirm', { token: tokenOf(link) }));
    expect(again.body).toContain('Another account has this address.');
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test('a change by who signed in longer than five minutes ago', async () => {
    await start();
    provider.clock.advance(601);
    expect(locationOf(await ask('new@example.com'))).toMatch(/^\/login\?/);
    expect(server.mails).toEqual([]);
  });

  test('codes that are wrong, and after some of them the right one too', async () => {
    await start();
    await ask('new@example.com');
    const { code } = await server.mail(1);
    const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
    const statuses = new Set<number>();
    for (let guess = 0; guess < 12; guess++)
      statuses.add((await browser.post('/account/email/code', { code: wrong })).statusCode);
    expect([...statuses]).toEqual([400, 429]);
    expect((await browser.post('/account/email/code', { code })).statusCode).toBe(429);
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test('the code and link of a mail when a newer one was asked for, or a day has passed', async () => {
    await start();
    await ask('new@example.com');
    const older = await server.mail(1);
    await ask('newer@example.com');
    const newer = await server.mail(2);
    expect((await browser.post('/account/email/code', { code: older.code })).statusCode).toBe(400);
    expect((await browser.get(older.link)).statusCode).toBe(400);
    provider.clock.advance(86_400);
    expect((await browser.post('/account/email/code', { code: newer.code })).statusCode).toBe(400);
    expect((await browser.get(newer.link)).statusCode).toBe(400);
  });

  test('one mail after the other', async () => {
    await start();
    const statuses: number[] = [];
    for (let time = 0; time < 5; time++) statuses.push((await ask(`new${time}@example.com`)).statusCode);
    expect(statuses).toEqual([303, 303, 303, 429, 429]);
  });
});

describe('the former address', () => {
  test('is told, and its link brings it back, ends every session, and leads to a new password', async () => {
    await start();
    const notice = await change('thief@example.com', [1, 2]);
    expect(notice.to).toEqual(['alice@example.com']);
    expect(notice.text).toContain('thief@example.com');
    const owner = provider.browser();
    const page = await owner.get(notice.link);
    expect(await present()).toEqual(['thief@example.com', true]);
    const chosen = await owner.submit(page, {});
    expect(chosen.body).toContain('Choose a new password');
    expect(await present()).toEqual(['alice@example.com', true]);
    expect(await isSignedIn(browser)).toBe(false);
    await owner.submit(chosen, { password: 'a new horse battery' });
    await owner.signIn('alice', 'a new horse battery');
    expect(await isSignedIn(owner)).toBe(true);
  });

  test('works however often the address and password were changed since, and none but it has such a say', async () => {
    await start();
    const first = await change('one@example.com', [1, 2]);
    await setPassword(provider.context, alice, 'quite another horse', actor);
    await server.mail(3);
    await browser.signIn('alice', 'quite another horse');
    const second = await change('two@example.com', [4, 5]);
    expect(second.to).toEqual(['one@example.com']);
    expect(second.text).toContain('two@example.com');
    expect(second.link).toBe('');
    await provider.browser().post('/recovery/email', { token: tokenOf(first.link) });
    expect(await present()).toEqual(['alice@example.com', true]);
  });

  test('has no say any more once an administrator has said which address it is', async () => {
    await start();
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    const { link } = await change('thief@example.com', [1, 2]);
    const changes = { email: 'safe@example.com', email_verified: true };
    await updateUser(provider.context, alice.id, changes, actor);
    expect((await provider.browser().post('/recovery/email', { token: tokenOf(link) })).statusCode).toBe(400);
    await updateUser(provider.context, alice.id, { claims: { name: 'Alice' } }, actor);
    expect(await present()).toEqual(['safe@example.com', true]);
  });

  test('has no say when it was never confirmed', async () => {
    await start({ verified: false });
    await ask('new@example.com');
    const { code } = await server.mail(1);
    await browser.post('/account/email/code', { code });
    expect(await present()).toEqual(['new@example.com', true]);
    await ask('newer@example.com');
    expect((await server.mail(2)).to).toEqual(['newer@example.com']);
  });

  test.each([
    ['after seven days', async () => provider.clock.advance(7 * 86_400)],
    ['once it was used', async (token: string) => void (await provider.browser().post('/recovery/email', { token }))],
    [
      'when the account has expired',
      async () => {
        const expires_at = provider.clock.now + 60;
        await updateUser(provider.context, alice.id, { expires_at }, actor);
        provider.clock.advance(60);
      },
    ],
    [
      'when the person is disabled',
      async () => {
        await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
        await disableUser(provider.context, alice.id, actor);
      },
    ],
  ])('gets nothing back %s', async (_when, makeItSo) => {
    await start();
    const { link } = await change('new@example.com', [1, 2]);
    await makeItSo(tokenOf(link));
    expect((await provider.browser().get(link)).statusCode).toBe(400);
    expect((await provider.browser().post('/recovery/email', { token: tokenOf(link) })).statusCode).toBe(400);
  });

  test('gets nothing back when somebody else has it by now', async () => {
    await start();
    const { link } = await change('new@example.com', [1, 2]);
    await provider.addUser({ username: 'bob', email: 'alice@example.com' });
    expect((await provider.browser().post('/recovery/email', { token: tokenOf(link) })).statusCode).toBe(409);
    expect(await present()).toEqual(['new@example.com', true]);
  });
});
