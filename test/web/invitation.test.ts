import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import {
  createInvitation,
  invitationLink,
  newInvitationSchema,
  removeInvitation,
} from '../../src/identity/invitations.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { findUserByLogin, listUsers } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { evil, textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  encode,
  type Form,
  locationOf,
  type Provider,
  password,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

/** A mail server that is not there: mails stay in the queue. */
const mailSettings = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let provider: Provider;
let context: Provider['context'];
const start = async (options: Parameters<typeof startProvider>[0] = {}) => {
  provider = await startProvider(options);
  ({ context } = provider);
};
beforeEach(() => start());
afterEach(() => provider.close());

const invite = async (invitation: Record<string, unknown> = {}, language: 'en' | 'de' = 'en') => {
  const made = await createInvitation(
    context,
    newInvitationSchema.parse(invitation),
    { language, sendsMail: true },
    actor,
  );
  const link = new URL(invitationLink(context, made));
  return { id: made.id, token: link.searchParams.get('token') ?? '', path: link.pathname + link.search };
};
const anna: Form = { username: 'anna', email: 'anna@example.com', name: 'Anna Lee', password };
const accept = (token: string, form: Form = anna) => provider.browser().post('/invitation', { token, ...form });
const users = () => listUsers(context, { limit: 100 });

test('whoever holds the link chooses name, address and password, is signed in, and goes on to the launcher', async () => {
  const { path, token, id } = await invite({ groups: ['staff'] });
  const browser = provider.browser();
  const page = await browser.get(path);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('<h1>You are invited</h1>');
  expect(page.headers['referrer-policy']).toBe('no-referrer');
  const response = await browser.post('/invitation', { token, ...anna });
  expect(response.statusCode).toBe(303);
  expect(locationOf(response)).toBe('/');
  expect((await browser.get('/')).body).toContain('Anna Lee');
  expect(await users()).toMatchObject([
    { username: 'anna', email: 'anna@example.com', email_verified: false, groups: ['staff'], administrator: false },
  ]);
  const events = await listEvents(context, { action: 'invitation.accepted', limit: 1 });
  expect(events).toMatchObject([{ detail: { invitation: id, username: 'anna' } }]);
});

test('what is known of the person is filled in, and the address of the invitation is no choice', async () => {
  const { path, token } = await invite({ email: 'anna@example.com', name: evil, username: 'anna.lee' });
  const { body } = await provider.browser().get(path);
  expect(body).not.toContain(evil);
  expect(body).toMatch(/name="email"[^>]*value="anna@example.com"[^>]*readonly/);
  expect(body).toContain('value="anna.lee"');
  await accept(token, { ...anna, email: 'eve@example.com', name: evil });
  expect(await users()).toMatchObject([{ username: 'anna', email: 'anna@example.com', email_verified: false }]);
});

test('groups, rights, expiry and a verified address cannot be asked for in the form', async () => {
  const { token } = await invite({ groups: ['guests'], account_expires_at: context.now() + 86_400 });
  const asked = { groups: 'admins', 'group:admins': 'true', administrator: 'true', email_verified: 'true' };
  expect((await accept(token, { ...anna, ...asked, expires_at: '', account_expires_at: '' })).statusCode).toBe(303);
  expect(await users()).toMatchObject([
    { groups: ['guests'], administrator: false, email_verified: false, expires_at: context.now() + 86_400 },
  ]);
});

test('looking at the link consumes nothing, as often as one likes', async () => {
  const { path, token } = await invite();
  for (let index = 0; index < 3; index++) expect((await provider.browser().get(path)).statusCode).toBe(200);
  expect((await accept(token)).statusCode).toBe(303);
});

test.each(engines)('of 12 people at the same instant on %s exactly as many get in as uses are left', async (engine) => {
  await provider.close();
  await start({ databaseUrl: await freshDatabaseUrl(engine) });
  const { token } = await invite({ uses: 5 });
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      accept(token, { username: `anna${index}`, email: `anna${index}@example.com`, password }),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([...Array(5).fill(303), ...Array(7).fill(400)]);
  expect(await users()).toHaveLength(5);
  const left = await context.database.get(sql`SELECT uses_left FROM invitations`);
  expect(left).toEqual({ uses_left: 0 });
});

test('the token is stored nowhere in the clear', async () => {
  const { token } = await invite({ email: 'anna@example.com' });
  const rows = [
    await context.database.all(sql`SELECT * FROM invitations`),
    await context.database.all(sql`SELECT * FROM audit_events`),
    await context.database.all(sql`SELECT * FROM outgoing_mails`),
  ];
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, 'base64url').subarray(16).toString('base64url'));
});

