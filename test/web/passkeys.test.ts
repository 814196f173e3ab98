import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { listPasskeys } from '../../src/identity/passkeys/index.ts';
import { disableUser, type User } from '../../src/identity/users.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { deletePasskey, findPasskey, insertPasskey } from '../../src/storage/passkeys.ts';
import { Authenticator, type CborValue, type Changes, coseKey, encodeCbor } from '../support/authenticator.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, answerOf, locationOf, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';

const origin = 'https://id.example';
const settings = { CASTELLAN_PUBLIC_URL: origin };
const newPage = '/account/security/passkeys/new';

let provider: Provider;
let alice: User;

async function start(more: Record<string, string> = {}, databaseUrl?: string): Promise<void> {
  provider = await startProvider({ settings: { ...settings, ...more }, ...(databaseUrl && { databaseUrl }) });
  alice = await provider.addUser();
}

/** A browser in which this person has just signed in, with a second step where a passkey makes that necessary. */
async function signedIn(username = 'alice'): Promise<TestBrowser> {
  const browser = provider.browser();
  await browser.signIn(username);
  return browser;
}

async function optionsOf(browser: TestBrowser, path: string, form = {}) {
  const response = await browser.post(path, form);
  expect(response.statusCode).toBe(200);
  return response.json();
}

async function register(
  browser: TestBrowser,
  authenticator: Authenticator,
  changes: Changes = {},
): Promise<LightMyRequestResponse> {
  const credential = authenticator.create(await optionsOf(browser, `${newPage}/options`), changes);
  return browser.post(newPage, { credential });
}

/** A passkey of alice. */
async function registered(
  traits: ConstructorParameters<typeof Authenticator>[1] = {},
  username = 'alice',
): Promise<Authenticator> {
  const authenticator = new Authenticator(origin, traits);
  const response = await register(await signedIn(username), authenticator);
  expect(response.statusCode).toBe(303);
  return authenticator;
}

const signInOptions = (browser: TestBrowser) => optionsOf(browser, '/login/passkey/options');

async function signIn(
  browser: TestBrowser,
  authenticator: Authenticator,
  changes: Changes = {},
): Promise<LightMyRequestResponse> {
  const credential = authenticator.get(await signInOptions(browser), changes);
  return browser.post('/login/passkey', { credential });
}

const isSignedIn = async (browser: TestBrowser) => (await browser.get('/account')).statusCode === 200;

