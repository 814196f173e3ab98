import type { LightMyRequestResponse } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { disableUser, findUser, setPassword, type User, updateUser } from '../../src/identity/users.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, answerOf, locationOf, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';
import { addAuthenticator } from '../support/second-factor.ts';

let provider: Provider;
let server: MailServer;
let alice: User;
afterEach(() => provider.close());

async function start(options: Parameters<typeof startProvider>[0] = {}): Promise<void> {
  server = await startMailServer();
  provider = await startProvider({ ...options, settings: { ...mailSettings(server), ...options.settings } });
  alice = await provider.addUser();
}

/** Asks for a code on the page that `from` leads to; resolves with the page that asks for the code. */
async function ask(browser: TestBrowser, email = 'alice@example.com', from = '/login/email') {
  return browser.submit(await browser.open(from), { email });
}

const enter = (browser: TestBrowser, page: LightMyRequestResponse, code: string) => browser.submit(page, { code });
const isSignedIn = (browser: TestBrowser) => browser.cookies.has('castellan_session');
const sessions = async () => listEvents(provider.context, { target: alice.id, action: 'session.started', limit: 10 });
const wrong = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, '0');

/** All that was asked for before has been done once a mail to somebody else is there. */
async function untilAllIsDone(): Promise<void> {
  await provider.addUser({ username: 'last', email: 'last@example.com' });
  await ask(provider.browser(), 'last@example.com');
  for (let seen = 1; ; seen++) if ((await server.mail(seen)).to[0] === 'last@example.com') return;
}

describe('a code by mail', () => {
  test('is offered on the sign-in page, and signs in to what the person came for', async () => {
    await start();
    const client = await provider.register();
    const browser = provider.browser();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: client.redirect_uris[0] ?? '',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const login = await browser.open(`/oidc/oauth2/auth?${query}`);
    const offer = /<a[^>]*id="login-email-code"[^>]*href="([^"]+)"/.exec(login.body)?.[1] ?? '';
    const page = await ask(browser, 'alice@example.com', offer);
    expect(page.body).toContain('autocomplete="one-time-code"');
    const consent = await enter(browser, page, (await server.mail(1)).code);
    const answer = await browser.submit(consent, { decision: 'allow' });
    expect(answerOf(answer)).toHaveProperty('code');
    expect((await sessions())[0]?.detail).toMatchObject({ amr: 'otp email' });
  });

  test('may be typed with blanks and hyphens', async () => {
    await start();
    const browser = provider.browser();
    const page = await ask(browser);
    const { code } = await server.mail(1);
    await enter(browser, page, ` ${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)} `);
    expect(isSignedIn(browser)).toBe(true);
  });

  test('is not offered, and not sent, where no mail server is set', async () => {
    provider = await startProvider();
    await provider.addUser();
    const browser = provider.browser();
    expect((await browser.get('/login')).body).not.toContain('login-email-code');
    expect(locationOf(await browser.get('/login/email'))).toBe('/login');
    expect(locationOf(await browser.post('/login/email', { email: 'alice@example.com' }))).toBe('/login');
    expect(await listOutgoingMails(provider.context.database, { limit: 10 })).toEqual([]);
  });

  test('and its link are one factor: the second one is asked for after either', async () => {
    await start();
    const owner = provider.browser();
    await owner.signIn();
    await addAuthenticator(provider, owner);
    const before = server.mails.length;
    const browser = provider.browser();
    const page = await ask(browser);
    let number = before + 1;
    while ((await server.mail(number)).code === '') number++;
    const { code } = await server.mail(number);
    expect(
      locationOf(
        await browser.post('/login/email/code', { asked: /name="asked" value="([^"]+)"/.exec(page.body)?.[1], code }),
      ),
    ).toMatch(/^\/login\/second-factor\?/);
    expect(isSignedIn(browser)).toBe(false);
    await ask(browser);
    number++;
    while ((await server.mail(number)).code === '') number++;
    expect(locationOf(await browser.get((await server.mail(number)).link))).toMatch(/^\/login\/second-factor\?/);
    expect(isSignedIn(browser)).toBe(false);
  });

  test('proves the address, which is verified from then on', async () => {
    await start();
    expect(alice.email_verified).toBe(false);
    const browser = provider.browser();
    const page = await ask(browser);
    await enter(browser, page, (await server.mail(1)).code);
    expect((await findUser(provider.context, alice.id))?.email_verified).toBe(true);
  });

  test('is in neither the subject nor the database', async () => {
    await start();
    await ask(provider.browser());
    const { code, headers } = await server.mail(1);
    expect(headers.get('subject')).toBe('Sign in to Example House');
    const rows = JSON.stringify(await listOutgoingMails(provider.context.database, { limit: 10 }));
    expect(rows).not.toContain(code);
    expect(rows).not.toContain(`${code.slice(0, 4)} ${code.slice(4)}`);
  });

  test('comes in the language of the page that it was asked for on', async () => {
    await start();
    const browser = provider.browser();
    await browser.post('/language', { language: 'de' });
    await ask(browser);
    const mail = await server.mail(1);
    expect(mail.text).toContain('Geben Sie diesen Code');
    expect(mail.html).toContain('<html lang="de" dir="ltr">');
  });

  test.each([
    ['a wrong one', async () => wrong((await server.mail(1)).code)],
    ['one too short', async () => (await server.mail(1)).code.slice(1)],
    ['one with letters', async () => 'ABCDEFGH'],
    [
      'one that is older than ten minutes',
      async () => {
        const { code } = await server.mail(1);
        provider.clock.advance(600);
        return code;
      },
    ],
    [
      'the one of another mail',
      async () => {
        await server.mail(1);
        await ask(provider.browser());
        return (await server.mail(2)).code;
      },
    ],
    [
      'one from before the password was changed',
      async () => {
        const { code } = await server.mail(1);
        await setPassword(provider.context, alice, 'quite another horse', actor);
        return code;
      },
    ],
    [
      'one from before the address was changed',
      async () => {
        const { code } = await server.mail(1);
        await updateUser(provider.context, alice.id, { email: 'else@example.com' }, actor);
        return code;
      },
    ],
    [
      'one of a person who was disabled since',
      async () => {
        const { code } = await server.mail(1);
        await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
        await disableUser(provider.context, alice.id, actor);
        return code;
      },
    ],
  ])('is refused: %s', async (_what, given) => {
    await start();
    const browser = provider.browser();
    const page = await ask(browser);
    const response = await enter(browser, page, await given());
    expect(response.statusCode).toBe(403);
    expect(response.body).toContain('This code is not right, or too old.');
    expect(isSignedIn(browser)).toBe(false);
  });

  test('is refused at another browser than the one that asked', async () => {
    await start();
    const page = await ask(provider.browser());
    const { code } = await server.mail(1);
    const other = provider.browser();
    await other.open('/login');
    const response = await enter(other, page, code);
    expect(isSignedIn(other)).toBe(false);
    expect(response.body).toContain('id="login-email"');
  });

  test('allows few guesses, from however many addresses, whoever asked for it', async () => {
    await start();
    const browser = provider.browser();
    const page = await ask(browser);
    const { code } = await server.mail(1);
    const statuses: number[] = [];
    for (let guess = 0; guess < 8; guess++) statuses.push((await enter(browser, page, wrong(code))).statusCode);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
    const right = await enter(browser, page, code);
    expect([right.statusCode, isSignedIn(browser)]).toEqual([429, false]);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  });

  test.each(engines)('signs in once on %s, even when it is presented ten times at the same instant', async (engine) => {
    await start({ databaseUrl: await freshDatabaseUrl(engine) });
    const browser = provider.browser();
    const page = await ask(browser);
    const { code } = await server.mail(1);
    const asked = /name="asked" value="([^"]+)"/.exec(page.body)?.[1];
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => browser.post('/login/email/code', { asked, code })),
    );
    expect(responses.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
    expect((await browser.post('/login/email/code', { asked, code })).statusCode).not.toBe(303);
  });
});

