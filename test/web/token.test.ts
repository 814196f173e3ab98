import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser } from '../../src/identity/users.ts';
import { metadataOf } from '../../src/protocol/client-metadata.ts';
import { addClientSecret, removeClient, removeClientSecret, setClientEnabled } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { sql } from '../../src/storage/database.ts';
import {
  authorizationUrl,
  authorize,
  code_verifier,
  obtainCode,
  obtainTokens,
  payloadOf,
  redeem,
  refresh,
  userinfo,
} from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  basic,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

describe.each(engines)('the token endpoint on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser({ claims: { name: 'Alice Example' } });
    client = await provider.register({ first_party: true });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const change = ({ client_secret: _, ...registered }: RegisteredClient, changes: Record<string, unknown>) =>
    updateClient(provider.context, registered, { ...metadataOf(registered), ...changes }, actor);

  describe('a code', () => {
    test('gives tokens, with no-store, and an ID Token that tells what is due', async () => {
      const code = await obtainCode(browser, client, { scope: 'openid profile email offline_access' });
      const response = await redeem(provider, client, code);
      expect(response.statusCode).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      const tokens = response.json();
      expect(tokens).toMatchObject({
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'openid profile email offline_access',
      });
      const claims = payloadOf(tokens.id_token);
      expect(claims).toMatchObject({
        iss: provider.config.issuer,
        aud: client.client_id,
        nonce: 'the-nonce',
        amr: ['pwd'],
        sub: expect.stringMatching(/^[\x21-\x7E]{1,255}$/),
        iat: provider.clock.now,
        exp: provider.clock.now + 3600,
      });
      expect(Object.keys(claims).sort()).toEqual(
        ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].sort(),
      );
      expect(payloadOf(tokens.access_token)).toMatchObject({ client_id: client.client_id, sub: claims.sub });
    });

    test('gives the scope values that are known and registered, and says which those are', async () => {
      const modest = await provider.register({ first_party: true, scope: 'openid email' });
      const tokens = await obtainTokens(provider, browser, modest, { scope: 'openid bogus:scope profile email' });
      expect(tokens.scope).toBe('openid email');
    });

    test('works once, even when presented twice at the same instant, and the second time kills what the first gave', async () => {
      const code = await obtainCode(browser, client);
      const responses = await Promise.all(Array.from({ length: 8 }, () => redeem(provider, client, code)));
      const good = responses.filter(({ statusCode }) => statusCode === 200);
      expect(good.length).toBe(1);
      for (const response of responses.filter(({ statusCode }) => statusCode !== 200))
        expect(response.json().error).toBe('invalid_grant');
      expect((await userinfo(provider, good[0]?.json().access_token)).statusCode).toBe(401);
    });

    test.each([0, 1, 30, 61])(
      'presented again after %i seconds revokes the access token and the refresh token',
      async (seconds) => {
        const code = await obtainCode(browser, client);
        const tokens = (await redeem(provider, client, code)).json();
        expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
        provider.clock.advance(seconds);
        expect((await redeem(provider, client, code)).json().error).toBe('invalid_grant');
        expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
        expect((await refresh(provider, client, tokens.refresh_token)).json().error).toBe('invalid_grant');
      },
    );

    test('is dead at exactly its end', async () => {
      const code = await obtainCode(browser, client);
      provider.clock.advance(60);
      expect((await redeem(provider, client, code)).json().error).toBe('invalid_grant');
    });

    test('of another client is refused, and burnt', async () => {
      const other = await provider.register();
      const code = await obtainCode(browser, client);
      expect((await redeem(provider, other, code)).json().error).toBe('invalid_grant');
      expect((await redeem(provider, client, code)).json().error).toBe('invalid_grant');
    });

    test('that was used is refused to another client, which can take nothing away with it', async () => {
      const other = await provider.register();
      const code = await obtainCode(browser, client);
      const tokens = (await redeem(provider, client, code)).json();
      expect((await redeem(provider, other, code)).json().error).toBe('invalid_grant');
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
    });

    test.each<[string, Record<string, string | undefined>, string]>([
      ['no code', { code: undefined }, 'invalid_request'],
      ['no redirect_uri', { redirect_uri: undefined }, 'invalid_grant'],
      ['another redirect_uri', { redirect_uri: 'https://app.example/other' }, 'invalid_grant'],
      ['no code_verifier', { code_verifier: undefined }, 'invalid_grant'],
      ['a wrong code_verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
      ['a short code_verifier', { code_verifier: 'short' }, 'invalid_grant'],
      ['a code_verifier of 129 characters', { code_verifier: 'v'.repeat(129) }, 'invalid_grant'],
      ['a code_verifier with a blank', { code_verifier: `${code_verifier} ` }, 'invalid_grant'],
      ['the challenge as verifier', { code_verifier: 'Xb0nWYQpmvqoBhEQ-mBE9R8TCtYUvGDDiYiYKLmQ5fE' }, 'invalid_grant'],
      ['a code of 100 characters', { code: 'c'.repeat(100) }, 'invalid_grant'],
      ['a code of 5 kB', { code: 'c'.repeat(5000) }, 'invalid_request'],
      ['a code of SQL', { code: "' OR 1=1 --" }, 'invalid_grant'],
    ])('is refused with %s', async (_title, changes, error) => {
      const code = await obtainCode(browser, client);
      const response = await redeem(provider, client, code, changes);
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe(error);
      expect(response.headers['cache-control']).toBe('no-store');
    });

    test('is burnt by the first wrong verifier', async () => {
      const code = await obtainCode(browser, client);
      await redeem(provider, client, code, { code_verifier: 'w'.repeat(43) });
      expect((await redeem(provider, client, code)).json().error).toBe('invalid_grant');
    });

    test('without a challenge refuses a code_verifier', async () => {
      const plain = await provider.register({ first_party: true, require_pkce: false });
      const without = { code_challenge: undefined, code_challenge_method: undefined };
      const code = await obtainCode(browser, plain, without);
      expect((await redeem(provider, plain, code)).json().error).toBe('invalid_grant');
      const another = await obtainCode(browser, plain, without);
      expect((await redeem(provider, plain, another, { code_verifier: undefined })).statusCode).toBe(200);
    });

    test('whose request had a challenge is bound to it, also for a client that need not use PKCE', async () => {
      const plain = await provider.register({ first_party: true, require_pkce: false });
      const without = await redeem(provider, plain, await obtainCode(browser, plain), { code_verifier: undefined });
      expect([without.statusCode, without.json().error]).toEqual([400, 'invalid_grant']);
      expect((await redeem(provider, plain, await obtainCode(browser, plain))).statusCode).toBe(200);
    });

    test('gives no ID Token without openid, and no nonce when none was sent', async () => {
      const api = await provider.register({ first_party: true, scope: 'openid api:read' });
      const plain = await obtainTokens(provider, browser, api, { scope: 'api:read' });
      expect(plain.id_token).toBeUndefined();
      expect(payloadOf(plain.access_token)).toMatchObject({ scope: 'api:read' });
      const tokens = await obtainTokens(provider, browser, client, { nonce: undefined });
      expect('nonce' in payloadOf(tokens.id_token)).toBe(false);
    });

    test('is dead once the person has signed out, is disabled, or the client is switched off', async () => {
      const other = provider.browser();
      await other.signIn();
      const code = await obtainCode(other, client);
      await other.post('/logout', {});
      expect((await redeem(provider, client, code)).json().error).toBe('invalid_grant');

      const carol = await provider.addUser({ username: 'carol', email: 'carol@example.com' });
      await other.signIn('carol');
      const second = await obtainCode(other, client);
      await disableUser(provider.context, carol.id, actor);
      expect((await redeem(provider, client, second)).json().error).toBe('invalid_grant');

      const off = await provider.register({ first_party: true });
      const third = await obtainCode(browser, off);
      await setClientEnabled(provider.context, off.client_id, false, actor);
      expect((await redeem(provider, off, third)).json().error).toBe('invalid_client');
    });

    test('is dead once the address that it went to is taken out of the registration', async () => {
      const elsewhere = 'https://app.example/elsewhere';
      const moved = await provider.register({ first_party: true, redirect_uris: [redirect_uri, elsewhere] });
      const codes = [await obtainCode(browser, moved), await obtainCode(browser, moved, { redirect_uri: elsewhere })];
      await change(moved, { redirect_uris: [redirect_uri] });
      expect((await redeem(provider, moved, codes[0] ?? '')).statusCode).toBe(200);
      const refused = await redeem(provider, moved, codes[1] ?? '', { redirect_uri: elsewhere });
      expect(refused.json().error).toBe('invalid_grant');
    });

    test('of a removed client gives nothing and leaves nothing', async () => {
      const gone = await provider.register({ first_party: true });
      const tokens = await obtainTokens(provider, browser, gone);
      const code = await obtainCode(browser, gone);
      await removeClient(provider.context, gone.client_id, actor);
      expect((await redeem(provider, gone, code)).json().error).toBe('invalid_client');
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
      const left = await provider.context.database.all(
        sql`SELECT client_id FROM authorizations WHERE client_id = ${gone.client_id}
             UNION ALL SELECT client_id FROM client_secrets WHERE client_id = ${gone.client_id}
             UNION ALL SELECT client_id FROM client_origins WHERE client_id = ${gone.client_id}`,
      );
      expect(left).toEqual([]);
    });
  });

  describe('a refresh token', () => {
    const offline = { scope: 'openid profile offline_access' };

    test('of a confidential client stays the same and keeps sub, auth_time and sid; the nonce is the first one', async () => {
      const tokens = await obtainTokens(provider, browser, client, offline);
      provider.clock.advance(5);
      const response = await refresh(provider, client, tokens.refresh_token ?? '');
      expect(response.headers['cache-control']).toBe('no-store');
      const next = response.json();
      expect(next.refresh_token).toBe(tokens.refresh_token);
      const before = payloadOf(tokens.id_token);
      const after = payloadOf(next.id_token);
      for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid', 'nonce']) expect(after[name]).toBe(before[name]);
      expect(Number(after.iat)).toBe(Number(before.iat) + 5);
    });

    test('gives less when less is asked for, and everything again later', async () => {
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      const less = (await refresh(provider, client, refresh_token, { scope: 'profile' })).json();
      expect(less.scope).toBe('profile');
      expect(less.id_token).toBeUndefined();
      expect((await refresh(provider, client, refresh_token)).json().scope).toBe(offline.scope);
    });

    test('gives no ID Token when openid was not granted', async () => {
      const scope = 'profile offline_access';
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, { scope, nonce: undefined });
      const next = (await refresh(provider, client, refresh_token)).json();
      expect(next).toMatchObject({ scope, access_token: expect.any(String) });
      expect(next.id_token).toBeUndefined();
    });

    test('gives no scope that was never granted', async () => {
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      const response = await refresh(provider, client, refresh_token, { scope: 'openid email' });
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe('invalid_scope');
    });

    test('of another client is refused, and stays good for its own', async () => {
      const other = await provider.register();
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      const response = await refresh(provider, other, refresh_token);
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe('invalid_grant');
      expect((await refresh(provider, client, refresh_token)).statusCode).toBe(200);
    });

    test.each<[string, (token: string) => string]>([
      ['cut', (token) => token.slice(0, -1)],
      ['longer', (token) => `${token}A`],
      ['padded', (token) => `${token}=`],
      ['with another verifier', (token) => `${token.slice(0, -4)}AAAA`],
      ['with a blank in front', (token) => ` ${token}`],
    ])('%s is refused, and the true one still works', async (_title, change) => {
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      expect((await refresh(provider, client, change(refresh_token))).json().error).toBe('invalid_grant');
      expect((await refresh(provider, client, refresh_token)).statusCode).toBe(200);
    });

    test('with NUL is refused as a malformed request', async () => {
      expect((await refresh(provider, client, 'x\0')).json().error).toBe('invalid_request');
    });

    test('is no access token', async () => {
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      expect((await userinfo(provider, refresh_token)).statusCode).toBe(401);
    });

    test('ends when it lies idle, and use moves that end', async () => {
      const short = await provider.register({ first_party: true, refresh_token_idle_seconds: 1000 });
      const { refresh_token = '' } = await obtainTokens(provider, browser, short, offline);
      provider.clock.advance(900);
      expect((await refresh(provider, short, refresh_token)).statusCode).toBe(200);
      provider.clock.advance(900);
      expect((await refresh(provider, short, refresh_token)).statusCode).toBe(200);
      provider.clock.advance(1000);
      expect((await refresh(provider, short, refresh_token)).json().error).toBe('invalid_grant');
    });

    test('ends at its absolute end however often it is used', async () => {
      const short = await provider.register({
        first_party: true,
        token_endpoint_auth_method: 'none',
        refresh_token_seconds: 5000,
        access_token_seconds: 60,
      });
      let { refresh_token = '' } = await obtainTokens(provider, browser, short, offline);
      for (let turn = 0; turn < 9; turn++) {
        provider.clock.advance(500);
        refresh_token = (await refresh(provider, short, refresh_token)).json().refresh_token;
      }
      provider.clock.advance(500);
      expect((await refresh(provider, short, refresh_token)).json().error).toBe('invalid_grant');
    });

    test('without offline_access ends with the session, with it lives on', async () => {
      const other = provider.browser();
      await other.signIn();
      const bound = await obtainTokens(provider, other, client, { scope: 'openid' });
      const free = await obtainTokens(provider, other, client, offline);
      expect((await refresh(provider, client, bound.refresh_token ?? '')).statusCode).toBe(200);
      await other.post('/logout', {});
      expect((await refresh(provider, client, bound.refresh_token ?? '')).json().error).toBe('invalid_grant');
      expect((await userinfo(provider, bound.access_token)).statusCode).toBe(401);
      expect((await refresh(provider, client, free.refresh_token ?? '')).statusCode).toBe(200);
      expect((await userinfo(provider, free.access_token)).statusCode).toBe(200);
    });

    test('without offline_access outlasts the idle time of the browser, unless that comes back', async () => {
      const other = provider.browser();
      await other.signIn();
      const { refresh_token = '' } = await obtainTokens(provider, other, client, { scope: 'openid' });
      const before = provider.clock.now;
      provider.clock.advance(provider.config.lifetimes.sessionIdleSeconds);
      expect((await refresh(provider, client, refresh_token)).statusCode).toBe(200);
      expect((await other.open(authorizationUrl(client))).body).toContain('login-password');
      expect((await refresh(provider, client, refresh_token)).json().error).toBe('invalid_grant');
      provider.clock.now = before;
    });

    test('is not given to a client that is not registered for it, nor is offline_access granted', async () => {
      const once = await provider.register({ first_party: true, grant_types: ['authorization_code'] });
      const tokens = await obtainTokens(provider, browser, once, offline);
      expect(tokens.refresh_token).toBeUndefined();
      expect(tokens.scope).toBe('openid profile');
    });

    test('ends when the person is disabled', async () => {
      const dave = await provider.addUser({ username: 'dave', email: 'dave@example.com' });
      const other = provider.browser();
      await other.signIn('dave');
      const tokens = await obtainTokens(provider, other, client, offline);
      await disableUser(provider.context, dave.id, actor);
      expect((await refresh(provider, client, tokens.refresh_token ?? '')).json().error).toBe('invalid_grant');
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
    });
  });

  describe('the refresh token of a public client', () => {
    const offline = { scope: 'openid offline_access' };
    let spa: RegisteredClient;
    beforeAll(async () => {
      spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
    });
    const first = async () => (await obtainTokens(provider, browser, spa, offline)).refresh_token ?? '';
    const next = async (token: string) => (await refresh(provider, spa, token)).json();

    test('is rotated at each use', async () => {
      const one = await first();
      const two = (await next(one)).refresh_token;
      const three = (await next(two)).refresh_token;
      expect(new Set([one, two, three]).size).toBe(3);
    });

    test('leaves the access token of before alone when it is used', async () => {
      const { access_token, refresh_token = '' } = await obtainTokens(provider, browser, spa, offline);
      expect((await next(refresh_token)).access_token).not.toBe(access_token);
      expect((await userinfo(provider, access_token)).statusCode).toBe(200);
    });

    test('presented again within 30 seconds gets the same successor', async () => {
      const one = await first();
      const two = (await next(one)).refresh_token;
      provider.clock.advance(29);
      expect((await next(one)).refresh_token).toBe(two);
      expect((await next(two)).refresh_token).toBeDefined();
    });

    test('presented later kills the whole family, the newest too', async () => {
      const one = await first();
      const answer = await next(one);
      provider.clock.advance(30);
      expect((await next(one)).error).toBe('invalid_grant');
      expect((await next(answer.refresh_token)).error).toBe('invalid_grant');
      expect((await userinfo(provider, answer.access_token)).statusCode).toBe(401);
    });

    test('presented again once its successor was used kills the whole family', async () => {
      const one = await first();
      const two = (await next(one)).refresh_token;
      const three = (await next(two)).refresh_token;
      expect((await next(one)).error).toBe('invalid_grant');
      expect((await next(three)).error).toBe('invalid_grant');
    });

    test('that was spent stays spent when its client is told to keep them from now on', async () => {
      const changing = await provider.register({ first_party: true, rotate_refresh_tokens: true });
      const { refresh_token = '' } = await obtainTokens(provider, browser, changing, offline);
      const next = (await refresh(provider, changing, refresh_token)).json();
      expect(next.refresh_token).not.toBe(refresh_token);
      await change(changing, { rotate_refresh_tokens: false });
      expect((await refresh(provider, changing, refresh_token)).json().error).toBe('invalid_grant');
      expect((await refresh(provider, changing, next.refresh_token)).json().error).toBe('invalid_grant');
    });

    test('presented again with another scope is no retry', async () => {
      const one = await first();
      await next(one);
      expect((await refresh(provider, spa, one, { scope: 'openid' })).json().error).toBe('invalid_grant');
    });

    test('used twenty times at once gives one successor, and no error', async () => {
      const one = await first();
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(provider, spa, one)));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
      expect(new Set(answers.map((answer) => answer.json().refresh_token)).size).toBe(1);
    });
  });

  describe('client_credentials', () => {
    let machine: RegisteredClient;
    beforeAll(async () => {
      machine = await provider.register({
        grant_types: ['client_credentials'],
        redirect_uris: [],
        scope: 'openid offline_access api:read api:write',
        audience: ['https://api.example'],
      });
    });
    const ask = (changes: Record<string, string> = {}) =>
      provider.post('/oidc/oauth2/token', { grant_type: 'client_credentials', ...changes }, machine);

    test('gives an access token for the client itself, and nothing else', async () => {
      const tokens = (await ask({ scope: 'api:read' })).json();
      expect(Object.keys(tokens).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
      expect(payloadOf(tokens.access_token)).toMatchObject({
        sub: machine.client_id,
        client_id: machine.client_id,
        aud: 'https://api.example',
        scope: 'api:read',
      });
    });

    test.each(['api:delete', 'openid', 'offline_access', 'api:read "x'])('refuses the scope %s', async (scope) => {
      expect((await ask({ scope })).json().error).toBe('invalid_scope');
    });
  });

  describe('client authentication', () => {
    const path = '/oidc/oauth2/token';
    const grant = { grant_type: 'refresh_token', refresh_token: 'x' };

    test('with a wrong secret is 401 with a challenge', async () => {
      const response = await provider.post(path, grant, { ...client, client_secret: 'wrong' });
      expect(response.statusCode).toBe(401);
      expect(response.json().error).toBe('invalid_client');
      expect(response.headers['www-authenticate']).toMatch(/^Basic /);
      expect(response.headers['cache-control']).toBe('no-store');
    });

    test.each<[string, (secret: string) => string]>([
      ['empty', () => ''],
      ['a blank', () => ' '],
      ['cut', (secret) => secret.slice(0, -1)],
      ['a blank longer', (secret) => `${secret} `],
      ['a NUL longer', (secret) => `${secret}\0`],
      [
        'in the other case',
        (secret) => (secret === secret.toLowerCase() ? secret.toUpperCase() : secret.toLowerCase()),
      ],
    ])('with a secret that is %s is refused', async (_title, change) => {
      const response = await provider.post(path, grant, { ...client, client_secret: change(client.client_secret) });
      expect(response.json().error).toBe('invalid_client');
    });

    test.each([
      ['nothing', {}, undefined],
      ['client_id alone, as a public client would', { client_id: 'CLIENT' }, undefined],
      ['the secret in the body instead of Basic', { client_id: 'CLIENT', client_secret: 'SECRET' }, undefined],
      ['no colon', {}, `Basic ${Buffer.from('nocolon').toString('base64')}`],
      ['bad base64', {}, 'Basic %%%'],
      ['Basic alone', {}, 'Basic'],
      ['halves that are not form-urlencoded', {}, `Basic ${Buffer.from('%zz:secret').toString('base64')}`],
      [
        'an assertion that nobody registered',
        { client_id: 'CLIENT', client_assertion: 'e30.e30.', client_assertion_type: 'x' },
        undefined,
      ],
    ])('with %s is refused', async (_title, form, authorization) => {
      const filled = Object.fromEntries(
        Object.entries(form).map(([name, value]) => [
          name,
          value === 'CLIENT' ? client.client_id : value === 'SECRET' ? client.client_secret : value,
        ]),
      );
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await provider.post(path, { ...grant, ...filled }, undefined, headers);
      expect(response.statusCode).toBe(401);
      expect(response.json().error).toBe('invalid_client');
    });

    test('in two ways at once is invalid_request', async () => {
      const twice = { ...grant, client_id: client.client_id, client_secret: client.client_secret };
      expect((await provider.post(path, twice, client)).json().error).toBe('invalid_request');
      const halfTwice = { ...grant, client_secret: client.client_secret };
      expect((await provider.post(path, halfTwice, client)).json().error).toBe('invalid_request');
    });

    test('as one client with the client_id of another is invalid_request', async () => {
      expect((await provider.post(path, { ...grant, client_id: 'other' }, client)).json().error).toBe(
        'invalid_request',
      );
    });

    test('of a public client that sends a secret is refused', async () => {
      const spa = await provider.register({ token_endpoint_auth_method: 'none' });
      const form = { ...grant, client_id: spa.client_id, client_secret: 'something-or-other' };
      expect((await provider.post(path, form)).json().error).toBe('invalid_client');
      expect((await provider.post(path, grant, { ...spa, client_secret: 'x' })).json().error).toBe('invalid_client');
    });

    test('works in the body for a client registered so', async () => {
      const post = await provider.register({ token_endpoint_auth_method: 'client_secret_post' });
      const form = { ...grant, client_id: post.client_id, client_secret: post.client_secret };
      expect((await provider.post(path, form)).json().error).toBe('invalid_grant');
      expect((await provider.post(path, grant, post)).json().error).toBe('invalid_client');
    });

    test('works with any printable character in id and secret, form-urlencoded', async () => {
      const odd = await provider.register({}, { client_id: 'id:%+&=/?~', client_secret: 'secret: %+&=/? with blanks' });
      expect((await provider.post(path, grant, odd)).json().error).toBe('invalid_grant');
      const raw = `Basic ${Buffer.from(`${odd.client_id}:${odd.client_secret}`).toString('base64')}`;
      expect((await provider.post(path, grant, undefined, { authorization: raw })).json().error).toBe('invalid_client');
    });

    test('works with each of several secrets, until one expires or is removed', async () => {
      const several = await provider.register();
      const added = await addClientSecret(provider.context, several, actor, { expires_at: provider.clock.now + 100 });
      const second = { ...several, client_secret: added.client_secret };
      const answer = async (credentials: RegisteredClient) =>
        (await provider.post(path, grant, credentials)).json().error;
      expect([await answer(several), await answer(second)]).toEqual(['invalid_grant', 'invalid_grant']);
      provider.clock.advance(100);
      expect([await answer(several), await answer(second)]).toEqual(['invalid_grant', 'invalid_client']);
      const third = await addClientSecret(provider.context, several, actor);
      await removeClientSecret(provider.context, several.client_id, third.id, actor);
      expect(await answer({ ...several, client_secret: third.client_secret })).toBe('invalid_client');
    });
  });

  describe('a request', () => {
    const path = '/oidc/oauth2/token';
    test.each([
      ['an unknown grant_type', { grant_type: 'bogus' }, 'unsupported_grant_type'],
      ['grant_type password', { grant_type: 'password' }, 'unsupported_grant_type'],
      ['grant_type constructor', { grant_type: 'constructor' }, 'unsupported_grant_type'],
      ['grant_type __proto__', { grant_type: '__proto__' }, 'unsupported_grant_type'],
      ['no grant_type', {}, 'invalid_request'],
      ['a grant_type the client is not registered for', { grant_type: 'client_credentials' }, 'unauthorized_client'],
    ])('with %s', async (_title, form, error) => {
      const response = await provider.post(path, form, client);
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe(error);
      expect(response.headers['cache-control']).toBe('no-store');
    });

    const send = (payload: string, headers: Record<string, string>) =>
      provider.app.inject({
        method: 'POST',
        url: path,
        headers: { authorization: basic(client), ...headers },
        payload,
      });
    const form = 'application/x-www-form-urlencoded';

    test.each<[string, string, Record<string, string>, number]>([
      ['a repeated parameter', 'grant_type=refresh_token&grant_type=refresh_token', { 'content-type': form }, 400],
      ['a JSON body', '{"grant_type":"x"}', { 'content-type': 'application/json' }, 415],
      ['a JSON body with a tab in its type', '{}', { 'content-type': 'application/json\t; x' }, 415],
      ['a text body', 'grant_type=x', { 'content-type': 'text/plain' }, 415],
      ['another charset', 'grant_type=x', { 'content-type': `${form}; charset=utf-16` }, 415],
      ['a compressed body', 'x', { 'content-type': form, 'content-encoding': 'gzip' }, 415],
      ['a body over 64 KiB', `a=${'x'.repeat(70_000)}`, { 'content-type': form }, 413],
      ['a thousand parameters', 'a=1&'.repeat(1000), { 'content-type': form }, 400],
      ['bytes that are no UTF-8', 'grant_type=%ff%fe', { 'content-type': form }, 400],
      ['a bad percent escape', 'grant_type=%zz', { 'content-type': form }, 400],
    ])('with %s is refused as JSON', async (_title, payload, headers, status) => {
      const response = await send(payload, headers);
      expect(response.statusCode).toBe(status);
      expect(response.json().error).toBe('invalid_request');
      expect(response.headers['content-type']).toContain('application/json');
      expect(response.headers['cache-control']).toBe('no-store');
    });

    test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'] as const)('by %s gives no token', async (method) => {
      const response = await provider.app.inject({
        method,
        url: `${path}?grant_type=refresh_token`,
        headers: { authorization: basic(client) },
      });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('POST');
    });

    test('with its parameters in the query gives no token', async () => {
      const { refresh_token } = await obtainTokens(provider, browser, client);
      const response = await provider.app.inject({
        method: 'POST',
        url: `${path}?grant_type=refresh_token&refresh_token=${refresh_token}`,
        headers: { authorization: basic(client), 'content-type': form },
        payload: '',
      });
      expect(response.json().error).toBe('invalid_request');
    });
  });

  test('codes and refresh tokens are in the database as hashes only', async () => {
    const code = answerOf(await authorize(browser, authorizationUrl(client))).code ?? '';
    const { refresh_token = '' } = await obtainTokens(provider, browser, client);
    const rows = [
      ...(await provider.context.database.all(sql`SELECT * FROM authorization_codes`)),
      ...(await provider.context.database.all(sql`SELECT * FROM refresh_tokens`)),
      ...(await provider.context.database.all(sql`SELECT * FROM client_secrets`)),
    ];
    const text = JSON.stringify(rows);
    for (const secret of [code, code.slice(22), refresh_token, refresh_token.slice(22), client.client_secret])
      expect(text).not.toContain(secret);
  });
});