describe('a passkey', () => {
  beforeEach(() => start());
  afterEach(() => provider.close());

  test.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'with a key for %s signs in without a user name',
    async (algorithm) => {
      const authenticator = await registered({ algorithm });
      const browser = provider.browser();
      const response = await signIn(browser, authenticator);
      expect(response.statusCode).toBe(303);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  test('that is synced reports no counter, and signs in again and again', async () => {
    const authenticator = await registered({ isSynced: true });
    for (let use = 0; use < 3; use++) {
      const browser = provider.browser();
      await signIn(browser, authenticator);
      expect(await isSignedIn(browser)).toBe(true);
    }
    const [stored] = await listPasskeys(provider.context, alice);
    expect(stored).toMatchObject({ sign_count: 0, device_type: 'multiDevice', rp_id: 'id.example' });
    expect(stored?.backed_up_at).toBe(provider.clock.now);
  });

  test('with user verification is two factors that resist phishing, and the application is told so', async () => {
    const authenticator = await registered();
    const client = await provider.register();
    const browser = provider.browser();
    const page = await browser.open(authorizationUrl(client, { acr_values: 'urn:castellan:acr:phishing-resistant' }));
    const continuation = /name="continuation" value="([^"]+)"/.exec(page.body)?.[1];
    const credential = authenticator.get(await signInOptions(browser));
    const consent = await browser.follow(await browser.post('/login/passkey', { continuation, credential }));
    const answer = answerOf(await browser.submit(consent, { decision: 'allow' }));
    const tokens = await provider.post(
      '/oidc/oauth2/token',
      {
        grant_type: 'authorization_code',
        code: answer.code,
        redirect_uri: 'https://app.example/callback',
        code_verifier: 'a-code-verifier-of-sufficient-length-for-rfc-7636',
      },
      client,
    );
    const claims = JSON.parse(Buffer.from(tokens.json().id_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ acr: 'urn:castellan:acr:phishing-resistant', amr: ['pop', 'user', 'mfa'] });
  });

  test('makes the password alone insufficient, and is the second step after it', async () => {
    const authenticator = await registered();
    const browser = provider.browser();
    const page = await browser.signIn();
    expect(page.body).toContain('id="second-factor-form"');
    expect(await isSignedIn(browser)).toBe(false);
    const continuation = /name="continuation" value="([^"]+)"/.exec(page.body)?.[1];
    const options = await optionsOf(browser, '/login/second-factor/passkey/options', { continuation });
    expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([authenticator.id]);
    // Present, and not verified: the password has said who it is.
    const credential = authenticator.get(options, { flags: 1, userHandle: undefined });
    const done = await browser.post('/login/second-factor', { continuation, method: 'passkey', credential });
    expect(done.statusCode).toBe(303);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is not asked for by name before somebody is known, so that nobody learns who has one', async () => {
    await registered();
    expect(await signInOptions(provider.browser())).toEqual({
      rpId: 'id.example',
      challenge: expect.any(String),
      timeout: 300_000,
      userVerification: 'required',
      allowCredentials: [],
    });
  });

  test('is known to the authenticator by a handle that is not the user’s id, and is not made twice in one place', async () => {
    const authenticator = await registered();
    const browser = provider.browser();
    await signIn(browser, authenticator);
    const options = await optionsOf(browser, `${newPage}/options`);
    expect(options.user.id).toBe(authenticator.userHandle);
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(options)).not.toContain(alice.id);
    expect(options.excludeCredentials.map(({ id }: { id: string }) => id)).toEqual([authenticator.id]);
    expect(options).toMatchObject({ rp: { id: 'id.example' }, attestation: 'none' });
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required' });
  });

  test('has the host of the public URL, whatever host a request names', async () => {
    const response = await provider.browser().post('/login/passkey/options', {}, { host: 'evil.example' });
    expect(response.json().rpId).toBe('id.example');
  });

  test('brings recovery codes with it when it is the first second step', async () => {
    const browser = await signedIn();
    const response = await register(browser, new Authenticator(origin));
    expect(locationOf(response)).toBe('/account/security/recovery-codes');
  });
});