describe('who asks for a code learns nothing of accounts:', () => {
  test('page, status and headers are the same for an address that nobody has', async () => {
    await start();
    const shown = async (email: string) => {
      const browser = provider.browser();
      const asked = await browser.post('/login/email', { email });
      const page = await browser.follow(asked);
      const hidden = /asked(=|" value=")[\w-]+/g;
      const refused = await enter(browser, page, '12345678');
      return [asked, page, refused].map(({ statusCode, headers, body }) => [
        statusCode,
        Object.keys(headers).sort(),
        body
          .replaceAll(email, 'ADDRESS')
          .replaceAll(hidden, '')
          .replaceAll(/(reference|request)[^<]*</gi, ''),
      ]);
    };
    expect(await shown('nobody@example.com')).toEqual(await shown('alice@example.com'));
    await untilAllIsDone();
    expect(server.mails.flatMap(({ to }) => to)).not.toContain('nobody@example.com');
  });

  test('asking again and again is slowed down alike, and no more mails leave', async () => {
    await start();
    const statuses = async (email: string) => {
      const found: unknown[] = [];
      for (let time = 0; time < 5; time++) {
        const { statusCode, headers } = await provider.browser().post('/login/email', { email });
        found.push([statusCode, headers['retry-after']]);
      }
      return found;
    };
    const known = await statuses('alice@example.com');
    expect(known).toEqual([
      [303, undefined],
      [303, undefined],
      [303, undefined],
      [429, '60'],
      [429, '60'],
    ]);
    expect(await statuses('nobody@example.com')).toEqual(known);
    await untilAllIsDone();
    expect(server.mails.filter(({ to }) => to[0] === 'alice@example.com')).toHaveLength(3);
  });

  test('one address that writes to a long list is slowed down', async () => {
    await start();
    const statuses = new Set<number>();
    for (let person = 0; person < 21; person++)
      statuses.add((await provider.browser().post('/login/email', { email: `p${person}@example.com` })).statusCode);
    expect([...statuses]).toEqual([303, 429]);
  });

  test('no mail goes to a person who is disabled', async () => {
    await start();
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await disableUser(provider.context, alice.id, actor);
    const page = await ask(provider.browser());
    expect(page.statusCode).toBe(200);
    await untilAllIsDone();
    expect(server.mails.flatMap(({ to }) => to)).toEqual(['last@example.com']);
  });

  test.each([
    'alice',
    '',
    'a@b@example.com',
    'a@x.test\r\nBcc: b@x.test',
    '"a b"@example.com',
    `${'a'.repeat(300)}@x.test`,
  ])('nothing is sent to %j', async (email) => {
    await start();
    const response = await provider.browser().post('/login/email', { email });
    expect(response.statusCode).toBe(400);
    await untilAllIsDone();
    expect(server.mails).toHaveLength(1);
  });
});

