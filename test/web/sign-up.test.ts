import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { approveUser, refuseUser } from '../../src/identity/approvals.ts';
import { listEvents } from '../../src/identity/audit.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { findUserByLogin, listUsers } from '../../src/identity/users.ts';
import { deleteForgottenUsers } from '../../src/jobs/delete-forgotten-users.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { evil, textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  encode,
  type Form,
  locationOf,
  type Provider,
  password,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const mail = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let provider: Provider;
let context: Provider['context'];
const start = async (signUp: string, settings: Record<string, string> = {}, databaseUrl?: string) => {
  provider = await startProvider({
    settings: { CASTELLAN_SIGN_UP: signUp, ...settings },
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  ({ context } = provider);
  await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
};
afterEach(() => provider.close());

const anna: Form = { username: 'anna', email: 'anna@example.com', name: 'Anna Lee', password };
const signUp = (form: Form = anna, browser: TestBrowser = provider.browser()) => browser.post('/sign-up', form);
const find = (username = 'anna') => findUserByLogin(context, username);
/** The mails, the newest first, once those on their way have been written. */
const mails = async (expected: number) => {
  for (let turn = 0; turn < 200; turn++) {
    const found = await listOutgoingMails(context.database, { limit: 1000 });
    if (found.length >= expected) return found.map((each) => ({ ...each, ...contentOf(context, each) }));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('no mail was written');
};
const tokenOf = (link = '') => new URL(link).searchParams.get('token') ?? '';

describe('where sign-up is off', () => {
  beforeEach(() => start('off'));

  test('nothing offers it, its pages lead to the sign-in page, and nobody is made', async () => {
    expect((await provider.browser().open('/login')).body).not.toContain('/sign-up');
    expect(locationOf(await provider.browser().get('/sign-up'))).toBe('/login');
    expect(locationOf(await signUp())).toBe('/login');
    expect(await find()).toBeUndefined();
    const metadata = (await provider.app.inject('/oidc/.well-known/openid-configuration')).json();
    expect(metadata.prompt_values_supported).not.toContain('create');
  });

  test('prompt=create is taken for login', async () => {
    const { client_id } = await provider.register({ require_pkce: false });
    const query = encode({ client_id, redirect_uri, response_type: 'code', scope: 'openid', prompt: 'create' });
    expect(locationOf(await provider.browser().get(`/oidc/oauth2/auth?${query}`))).toMatch(/^\/login\?/);
  });
});

describe('where sign-up is open and no mail can be sent', () => {
  beforeEach(() => start('open'));

  test('the account is made at once, with an address that is not verified, and signed in', async () => {
    const browser = provider.browser();
    expect((await browser.open('/login')).body).toContain('href="/sign-up');
    const page = await browser.get('/sign-up');
    expect(page.body).toContain('<h1>Create an account</h1>');
    const response = await signUp(anna, browser);
    expect(locationOf(response)).toBe('/');
    expect((await browser.get('/')).body).toContain('Anna Lee');
    expect(await find()).toMatchObject({
      email: 'anna@example.com',
      email_verified: false,
      groups: [],
      administrator: false,
    });
    expect(await listEvents(context, { action: 'user.signed-up', limit: 1 })).toHaveLength(1);
  });

  test('rights, groups and a verified address cannot be asked for', async () => {
    await signUp({ ...anna, administrator: 'true', groups: 'admins', email_verified: 'true', expires_at: '1' });
    expect(await find()).toMatchObject({ email_verified: false, groups: [], administrator: false });
    expect((await find())?.expires_at).toBeUndefined();
  });

  test('nothing tells that an address is taken: the account is made without it', async () => {
    const response = await signUp({ ...anna, email: 'ROOT@example.com' });
    expect(locationOf(response)).toBe('/');
    expect((await find())?.email).toBeUndefined();
  });

  test('an application that asks with prompt=create gets its answer for the new account', async () => {
    const { client_id } = await provider.register({ require_pkce: false, first_party: true });
    const query = encode({
      client_id,
      redirect_uri,
      response_type: 'code',
      scope: 'openid',
      prompt: 'create',
      state: 's',
    });
    const browser = provider.browser();
    await browser.signIn('root');
    const page = await browser.open(`/oidc/oauth2/auth?${query}`);
    expect(page.body).toContain('<h1>Create an account</h1>');
    const answer = answerOf(await browser.submit(page, anna));
    expect(answer).toMatchObject({ state: 's', code: expect.any(String) });
    const [event] = await listEvents(context, { action: 'session.started', limit: 1 });
    expect(event?.target).toBe((await find())?.id);
    const metadata = (await provider.app.inject('/oidc/.well-known/openid-configuration')).json();
    expect(metadata.prompt_values_supported).toContain('create');
  });

  test('who has an account goes from there to the sign-in page, and on with the same request', async () => {
    const { client_id } = await provider.register({ require_pkce: false, first_party: true });
    const query = encode({ client_id, redirect_uri, response_type: 'code', scope: 'openid', prompt: 'create' });
    const browser = provider.browser();
    const page = await browser.open(`/oidc/oauth2/auth?${query}`);
    const href = /id="sign-up-have-account" href="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const signIn = await browser.get(href);
    expect(answerOf(await browser.submit(signIn, { username: 'root', password })).code).toBeDefined();
  });

  test('names and addresses that are markup are shown as text', async () => {
    const response = await signUp({ username: evil, email: evil, name: evil, password });
    expect(response.statusCode).toBe(400);
    expect(response.body).not.toContain(evil);
    expect(response.body).not.toContain(password);
  });

  test.each<[string, Form, string]>([
    ['a taken user name', { username: 'ROOT' }, 'This user name is taken'],
    ['an address as user name', { username: 'anna@example.com' }, 'Choose a user name without an @'],
    ['an overlong user name', { username: 'a'.repeat(65) }, 'A user name has at most 64 letters'],
    ['no address', { email: undefined }, 'Enter an e-mail address'],
    ['a common password', { password: 'password123' }, 'among the first that are guessed'],
    ['an overlong name', { name: 'a'.repeat(257) }, 'A name has at most 256 characters'],
  ])('with %s is told so beside the field, and nobody is made', async (_, change, sentence) => {
    const response = await signUp({ ...anna, ...change });
    expect(response.statusCode).toBe(400);
    expect(response.body).toMatch(new RegExp(`class="problem"[^>]*>[^<]*${sentence}`));
    expect(await listUsers(context, { limit: 10 })).toHaveLength(1);
  });

  test('a flood from one network is slowed down, and others are not', async () => {
    const attempt = (remoteAddress: string) =>
      provider.app.inject({
        method: 'POST',
        url: '/sign-up',
        remoteAddress,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: provider.config.publicUrl },
        payload: encode({ ...anna, password: '' }),
      });
    for (let index = 0; index < 20; index++) expect((await attempt('192.0.2.1')).statusCode).toBe(400);
    const refused = await attempt('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('30');
    expect((await attempt('192.0.2.2')).statusCode).toBe(400);
  });
});

describe('where sign-up is open and the address is confirmed by mail', () => {
  beforeEach(() => start('open', mail));

  test('nothing is written but one sealed link until the code is typed in; then the account is made and signed in', async () => {
    const browser = provider.browser();
    const asked = await signUp(anna, browser);
    expect(locationOf(asked)).toMatch(/^\/sign-up\/code\?/);
    const [sent] = await mails(1);
    expect(sent).toMatchObject({ recipient: 'anna@example.com', purpose: 'registration' });
    expect(await find()).toBeUndefined();
    const rows = await context.database.all(sql`SELECT * FROM links WHERE purpose = 'sign-up'`);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/anna|Anna|argon/);
    const page = await browser.follow(asked);
    expect(textOf(page)).toContain('anna@example.com');
    const done = await browser.submit(page, { code: sent?.code });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('Anna Lee');
    expect(await find()).toMatchObject({ email: 'anna@example.com', email_verified: true });
  });

  test('for an address that has an account everything looks the same, and its owner gets another mail', async () => {
    const browsers = [provider.browser(), provider.browser()] as const;
    const pages = [];
    for (const [index, email] of ['Root@example.com', 'anna@example.com'].entries()) {
      const browser = browsers[index] ?? provider.browser();
      const answer = await signUp({ ...anna, email }, browser);
      expect(answer.statusCode).toBe(303);
      const page = await browser.follow(answer);
      pages.push(textOf(page).replaceAll(email, 'ADDRESS'));
      const wrong = await browser.submit(page, { code: '0000 0000' });
      expect(wrong.statusCode).toBe(403);
      pages.push(textOf(wrong).replaceAll(email, 'ADDRESS'));
    }
    expect(pages.slice(2)).toEqual(pages.slice(0, 2));
    const sent = await mails(2);
    expect(sent.find(({ recipient }) => recipient === 'root@example.com')?.subject).toBe('You have an account already');
    expect(await context.database.all(sql`SELECT id FROM links WHERE purpose = 'sign-up'`)).toHaveLength(1);
  });

  test('the link asks first, goes on at the browser that signed up, and works once', async () => {
    const browser = provider.browser();
    await signUp(anna, browser);
    const [sent] = await mails(1);
    const url = (sent?.link ?? '').slice(provider.config.publicUrl.length);
    for (let turn = 0; turn < 2; turn++) {
      const page = await browser.get(url);
      expect(page.statusCode).toBe(200);
      expect(page.body).not.toContain('name="password"');
      expect(await find()).toBeUndefined();
    }
    const done = await browser.submit(await browser.get(url), {});
    expect(done.body).toContain('Anna Lee');
    const again = await browser.get(url);
    expect(again.statusCode).toBe(400);
    expect(textOf(again)).toContain('This link no longer works');
  });

  test('elsewhere the link asks for the password, so that nobody confirms what a stranger began', async () => {
    await signUp();
    const [sent] = await mails(1);
    const url = (sent?.link ?? '').slice(provider.config.publicUrl.length);
    const other = provider.browser();
    const page = await other.get(url);
    expect(page.body).toContain('name="password"');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect((await other.post('/sign-up/link', { token: tokenOf(sent?.link) })).statusCode).toBe(403);
    expect((await other.submit(page, { password: 'another horse battery' })).statusCode).toBe(403);
    expect(await find()).toBeUndefined();
    expect((await other.submit(page, { password })).body).toContain('Anna Lee');
  });

  test.each(engines)('code and link at the same instant make one account on %s', async (engine) => {
    await provider.close();
    await start('open', mail, await freshDatabaseUrl(engine));
    const browser = provider.browser();
    const page = await browser.follow(await signUp(anna, browser));
    const [sent] = await mails(1);
    const asked = /name="asked" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const answers = await Promise.all([
      ...[1, 2, 3].map(() => browser.post('/sign-up/code', { asked, code: sent?.code })),
      ...[1, 2, 3].map(() => browser.post('/sign-up/link', { token: tokenOf(sent?.link) })),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    expect(await listUsers(context, { limit: 10 })).toHaveLength(2);
  });

  test('no more than a thousand wait to be confirmed: then nobody is asked for a code, and a form says so', async () => {
    await Promise.all(
      Array.from({ length: 999 }, (_, n) =>
        context.database.run(sql`
          INSERT INTO links (id, verifier_hash, purpose, created_at, expires_at)
          VALUES (${`waiting-${n}`}, 'x', 'sign-up', ${context.now()}, ${context.now() + 3600})`),
      ),
    );
    expect((await signUp(anna)).statusCode).toBe(303);
    await mails(1);
    const refused = await signUp({ ...anna, username: 'ben', email: 'ben@example.com' });
    expect(refused.statusCode).toBe(400);
    expect(textOf(refused)).toContain('Very many people are creating an account just now');
    expect(await context.database.all(sql`SELECT id FROM links WHERE purpose = 'sign-up'`)).toHaveLength(1000);
    provider.clock.advance(3600);
    expect((await signUp({ ...anna, username: 'ben', email: 'ben@example.com' })).statusCode).toBe(303);
  });

  test('five wrong codes and the right one comes too late', async () => {
    const browser = provider.browser();
    const page = await browser.follow(await signUp(anna, browser));
    const [sent] = await mails(1);
    for (let index = 0; index < 5; index++)
      expect((await browser.submit(page, { code: `0000000${index}` })).statusCode).toBe(403);
    const late = await browser.submit(page, { code: sent?.code });
    expect(late.statusCode).toBe(429);
    expect(await find()).toBeUndefined();
  });

  test.each<[string, () => void]>([['an hour has passed', () => provider.clock.advance(3600)]])(
    'the code is refused when %s, and so is the link',
    async (_, change) => {
      const browser = provider.browser();
      const page = await browser.follow(await signUp(anna, browser));
      const [sent] = await mails(1);
      change();
      expect((await browser.submit(page, { code: sent?.code })).statusCode).toBeGreaterThanOrEqual(400);
      expect((await browser.post('/sign-up/link', { token: tokenOf(sent?.link) })).statusCode).toBe(400);
      expect(await find()).toBeUndefined();
    },
  );

  test('the code is refused at another browser', async () => {
    const browser = provider.browser();
    const page = await browser.follow(await signUp(anna, browser));
    const [sent] = await mails(1);
    const asked = /name="asked" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const other = await provider.browser().post('/sign-up/code', { asked, code: sent?.code });
    expect(locationOf(other)).toBe('/sign-up');
    expect(await find()).toBeUndefined();
  });

  test('whose user name was taken meanwhile chooses another with the same code', async () => {
    const browser = provider.browser();
    const page = await browser.follow(await signUp(anna, browser));
    const [sent] = await mails(1);
    await provider.addUser({ username: 'anna', email: 'other@example.com' });
    const refused = await browser.submit(page, { code: sent?.code });
    expect(refused.statusCode).toBe(400);
    expect(textOf(refused)).toContain('This user name is taken');
    const done = await browser.submit(refused, { code: sent?.code, username: 'anna.lee' });
    expect(done.statusCode).toBe(200);
    expect(await find('anna.lee')).toMatchObject({ email: 'anna@example.com', email_verified: true });
  });

  test('a mailbox is not filled: after three mails the next one has to wait, whoever owns the address', async () => {
    for (const email of ['root@example.com', 'anna@example.com']) {
      const answers = [];
      for (let index = 0; index < 5; index++) answers.push((await signUp({ ...anna, email })).statusCode);
      expect(answers.slice(0, 3)).toEqual([303, 303, 303]);
      expect(answers.at(-1)).toBe(429);
    }
  });

  test('a sign-up for an application goes on there after the code', async () => {
    const { client_id } = await provider.register({ require_pkce: false, first_party: true });
    const query = encode({ client_id, redirect_uri, response_type: 'code', scope: 'openid', prompt: 'create' });
    const browser = provider.browser();
    const form = await browser.open(`/oidc/oauth2/auth?${query}`);
    const page = await browser.submit(form, anna);
    const [sent] = await mails(1);
    expect(answerOf(await browser.submit(page, { code: sent?.code })).code).toBeDefined();
  });
});

describe.each(engines)('where an administrator lets people in, on %s', (engine) => {
  beforeEach(async () => start('approval', {}, await freshDatabaseUrl(engine)));

  const signIn = (username = 'anna') => provider.browser().signIn(username);

  test('who has signed up waits, cannot sign in, and can once let in with one press', async () => {
    const browser = provider.browser();
    const response = await signUp(anna, browser);
    expect(locationOf(response)).toBe('/sign-up/waiting');
    expect(textOf(await browser.follow(response))).toContain('Your account waits for approval');
    expect(browser.cookies.get('castellan_session')).toBeUndefined();
    const user = await find();
    expect(user).toMatchObject({ awaitsApproval: true });
    expect((await signIn()).statusCode).toBe(403);
    const admin = provider.browser();
    await admin.signIn('root');
    expect(textOf(await admin.get('/admin'))).toContain('Waiting to be let in');
    const list = await admin.get('/admin/users?state=waiting');
    expect(textOf(list)).toContain('anna@example.com (not verified)');
    const answer = await admin.post(`/admin/users/${user?.id}/approve`, {});
    expect(locationOf(answer)).toBe('/admin/users?state=waiting');
    expect(textOf(await admin.follow(answer))).toContain('Anna Lee can sign in now');
    expect((await signIn()).statusCode).toBe(200);
    expect(textOf(await admin.get('/admin'))).not.toContain('Waiting to be let in');
    const [event] = await listEvents(context, { action: 'user.approved', limit: 1 });
    expect(event?.target).toBe(user?.id);
  });

  test('who is refused is gone, with all that was said', async () => {
    await signUp();
    const admin = provider.browser();
    await admin.signIn('root');
    await admin.post(`/admin/users/${(await find())?.id}/refuse`, {});
    expect(await find()).toBeUndefined();
    expect(await listEvents(context, { action: 'user.refused', limit: 1 })).toHaveLength(1);
  });

  test('nobody who is in already is refused', async () => {
    const alice = await provider.addUser();
    const admin = provider.browser();
    await admin.signIn('root');
    await admin.post(`/admin/users/${alice.id}/refuse`, {});
    expect(await find('alice')).toBeDefined();
  });

  test('of letting in and refusing at the same instant one counts', async () => {
    await signUp();
    const user = await find();
    if (!user) throw new Error('nobody waits');
    const outcomes = await Promise.all([
      approveUser(context, user.id, actor),
      refuseUser(context, user, actor),
      approveUser(context, user.id, actor),
    ]);
    expect(outcomes.filter((outcome) => outcome)).toHaveLength(1);
    expect(await find()).toEqual(outcomes[1] ? undefined : expect.objectContaining({ awaitsApproval: false }));
  });

  test('whom nobody lets in for thirty days is removed, and nobody else', async () => {
    await signUp();
    provider.clock.advance(30 * 86_400);
    await deleteForgottenUsers.run(context, new AbortController().signal);
    expect(await find()).toBeDefined();
    provider.clock.advance(1);
    await deleteForgottenUsers.run(context, new AbortController().signal);
    expect(await find()).toBeUndefined();
    expect(await find('root')).toBeDefined();
  });

  test('500 may wait and no more, also of those who come at the same instant', async () => {
    const values = Array.from({ length: 498 }, (_, n) => {
      const id = `waiting-${n}`;
      return context.database.run(sql`
        INSERT INTO users (id, username, username_key, claims, awaits_approval_since, created_at, updated_at)
        VALUES (${id}, ${id}, ${id}, '{}', ${context.now()}, 1, 1)`);
    });
    await Promise.all(values);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => signUp({ ...anna, username: `anna${n}`, email: `anna${n}@example.com` })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(2);
    const refused = answers.find(({ statusCode }) => statusCode === 400);
    expect(refused && textOf(refused)).toContain('Very many people are creating an account just now');
  });
});

test('who is let in gets a mail in the language of the sign-up', async () => {
  await start('approval', mail);
  const browser = provider.browser();
  const german = { 'accept-language': 'de' };
  const asked = await browser.post('/sign-up', anna, german);
  const [sent] = await mails(1);
  const page = await browser.follow(asked);
  await browser.submit(page, { code: sent?.code });
  const user = await find();
  expect(user).toMatchObject({ awaitsApproval: true, email_verified: true });
  await approveUser(context, user?.id ?? '', actor);
  const [approval] = await mails(2);
  expect(approval).toMatchObject({ recipient: 'anna@example.com', language: 'de' });
});
