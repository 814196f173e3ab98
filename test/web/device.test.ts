import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser, enableUser } from '../../src/identity/users.ts';
import { setClientEnabled } from '../../src/protocol/clients.ts';
import { sql } from '../../src/storage/database.ts';
import { payloadOf, refresh, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  locationOf,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
const path = '/oidc/oauth2/device/auth';

interface Began {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

describe.each(engines)('device authorization on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser({ claims: { name: 'Alice Example' } });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    client = await television();
    browser = await signedIn();
  });
  afterAll(() => provider.close());

  const television = (more: Record<string, unknown> = {}) =>
    provider.register({
      client_name: 'Television',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: [grant_type, 'refresh_token'],
      redirect_uris: [],
      ...more,
    });
  const signedIn = async (username = 'alice') => {
    const fresh = provider.browser();
    await fresh.signIn(username);
    return fresh;
  };
  const begin = async (scope = 'openid profile', device = client) => {
    const response = await provider.post(path, { client_id: device.client_id, scope }, undefined, {
      'user-agent': 'TV/1.0 <img src=x onerror=alert(1)>',
    });
    expect(response.statusCode).toBe(200);
    return response.json<Began>();
  };
  const countAllowed = async () => {
    const row = await provider.context.database.get<{ count: number | string }>(sql`
      SELECT COUNT(*) AS count FROM audit_events WHERE action = 'device.allowed'`);
    return Number(row?.count);
  };
  const poll = ({ device_code }: Began, device = client) =>
    provider.post('/oidc/oauth2/token', { grant_type, device_code, client_id: device.client_id });
  const enter = async (who: TestBrowser, user_code: string) => who.submit(await who.open('/device'), { user_code });
  const decide = async (who: TestBrowser, { user_code }: Began, decision: 'allow' | 'deny') =>
    who.submit(await enter(who, user_code), { decision });

  test('a device waits, is allowed, and gets its tokens once', async () => {
    const began = await begin('openid profile offline_access');
    expect(began).toMatchObject({
      verification_uri: `${provider.config.publicUrl}/device`,
      expires_in: 600,
      interval: 5,
    });
    expect(began.verification_uri_complete).toBe(`${began.verification_uri}?user_code=${began.user_code}`);
    expect(began.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect((await poll(began)).json().error).toBe('authorization_pending');

    const confirm = await enter(browser, began.user_code);
    expect(confirm.body).toContain('Connect Television?');
    expect(confirm.body).toContain('Alice Example');
    expect(confirm.body).toContain('TV/1.0 &lt;img');
    const done = await browser.submit(confirm, { decision: 'allow' });
    expect(done.body).toContain('Your device is connected');

    provider.clock.advance(5);
    const response = await poll(began);
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    const tokens = response.json();
    expect(payloadOf(tokens.id_token)).toMatchObject({ aud: client.client_id });
    expect((await userinfo(provider, tokens.access_token)).json()).toMatchObject({ name: 'Alice Example' });
    expect((await refresh(provider, client, tokens.refresh_token)).statusCode).toBe(200);
    expect((await poll(began)).json().error).toBe('invalid_grant');
  });

  test('the code may be typed in small letters, with blanks or without its dash', async () => {
    for (const change of [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replace('-', ''),
      (code: string) => ` ${code.replace('-', ' ')} `,
    ]) {
      const began = await begin();
      expect((await enter(browser, change(began.user_code))).body).toContain('Connect Television?');
    }
  });

  test('the complete address fills the code in, and allows nothing by itself', async () => {
    const began = await begin();
    const page = await browser.open(began.verification_uri_complete);
    expect(page.body).toContain(`value="${began.user_code}"`);
    expect((await poll(began)).json().error).toBe('authorization_pending');
  });

  test('somebody who is not signed in signs in first and comes back to the code', async () => {
    const began = await begin();
    const fresh = provider.browser();
    const login = await fresh.open(began.verification_uri_complete);
    expect(login.body).toContain('login-password');
    const page = await fresh.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(page.body).toContain(`value="${began.user_code}"`);
  });

  test('polling too fast is slow_down, and each time the interval grows', async () => {
    const began = await begin();
    expect((await poll(began)).json().error).toBe('authorization_pending');
    provider.clock.advance(4);
    expect((await poll(began)).json().error).toBe('slow_down');
    provider.clock.advance(9);
    expect((await poll(began)).json().error).toBe('slow_down');
    provider.clock.advance(15);
    expect((await poll(began)).json().error).toBe('authorization_pending');
  });

  test('a device that is refused is told access_denied', async () => {
    const began = await begin();
    expect((await decide(browser, began, 'deny')).body).toContain('Nothing was connected');
    expect((await poll(began)).json().error).toBe('access_denied');
  });

  test('a code is dead at its end, on the page and for the device', async () => {
    const began = await begin();
    provider.clock.advance(600);
    expect((await poll(began)).json().error).toBe('expired_token');
    expect((await enter(browser, began.user_code)).statusCode).toBe(400);
  });

  test('twenty polls at once after the person allowed it give tokens once', async () => {
    const began = await begin();
    await decide(browser, began, 'allow');
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(began)));
    expect(answers.filter(({ statusCode }) => statusCode === 200).length).toBe(1);
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 200))
      expect(answer.json().error).toBe('invalid_grant');
  });

  test('a code that one session typed in is taken for every other', async () => {
    const began = await begin();
    const confirm = await enter(browser, began.user_code);
    const bob = await signedIn('bob');
    expect((await enter(bob, began.user_code)).statusCode).toBe(400);
    const action = /action="([^"]+)"/.exec(confirm.body)?.[1] ?? '';
    const sealed = /name="device" value="([^"]+)"/.exec(confirm.body)?.[1] ?? '';
    const stolen = await bob.post(action, { device: sealed, decision: 'allow' });
    expect(stolen.statusCode).toBe(400);
    expect((await poll(began)).json().error).toBe('authorization_pending');
  });

  test('a decision sent twice counts once', async () => {
    const began = await begin();
    const confirm = await enter(browser, began.user_code);
    const before = await countAllowed();
    const answers = await Promise.all([1, 2, 3].map(() => browser.submit(confirm, { decision: 'allow' })));
    for (const { body } of answers) expect(body).toContain('Your device is connected');
    expect(await countAllowed()).toBe(before + 1);
  });

  test('a decision posted from another site, or after signing out, is refused', async () => {
    const began = await begin();
    const alice = await signedIn();
    const confirm = await enter(alice, began.user_code);
    const sealed = /name="device" value="([^"]+)"/.exec(confirm.body)?.[1] ?? '';
    const form = { device: sealed, decision: 'allow' };
    const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await alice.post('/device/confirm', form, crossSite)).statusCode).toBe(403);
    expect((await alice.post('/device', { user_code: began.user_code }, crossSite)).statusCode).toBe(403);
    await alice.post('/logout', {});
    expect((await alice.post('/device/confirm', form)).statusCode).toBe(400);
    expect((await poll(began)).json().error).toBe('authorization_pending');
  });

  test('a device of a client that is switched off meanwhile cannot be allowed, and gets nothing', async () => {
    const own = await television();
    const began = await begin('openid', own);
    const confirm = await enter(browser, began.user_code);
    await setClientEnabled(provider.context, own.client_id, false, actor);
    expect((await browser.submit(confirm, { decision: 'allow' })).statusCode).toBe(400);
    await setClientEnabled(provider.context, own.client_id, true, actor);
    expect((await browser.submit(confirm, { decision: 'allow' })).statusCode).toBe(200);
    await setClientEnabled(provider.context, own.client_id, false, actor);
    expect((await poll(began, own)).json().error).toBe('invalid_client');
  });

  test('a device that was allowed gets nothing once the person is disabled, before it asks', async () => {
    const dora = await provider.addUser({ username: 'dora', email: 'dora@example.com' });
    const began = await begin();
    await decide(await signedIn('dora'), began, 'allow');
    await disableUser(provider.context, dora.id, actor);
    expect((await poll(began)).json().error).toBe('invalid_grant');
    await enableUser(provider.context, dora.id, actor);
    expect((await poll(began)).json().error).toBe('invalid_grant');
  });

  test('a device cannot be decided on once more, nor when its code has expired', async () => {
    const refused = await begin();
    const confirm = await enter(browser, refused.user_code);
    await browser.submit(confirm, { decision: 'deny' });
    expect((await browser.submit(confirm, { decision: 'allow' })).body).toContain('Nothing was connected');
    expect((await poll(refused)).json().error).toBe('access_denied');
    const late = await begin();
    const question = await enter(browser, late.user_code);
    provider.clock.advance(600);
    expect((await browser.submit(question, { decision: 'allow' })).statusCode).toBe(400);
    expect((await poll(late)).json().error).toBe('expired_token');
  });

  test.each(['', 'AAAA-AAAA', 'BCDF', '<script>alert(1)</script>', "' OR 1=1", 'B'.repeat(3000)])(
    'the code %j is refused in the same words, and escaped',
    async (user_code) => {
      const fresh = await signedIn('bob');
      const page = await enter(fresh, user_code);
      expect(page.statusCode).toBe(400);
      expect(page.body).toContain('This code is not valid');
      expect(page.body).not.toContain('<script>alert');
    },
  );

  test('guessing codes is slowed down', async () => {
    await provider.addUser({ username: 'mallory', email: 'mallory@example.com' });
    const mallory = await signedIn('mallory');
    const answers = [];
    for (let guess = 0; guess < 12; guess++) answers.push(await enter(mallory, 'BCDF-GHJK'));
    expect(answers.at(-1)?.statusCode).toBe(429);
    expect(answers.at(-1)?.headers['retry-after']).toBe('30');
  });

  test('the tokens live on when the browser signs out, and die with the account', async () => {
    const carol = await provider.addUser({ username: 'carol', email: 'carol@example.com' });
    const her = await signedIn('carol');
    const began = await begin();
    await decide(her, began, 'allow');
    await her.post('/logout', {});
    const tokens = (await poll(began)).json();
    expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
    await disableUser(provider.context, carol.id, actor);
    expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
    expect((await refresh(provider, client, tokens.refresh_token)).json().error).toBe('invalid_grant');
  });

  test('another client, an unknown and a cut device_code are invalid_grant', async () => {
    const began = await begin();
    const other = await television();
    expect((await poll(began, other)).json().error).toBe('invalid_grant');
    expect((await poll({ ...began, device_code: 'x' })).json().error).toBe('invalid_grant');
    expect((await poll({ ...began, device_code: began.device_code.slice(0, -1) })).json().error).toBe('invalid_grant');
    const missing = await provider.post('/oidc/oauth2/token', { grant_type, client_id: client.client_id });
    expect(missing.json().error).toBe('invalid_request');
  });

  test.each<[string, Record<string, string>, string]>([
    ['no scope that is registered', { scope: 'bogus' }, 'invalid_scope'],
    ['a scope outside the grammar', { scope: 'openid "x' }, 'invalid_scope'],
  ])('a device that asks with %s is refused', async (_title, form, error) => {
    const response = await provider.post(path, { client_id: client.client_id, ...form });
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toBe(error);
  });

  test('a client without the grant may not begin, nor one that does not authenticate', async () => {
    const web = await provider.register();
    expect((await provider.post(path, { scope: 'openid' }, web)).json().error).toBe('unauthorized_client');
    expect((await provider.post(path, { scope: 'openid', client_id: web.client_id })).statusCode).toBe(401);
    const json = await provider.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(json.statusCode).toBe(415);
  });

  test('no more than fifty devices of a public client wait from one network', async () => {
    const flood = await television();
    const ask = () => provider.post(path, { client_id: flood.client_id, scope: 'openid' });
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.json().error).toBe('temporarily_unavailable');
  });

  test('neither code is in the database in the clear', async () => {
    const began = await begin();
    const rows = JSON.stringify(await provider.context.database.all(sql`SELECT * FROM device_authorizations`));
    for (const secret of [began.device_code, began.user_code, began.user_code.replace('-', '')])
      expect(rows).not.toContain(secret);
  });

  test('the QR code leads to the page, for a well-formed code only', async () => {
    const picture = await provider.app.inject('/device/qr.svg?user_code=BCDF-GHJK');
    expect(picture.statusCode).toBe(200);
    expect(picture.headers['content-type']).toContain('image/svg+xml');
    expect(picture.body).toContain('<svg');
    expect((await provider.app.inject('/device/qr.svg?user_code=%22%3E%3Cscript%3E')).statusCode).toBe(404);
  });

  test('is advertised', async () => {
    const metadata = (await provider.app.inject('/oidc/.well-known/openid-configuration')).json();
    expect(metadata.device_authorization_endpoint).toBe(`${provider.config.issuer}/oauth2/device/auth`);
    expect(metadata.grant_types_supported).toContain(grant_type);
    expect(locationOf(await provider.browser().get('/device'))).toContain('/login');
  });
});