describe('the link of the mail', () => {
  test('goes on with the sign-in at the browser that asked', async () => {
    await start();
    const browser = provider.browser();
    await ask(
      browser,
      'alice@example.com',
      locationOf(await browser.get('/account/sessions'))?.replace('/login', '/login/email'),
    );
    const { link } = await server.mail(1);
    const opened = await browser.get(link);
    expect([opened.statusCode, locationOf(opened)]).toEqual([303, '/account/sessions']);
    expect(isSignedIn(browser)).toBe(true);
  });

  test('at another browser signs nobody in until a button is pressed, so that programs may open it', async () => {
    await start();
    await ask(provider.browser());
    const { link } = await server.mail(1);
    const scanner = provider.browser();
    for (let time = 0; time < 3; time++) {
      const page = await scanner.get(link);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('This link was asked for in another browser.');
    }
    expect(isSignedIn(scanner)).toBe(false);
    const phone = provider.browser();
    const done = await phone.submit(await phone.get(link), {});
    expect(done.statusCode).toBe(200);
    expect(isSignedIn(phone)).toBe(true);
    expect(await sessions()).toHaveLength(1);
  });

  test('is not taken from a form of another site', async () => {
    await start();
    await ask(provider.browser());
    const { link } = await server.mail(1);
    const token = new URL(link).searchParams.get('token') ?? '';
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const response = await provider.browser().post('/login/email/link', { token }, headers);
    expect(response.statusCode).toBe(403);
    expect(await sessions()).toHaveLength(0);
  });

  test.each(engines)(
    'works once on %s, even when its button is pressed ten times at the same instant',
    async (engine) => {
      await start({ databaseUrl: await freshDatabaseUrl(engine) });
      await ask(provider.browser());
      const token = new URL((await server.mail(1)).link).searchParams.get('token') ?? '';
      const responses = await Promise.all(
        Array.from({ length: 10 }, () => provider.browser().post('/login/email/link', { token })),
      );
      expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(9).fill(400)]);
      expect(await sessions()).toHaveLength(1);
    },
  );

  test.each([
    [
      'was used',
      async (link: string) => void (await provider.browser().submit(await provider.browser().get(link), {})),
    ],
    ['is older than ten minutes', async () => provider.clock.advance(600)],
    [
      'went to a former address',
      async () => void (await updateUser(provider.context, alice.id, { email: 'else@example.com' }, actor)),
    ],
    [
      'is from before another password',
      async () => void (await setPassword(provider.context, alice, 'quite another horse', actor)),
    ],
  ])('is dead when it %s', async (_when, makeItSo) => {
    await start();
    await ask(provider.browser());
    const { link } = await server.mail(1);
    await makeItSo(link);
    const browser = provider.browser();
    const response = await browser.get(link);
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('This link no longer works');
    const token = new URL(link).searchParams.get('token') ?? '';
    expect((await browser.post('/login/email/link', { token })).statusCode).toBe(400);
    expect(isSignedIn(browser)).toBe(false);
  });

  test('dies with its code, and the code with the link', async () => {
    await start();
    const browser = provider.browser();
    const page = await ask(browser);
    const { link, code } = await server.mail(1);
    const phone = provider.browser();
    await phone.submit(await phone.get(link), {});
    expect((await enter(browser, page, code)).statusCode).toBe(403);
  });

  test('names the public URL, whatever Host the request had', async () => {
    await start();
    const browser = provider.browser();
    await browser.post('/login/email', { email: 'alice@example.com' }, { 'x-forwarded-host': 'evil.example' });
    expect((await server.mail(1)).link.startsWith(`${provider.config.publicUrl}/login/email/link?token=`)).toBe(true);
  });
});