describe('a link is refused, and nobody is made,', () => {
  const refuse = async (token: string) => {
    const before = await users();
    for (const response of [
      await provider.browser().get(`/invitation?${encode({ token })}`),
      await accept(token, { username: 'eve', email: 'eve@example.com', password }),
    ]) {
      expect(response.statusCode).toBe(400);
      expect(response.body).toContain('This invitation no longer works');
      expect(response.body).not.toContain('name="password"');
    }
    expect(await users()).toEqual(before);
  };

  test('when it has been used', async () => {
    const { token } = await invite();
    await accept(token);
    await refuse(token);
  });

  test('when it was withdrawn', async () => {
    const { id, token } = await invite();
    await removeInvitation(context, id, actor);
    await refuse(token);
  });

  test('when its time is over, to the second', async () => {
    const { path, token } = await invite({ days: 2 });
    provider.clock.advance(2 * 86_400 - 1);
    expect((await provider.browser().get(path)).statusCode).toBe(200);
    provider.clock.advance(1);
    await refuse(token);
  });

  test('when the account would have expired', async () => {
    const { token } = await invite({ days: 7, account_expires_at: context.now() + 60 });
    provider.clock.advance(60);
    await refuse(token);
  });

  test('when the verifier is that of another invitation', async () => {
    const [one, other] = [await invite(), await invite()];
    const bytes = [one, other].map(({ token }) => Buffer.from(token, 'base64url'));
    await refuse(
      Buffer.concat([bytes[0]?.subarray(0, 16) ?? [], bytes[1]?.subarray(16) ?? []].map(Buffer.from)).toString(
        'base64url',
      ),
    );
  });

  test.each(['', 'x', 'A'.repeat(64), '<script>alert(1)</script>'])('when it is made up: %j', refuse);
});

test.each<[string, Form, string]>([
  ['no user name', { username: undefined }, 'A user name has at most 64 letters'],
  ['a taken user name', { username: 'TAKEN' }, 'This user name is taken'],
  ['an overlong user name', { username: 'a'.repeat(65) }, 'A user name has at most 64 letters'],
  ['an overlong name', { name: 'a'.repeat(300) }, 'A name has at most 256 characters'],
  ['a name of two lines', { name: 'a\nb' }, 'A name has at most 256 characters'],
  ['no password', { password: undefined }, 'at least 8 characters'],
  ['a common password', { password: 'password123' }, 'among the first that are guessed'],
])('with %s is told so beside the field, and no use is lost', async (_, change, sentence) => {
  await provider.addUser({ username: 'taken', email: 'taken@example.com' });
  const { token } = await invite();
  const response = await accept(token, { ...anna, ...change });
  expect(response.statusCode).toBe(400);
  expect(response.body).toMatch(new RegExp(`class="problem"[^>]*>[^<]*${sentence}`));
  expect(response.body).not.toContain(password);
  expect(await users()).toHaveLength(1);
  expect((await accept(token)).statusCode).toBe(303);
});

test('after twenty attempts in vain from one network the next must wait; those of others need not', async () => {
  const { token } = await invite({ uses: 3 });
  const attempt = (remoteAddress: string, form: Form) =>
    provider.app.inject({
      method: 'POST',
      url: '/invitation',
      remoteAddress,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: provider.config.publicUrl },
      payload: encode({ token, ...form }),
    });
  for (let index = 0; index < 20; index++)
    expect((await attempt('192.0.2.1', { ...anna, password: '' })).statusCode).toBe(400);
  const refused = await attempt('192.0.2.1', anna);
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('30');
  expect(textOf(refused)).toContain('Too many attempts');
  expect((await attempt('192.0.2.2', anna)).statusCode).toBe(303);
  provider.clock.advance(30);
  expect((await attempt('192.0.2.1', { ...anna, username: 'bea', email: 'bea@example.com' })).statusCode).toBe(303);
});

test('somebody else who is signed in at the browser is told, and goes on with the new account', async () => {
  await provider.addUser();
  const browser = provider.browser();
  await browser.signIn();
  const { path, token } = await invite();
  expect(textOf(await browser.get(path))).toContain('You are signed in as alice in this browser');
  await browser.post('/invitation', { token, ...anna });
  expect((await browser.get('/')).body).toContain('Anna Lee');
});

describe('an invitation with an e-mail address', () => {
  beforeEach(async () => {
    await provider.close();
    await start({ settings: mailSettings });
  });
  const mails = () => listOutgoingMails(context.database, { limit: 10 });

  test('goes there by mail, in the language that was chosen, and the address counts as verified with that link', async () => {
    await invite({ email: 'anna@example.com', name: evil }, 'de');
    const [mail] = await mails();
    if (!mail) throw new Error('no mail was queued');
    expect(mail).toMatchObject({ recipient: 'anna@example.com', purpose: 'invitation' });
    const { link = '', language } = contentOf(context, mail) ?? {};
    expect(language).toBe('de');
    const browser = provider.browser();
    const url = link.slice(provider.config.publicUrl.length);
    await browser.submit(await browser.get(url), { ...anna });
    expect(await findUserByLogin(context, 'anna')).toMatchObject({ email: 'anna@example.com', email_verified: true });
  });

  test('does not prove the address when the link was handed over in another way, or the proof is another’s', async () => {
    const { token } = await invite({ email: 'anna@example.com' });
    await invite({ email: 'bea@example.com' });
    const [mail] = await mails();
    const proof = new URL((mail && contentOf(context, mail)?.link) ?? '').searchParams.get('mail_proof') ?? '';
    expect(proof).not.toBe('');
    await accept(token, { ...anna, mail_proof: proof });
    expect(await findUserByLogin(context, 'anna')).toMatchObject({ email_verified: false });
  });
});

test.each([
  ['the browser prefers', async () => undefined, 'fr'],
  [
    'the person chose on it',
    async (browser: TestBrowser) => void (await browser.post('/language', { language: 'pl' })),
    'pl',
  ],
])('mails go to somebody who was invited in the language of the page, which %s', async (_how, choose, locale) => {
  const { token } = await invite({}, 'de');
  const browser = provider.browser();
  await choose(browser);
  await browser.post('/invitation', { token, ...anna }, { 'accept-language': 'fr-CA, en;q=0.5' });
  expect((await findUserByLogin(context, 'anna'))?.claims).toEqual({ name: 'Anna Lee', locale });
});