describe('an assertion is refused', () => {
  let authenticator: Authenticator;
  beforeAll(async () => {
    await start();
    authenticator = await registered();
  });
  afterAll(() => provider.close());

  async function expectRefused(browser: TestBrowser, response: LightMyRequestResponse): Promise<void> {
    expect(response.statusCode).toBe(403);
    expect(response.body).toContain('id="error-message"');
    expect(response.body).toContain('id="login-password"');
    expect(await isSignedIn(browser)).toBe(false);
  }

  test.each<readonly [what: string, changes: Changes]>([
    ['made at a site that ends like ours', { origin: 'https://badid.example' }],
    ['made at a site whose name begins like ours', { origin: 'https://id.example.evil.test' }],
    ['made at a sub-domain of ours', { origin: 'https://login.id.example' }],
    ['made at our host without TLS', { origin: 'http://id.example' }],
    ['made at another port', { origin: 'https://id.example:8443' }],
    ['made at our origin with a slash', { origin: 'https://id.example/' }],
    ['made in a frame of another site', { crossOrigin: true }],
    ['made in a frame of another site that is named', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['with a top origin though not in a frame', { topOrigin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['for a host above ours', { rpId: 'example' }],
    ['that is a registration', { type: 'webauthn.create' }],
    ['of another type', { type: 'payment.get' }],
    ['without user verification', { flags: 1 }],
    ['without user presence', { flags: 4 }],
    ['whose key has become one that may be copied', { flags: 1 | 4 | 8 }],
    ['that says to be backed up and not to be copied', { flags: 1 | 4 | 16 }],
    ['without a user handle', { userHandle: undefined }],
    ['with the user handle of somebody else', { userHandle: Buffer.alloc(32).toString('base64url') }],
    ['with a spoilt signature', { spoilSignature: true }],
    ['of a credential that nobody has', { id: Buffer.alloc(32, 7).toString('base64url') }],
    ['whose id has padding', { id: `${Buffer.alloc(32, 7).toString('base64url')}=` }],
    ['whose id is written as base64', { id: Buffer.alloc(32, 0xfb).toString('base64').replace('=', '') }],
    ['whose ids differ', { rawId: Buffer.alloc(32, 7).toString('base64url') }],
    ['of another credential type', { credentialType: 'password' }],
    ['with a challenge of the authenticator’s own', { challenge: Buffer.alloc(32).toString('base64url') }],
  ])('%s', async (_what, changes) => {
    const browser = provider.browser();
    await expectRefused(browser, await signIn(browser, authenticator, changes));
  });

  test('with an altered challenge', async () => {
    const browser = provider.browser();
    const { challenge } = await signInOptions(browser);
    const altered = challenge.slice(0, 40) + (challenge[40] === 'A' ? 'B' : 'A') + challenge.slice(41);
    await expectRefused(browser, await signIn(browser, authenticator, { challenge: altered }));
  });

  test('with the challenge of another browser', async () => {
    const { challenge } = await signInOptions(provider.browser());
    const browser = provider.browser();
    await expectRefused(browser, await signIn(browser, authenticator, { challenge }));
  });

  test('with a challenge that was for a registration, and the other way round', async () => {
    const browser = provider.browser();
    await signIn(browser, authenticator);
    const registration = await optionsOf(browser, `${newPage}/options`);
    const assertion = await signInOptions(browser);
    const presented = authenticator.get(assertion, { challenge: registration.challenge });
    expect((await browser.post('/login/passkey', { credential: presented })).statusCode).toBe(403);
    const credential = new Authenticator(origin).create(registration, { challenge: assertion.challenge });
    expect((await browser.post(newPage, { credential })).statusCode).toBe(403);
    expect(await listPasskeys(provider.context, alice)).toHaveLength(1);
  });

  test('five minutes after its challenge, and not a second before', async () => {
    const browser = provider.browser();
    const [early, late] = [await signInOptions(browser), await signInOptions(browser)];
    provider.clock.advance(299);
    expect((await browser.post('/login/passkey', { credential: authenticator.get(early) })).statusCode).toBe(303);
    provider.clock.advance(1);
    const other = provider.browser();
    other.cookies.set('__Host-castellan_browser', browser.cookies.get('__Host-castellan_browser') ?? '');
    await expectRefused(other, await other.post('/login/passkey', { credential: authenticator.get(late) }));
  });

  test('the second time, also when the first was refused', async () => {
    const browser = provider.browser();
    const options = await signInOptions(browser);
    const spoilt = authenticator.get(options, { spoilSignature: true });
    await expectRefused(browser, await browser.post('/login/passkey', { credential: spoilt }));
    await expectRefused(browser, await browser.post('/login/passkey', { credential: authenticator.get(options) }));
  });

  test.each([
    ['nothing', undefined, 400],
    ['no JSON', 'x', 403],
    ['JSON of nothing', 'null', 403],
    ['a list', '[]', 403],
    ['a thousand levels', '['.repeat(1000) + ']'.repeat(1000), 403],
    ['a part of one', '{"id":"AAAAAAAAAAAAAAAAAAAAAA","type":"public-key"}', 403],
    ['too much', JSON.stringify({ id: 'A'.repeat(15_000) }), 403],
  ])('of %s', async (_what, credential, status) => {
    const response = await provider.browser().post('/login/passkey', { credential });
    expect(response.statusCode).toBe(status);
  });

  test('from a page of another site, as its options are', async () => {
    for (const path of ['/login/passkey', '/login/passkey/options', `${newPage}/options`]) {
      const browser = await provider.browser();
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      expect((await browser.post(path, { credential: '{}' }, foreign)).statusCode).toBe(403);
    }
  });

  test('leaves no trace when it names a credential that nobody has', async () => {
    const browser = provider.browser();
    const credential = new Authenticator(origin).get(await signInOptions(browser), { userHandle: 'AAAA' });
    await browser.post('/login/passkey', { credential });
    const known = authenticator.get(await signInOptions(browser));
    expect((await browser.post('/login/passkey', { credential: known })).statusCode).toBe(303);
  });
});

describe('of people', () => {
  beforeEach(async () => {
    await start();
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  });
  afterEach(() => provider.close());

  test('one cannot be the second step of somebody else', async () => {
    await registered();
    const bobs = await registered({}, 'bob');
    const browser = provider.browser();
    const page = await browser.signIn();
    const continuation = /name="continuation" value="([^"]+)"/.exec(page.body)?.[1];
    const options = await optionsOf(browser, '/login/second-factor/passkey/options', { continuation });
    for (const userHandle of [bobs.userHandle, undefined]) {
      const fresh = await optionsOf(browser, '/login/second-factor/passkey/options', { continuation });
      const credential = bobs.get(fresh, { userHandle });
      const response = await browser.post('/login/second-factor', { continuation, method: 'passkey', credential });
      expect(response.statusCode).toBe(403);
    }
    expect(JSON.stringify(options)).not.toContain(bobs.id);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('one cannot say to be somebody else', async () => {
    const alices = await registered();
    const bobs = await registered({}, 'bob');
    const browser = provider.browser();
    const response = await signIn(browser, bobs, { userHandle: alices.userHandle });
    expect(response.statusCode).toBe(403);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('a second-step challenge signs nobody in by itself', async () => {
    const alices = await registered();
    const browser = provider.browser();
    const page = await browser.signIn();
    const continuation = /name="continuation" value="([^"]+)"/.exec(page.body)?.[1];
    const options = await optionsOf(browser, '/login/second-factor/passkey/options', { continuation });
    const response = await browser.post('/login/passkey', { credential: alices.get(options) });
    expect(response.statusCode).toBe(403);
  });

  test('a credential id is registered once, for whomever', async () => {
    const alices = await registered();
    const bob = await signedIn('bob');
    const response = await register(bob, new Authenticator(origin), { id: alices.id });
    expect(response.statusCode).toBe(403);
    expect((await findPasskey(provider.context.database, alices.id))?.user_id).toBe(alice.id);
  });

  test('a disabled one is refused in the words of a removed passkey', async () => {
    const authenticator = await registered();
    const removed = await registered({}, 'bob');
    await disableUser(provider.context, alice.id, actor);
    const disabled = await signIn(provider.browser(), authenticator);
    const unknown = await signIn(provider.browser(), removed, { id: Buffer.alloc(32, 7).toString('base64url') });
    const words = ({ body }: LightMyRequestResponse) => /id="error-message"[\s\S]*?<\/p>/.exec(body)?.[0];
    expect(disabled.statusCode).toBe(403);
    expect(words(disabled)).toBeDefined();
    expect(words(disabled)).toBe(words(unknown));
  });

  test('a counter that does not grow is refused, and noted', async () => {
    const authenticator = await registered();
    await signIn(provider.browser(), authenticator);
    for (const signCount of [0, 1, 2]) {
      const response = await signIn(provider.browser(), authenticator, { signCount });
      expect(response.statusCode).toBe(403);
    }
    const events = await listEvents(provider.context, { limit: 10, action: 'passkey.counter-refused' });
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ actor: alice.id, target: alice.id, detail: { name: expect.any(String) } });
    expect((await signIn(provider.browser(), authenticator)).statusCode).toBe(303);
  });
});

test('the owner of a passkey whose counter went back is told by mail', async () => {
  const server = await startMailServer();
  await start(mailSettings(server));
  const authenticator = await registered();
  const mine = provider.browser();
  await signIn(mine, authenticator);
  const before = server.mails.length;
  expect((await signIn(provider.browser(), authenticator, { signCount: 1 })).statusCode).toBe(403);
  let number = before;
  const next = async () => server.mail(++number);
  let mail = await next();
  while (mail.headers.get('subject') !== 'A passkey was refused') mail = await next();
  expect(mail.to).toEqual(['alice@example.com']);
  expect(mail.text).toContain('Remove this passkey from your account');
  await provider.close();
});

describe('a registration is refused', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    await start();
    browser = await signedIn();
  });
  afterAll(() => provider.close());

  const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const withMember = (name: number, value: CborValue) => new Map([...coseKey(ec, -7), [name, value]]);
  const certified = new Map<string, CborValue>([
    ['alg', -7],
    ['sig', Buffer.alloc(70)],
    ['x5c', [Buffer.alloc(300, 48)]],
  ]);

  test.each<readonly [what: string, changes: Changes]>([
    ['of an assertion', { type: 'webauthn.get' }],
    ['at another origin', { origin: 'https://badid.example' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['for another host', { rpId: 'evil.example' }],
    ['without user presence', { flags: 4 }],
    ['with an altered challenge', { challenge: Buffer.alloc(90).toString('base64url') }],
    ['without an algorithm', { publicKey: new Map([...coseKey(ec, -7)].filter(([name]) => name !== 3)) }],
    ['with the algorithm none', { publicKey: withMember(3, 0) }],
    ['with RS1', { publicKey: coseKey(rsa(2048), -65_535) }],
    ['with RS512', { publicKey: coseKey(rsa(2048), -259) }],
    ['with an RSA key of 1024 bits', { publicKey: coseKey(rsa(1024), -257) }],
    ['with a key of another kind than its algorithm', { publicKey: coseKey(rsa(2048), -7) }],
    ['with another curve', { publicKey: withMember(-1, 2) }],
    ['with a point that is not on its curve', { publicKey: withMember(-2, Buffer.alloc(32, 1)) }],
    ['with a certificate of its own', { fmt: 'packed', attStmt: certified }],
    ['with an attestation of another format', { fmt: 'fido-u2f', attStmt: certified }],
    ['with a format that there is not', { fmt: 'anything' }],
    ['with a statement though it has none', { attStmt: new Map([['x', 1]]) }],
    ['with something behind it', { trailing: Buffer.from([0]) }],
    ['with CBOR of indefinite length', { attestationObject: Buffer.from('bf63666d74646e6f6e65ff', 'hex') }],
    ['with CBOR of 8000 levels', { attestationObject: Buffer.alloc(8000, 0x81) }],
    [
      'with a member twice',
      {
        attestationObject: Buffer.concat([
          Buffer.from([0xa2]),
          ...[1, 2].flatMap((n) => [encodeCbor('fmt'), encodeCbor(n)]),
        ]),
      },
    ],
    ['with CBOR that is too large', { attestationObject: encodeCbor(Buffer.alloc(15_000)) }],
    ['with nothing in it', { attestationObject: Buffer.alloc(0) }],
    ['with a credential id that is too short', { id: 'AAAA' }],
  ])('%s', async (_what, changes) => {
    const response = await register(browser, new Authenticator(origin), changes);
    expect([400, 403]).toContain(response.statusCode);
    expect(await listPasskeys(provider.context, alice)).toEqual([]);
  });

  test('with the challenge of somebody else in the same browser', async () => {
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const options = await optionsOf(browser, `${newPage}/options`);
    const bob = await signedIn('bob');
    bob.cookies.set('__Host-castellan_browser', browser.cookies.get('__Host-castellan_browser') ?? '');
    const credential = new Authenticator(origin).create(options);
    expect((await bob.post(newPage, { credential })).statusCode).toBe(403);
  });

  test('eleven minutes after the sign-in: whoever changes how one signs in signs in again', async () => {
    const fresh = await signedIn();
    const options = await optionsOf(fresh, `${newPage}/options`);
    provider.clock.advance(660);
    const credential = new Authenticator(origin).create(options);
    const response = await fresh.post(newPage, { credential });
    expect(locationOf(response)).toMatch(/^\/login\?continuation=/);
    expect(locationOf(await fresh.get(newPage))).toMatch(/^\/login\?continuation=/);
    expect(await listPasskeys(provider.context, alice)).toEqual([]);
  });
});

describe('in the account', () => {
  beforeEach(() => start());
  afterEach(() => provider.close());

  const pathOf = ({ id }: Authenticator) => `/account/security/passkeys/${id}`;

  test('one is renamed, with whatever is typed shown as text', async () => {
    const browser = await signedIn();
    const authenticator = new Authenticator(origin);
    await register(browser, authenticator);
    const name = '<img src=x onerror=alert(1)>';
    expect(locationOf(await browser.post(pathOf(authenticator), { name }))).toBe('/account/security');
    const page = await browser.get('/account/security');
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page.body).not.toContain('<img src=x');
    expect((await browser.post(pathOf(authenticator), { name: ' ' })).statusCode).toBe(400);
  });

  test('one is removed, and is accepted no more', async () => {
    const browser = await signedIn();
    const authenticator = new Authenticator(origin);
    await register(browser, authenticator);
    expect((await browser.post(`${pathOf(authenticator)}/remove`, {})).statusCode).toBe(303);
    expect(await listPasskeys(provider.context, alice)).toEqual([]);
    expect((await signIn(provider.browser(), authenticator)).statusCode).toBe(403);
    const [event] = await listEvents(provider.context, { limit: 1, action: 'passkey.removed' });
    expect(event).toMatchObject({ actor: alice.id });
    // Nothing is left that the recovery codes could stand in for.
    expect(await isSignedIn(await signedIn())).toBe(true);
  });

  test('the password manager is told which ones there still are', async () => {
    const browser = await signedIn();
    const told = async () => {
      const { body } = await browser.get('/account/security');
      return JSON.parse((/data-passkeys="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&quot;', '"'));
    };
    expect(await told()).toMatchObject({ rpId: 'id.example', allAcceptedCredentialIds: [] });
    const authenticator = new Authenticator(origin);
    await register(browser, authenticator);
    const userId = authenticator.userHandle;
    expect(await told()).toEqual({ rpId: 'id.example', userId, allAcceptedCredentialIds: [authenticator.id] });
  });

  test('one of somebody else is neither shown nor changed', async () => {
    const authenticator = await registered();
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = await signedIn('bob');
    expect(locationOf(await bob.get(pathOf(authenticator)))).toBe('/account/security');
    await bob.post(pathOf(authenticator), { name: 'mine' });
    await bob.post(`${pathOf(authenticator)}/remove`, {});
    const [stored] = await listPasskeys(provider.context, alice);
    expect(stored?.name).not.toBe('mine');
    expect((await bob.get('/account/security')).body).not.toContain(authenticator.id);
  });

  test('one is not removed from a session of the password alone', async () => {
    const browser = await signedIn();
    const authenticator = await registered();
    const response = await browser.post(`${pathOf(authenticator)}/remove`, {});
    expect(locationOf(response)).toMatch(/^\/login\/step-up\?continuation=/);
    expect(await listPasskeys(provider.context, alice)).toHaveLength(1);
  });
});

describe('at another address', () => {
  test('the passkeys of the old one are explained, not accepted, and not asked for after the password', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const kept = { CASTELLAN_KEYS_DIR: folder, CASTELLAN_DATABASE_URL: `sqlite:${folder}/castellan.sqlite` };
    await start({ ...kept, CASTELLAN_PUBLIC_URL: 'https://old.example' });
    const old = new Authenticator('https://old.example');
    expect((await register(await signedIn(), old)).statusCode).toBe(303);
    await provider.close();

    provider = await startProvider({ settings: { ...settings, ...kept } });
    const browser = provider.browser();
    expect(
      (await signIn(browser, new Authenticator(origin), { id: old.id, userHandle: old.userHandle })).statusCode,
    ).toBe(403);
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
    const page = await browser.get('/account/security');
    expect(page.body).toContain('Created for old.example');
    expect(page.body).toContain('This site is now at id.example');
    await provider.close();
  });

  test('of a number no passkey is offered, and the account says why', async () => {
    await start({ CASTELLAN_PUBLIC_URL: 'http://127.0.0.1:9000' });
    expect((await provider.browser().get('/login')).body).not.toContain('login-passkey');
    const browser = await signedIn();
    const page = await browser.get('/account/security');
    expect(page.body).toContain('At an IP address such as 127.0.0.1');
    expect(page.body).not.toContain('account-passkey-add');
    expect(locationOf(await browser.get(newPage))).toBe('/account/security');
    expect((await browser.post('/login/passkey', { credential: '{}' })).statusCode).toBe(403);
    await provider.close();
  });

  test('of this machine passkeys work', async () => {
    await start({ CASTELLAN_PUBLIC_URL: 'http://localhost:9000' });
    const authenticator = new Authenticator('http://localhost:9000');
    await register(await signedIn(), authenticator);
    expect((await signIn(provider.browser(), authenticator)).statusCode).toBe(303);
    await provider.close();
  });
});

describe.each(engines)('on %s', (engine) => {
  test('of 20 equal assertions at the same instant one signs in', async () => {
    await start({}, await freshDatabaseUrl(engine));
    for (const isSynced of [true, false]) {
      const authenticator = await registeredApart(isSynced);
      const browser = provider.browser();
      const credential = authenticator.get(await signInOptions(browser));
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => browser.post('/login/passkey', { credential })),
      );
      expect(responses.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    }
    await provider.close();
  });

  test('of two assertions with one counter at the same instant one signs in', async () => {
    await start({}, await freshDatabaseUrl(engine));
    const authenticator = await registeredApart(false);
    const browsers = [provider.browser(), provider.browser()];
    const credentials: string[] = [];
    for (const browser of browsers) credentials.push(authenticator.get(await signInOptions(browser), { signCount: 9 }));
    const responses = await Promise.all(
      browsers.map((browser, index) => browser.post('/login/passkey', { credential: credentials[index] })),
    );
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([303, 403]);
    await provider.close();
  });

  test('of two last passkeys that are removed at the same instant one stays', async () => {
    const database = await openDatabase(await freshDatabaseUrl(engine));
    const { sql } = await import('../../src/storage/database.ts');
    await database.run(sql`INSERT INTO users (id, username, username_key, claims, created_at, updated_at)
                           VALUES ('u', 'u', 'u', '{}', 1, 1)`);
    const event = (id: string) => ({ id, at: 1, actor: 'system', action: 'test', detail: {} });
    const row = {
      user_id: 'u',
      rp_id: 'id.example',
      public_key: 'k',
      sign_count: 0,
      transports: [],
      aaguid: '',
      device_type: 'singleDevice',
      backed_up_at: null,
      name: 'n',
      created_at: 1,
    } as const;
    for (const id of ['one', 'two']) expect(await insertPasskey(database, { ...row, id }, event(`i-${id}`))).toBe(true);
    const other = { ...row, id: 'elsewhere', rp_id: 'old.example' };
    expect(await insertPasskey(database, other, event('i-other'))).toBe(true);
    const remove = (id: string) =>
      deletePasskey(database, { id, user_id: 'u', rp_id: 'id.example', event: event(`d-${id}`) }).catch(
        () => 'refused',
      );
    expect((await Promise.all(['one', 'two'].map(remove))).sort()).toEqual(['refused', true]);
    expect(await insertPasskey(database, { ...row, id: 'elsewhere' }, event('again'))).toBe(false);
    await database.close();
  });

  async function registeredApart(isSynced: boolean): Promise<Authenticator> {
    const username = isSynced ? 'alice' : 'carol';
    if (!isSynced) await provider.addUser({ username, email: 'carol@example.com' });
    return registered({ isSynced }, username);
  }
});

describe('the offer after a sign-in with a password', () => {
  beforeEach(() => start());
  afterEach(() => provider.close());

  const isOffered = async (browser: TestBrowser) => (await browser.get('/')).body.includes('id="passkey-offer-add"');

  test('stands beside the applications, and rests once it was declined', async () => {
    const browser = await signedIn();
    expect(await isOffered(browser)).toBe(true);
    expect(locationOf(await browser.post('/passkey-offer', {}))).toBe('/');
    expect(await isOffered(browser)).toBe(false);
  });

  test('is not made to somebody who has a passkey, or signed in with one', async () => {
    const browser = await signedIn();
    const authenticator = new Authenticator(origin);
    await register(browser, authenticator);
    expect(await isOffered(browser)).toBe(false);
    const other = provider.browser();
    await signIn(other, authenticator);
    expect(await isOffered(other)).toBe(false);
  });
});
