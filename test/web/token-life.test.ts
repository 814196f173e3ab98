/** What tokens are made of, and how they come to an end: by time, by a restart in between, by two things at once. */
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser, enableUser } from '../../src/identity/users.ts';
import { setClientEnabled } from '../../src/protocol/clients.ts';
import { obtainCode, obtainTokens, payloadOf, redeem, refresh, type Tokens, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  encode,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const offline = { scope: 'openid profile offline_access' };

describe.each(engines)('on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let spa: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser();
    client = await provider.register({ first_party: true });
    spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const error = (response: { json(): { error?: string } }) => response.json().error;
  /** The same installation, started anew at the same time. */
  const restarted = () =>
    startProvider({
      databaseUrl: provider.config.databaseUrl,
      settings: { CASTELLAN_KEYS_DIR: provider.config.keysDir },
      now: provider.clock.now,
    });
  /** Moves the clock for the time of one piece of work, then back to where it was. */
  const later = async <Answer>(seconds: number, work: () => Promise<Answer>): Promise<Answer> => {
    const before = provider.clock.now;
    provider.clock.advance(seconds);
    try {
      return await work();
    } finally {
      provider.clock.now = before;
    }
  };

  describe('an access token', () => {
    test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])(
      'of a client registered for %s is a JWT of RFC 9068',
      async (alg) => {
        const own = await provider.register({ first_party: true, access_token_signed_response_alg: alg });
        const tokens = await obtainTokens(provider, browser, own, offline);
        const { kid, ...header } = decodeProtectedHeader(tokens.access_token);
        expect(header).toEqual({ alg, typ: 'at+jwt' });
        const { keys } = (await provider.app.inject('/oidc/.well-known/jwks.json')).json();
        const key = keys.find((each: { kid: string }) => each.kid === kid);
        expect(key.alg).toBe(alg);
        const currentDate = new Date(provider.clock.now * 1000);
        const { payload } = await jwtVerify(tokens.access_token, key, {
          currentDate,
          typ: 'at+jwt',
          algorithms: [alg],
        });
        const now = provider.clock.now;
        expect(payload).toMatchObject({
          iss: provider.config.issuer,
          sub: payloadOf(tokens.id_token).sub,
          aud: provider.config.issuer,
          client_id: own.client_id,
          scope: offline.scope,
          iat: now,
          exp: now + tokens.expires_in,
          auth_time: now,
        });
        expect(payload.jti).toMatch(/^[0-9a-f]{32}$/);
        for (const name of ['name', 'email', 'username', 'preferred_username']) expect(payload[name]).toBeUndefined();
      },
    );

    test('lives as long as expires_in says, however short its client wants it, and never longer than its authorization', async () => {
      const short = await provider.register({
        first_party: true,
        access_token_seconds: 45,
        refresh_token_seconds: 100,
      });
      const tokens = await obtainTokens(provider, browser, short, offline);
      expect(tokens.expires_in).toBe(45);
      const late = await later(80, async () =>
        (await refresh(provider, short, tokens.refresh_token ?? '')).json<Tokens>(),
      );
      expect(late.expires_in).toBe(20);
      expect(Number(payloadOf(late.access_token).exp)).toBe(provider.clock.now + 100);
    });
  });

  describe('an ID Token', () => {
    test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])(
      'of a client registered for %s has the right hash of its access token',
      async (alg) => {
        const own = await provider.register({ first_party: true, id_token_signed_response_alg: alg });
        const { id_token = '', access_token } = await obtainTokens(provider, browser, own);
        expect(decodeProtectedHeader(id_token)).toMatchObject({ alg, typ: 'JWT' });
        const digest = Buffer.from(
          await crypto.subtle.digest(alg === 'EdDSA' ? 'SHA-512' : 'SHA-256', Buffer.from(access_token)),
        );
        expect(payloadOf(id_token).at_hash).toBe(digest.subarray(0, digest.length / 2).toString('base64url'));
      },
    );

    test('is signed with RS256 when its client does not say otherwise', async () => {
      const { id_token = '' } = await obtainTokens(provider, browser, client);
      expect(decodeProtectedHeader(id_token).alg).toBe('RS256');
      const { iat, exp, auth_time, sub, amr, acr } = payloadOf(id_token);
      expect([iat, exp, auth_time].every(Number.isInteger)).toBe(true);
      expect(exp).toBe(Number(iat) + 3600);
      expect(sub).toMatch(/^[\x21-\x7e]{1,255}$/);
      expect(amr).toEqual(['pwd']);
      expect(acr).toMatch(/./);
    });
  });

  describe('a code', () => {
    test('and a refresh token are drawn anew each time: nothing of one tells anything of another', async () => {
      const codes: string[] = [];
      for (let count = 0; count < 6; count++) codes.push(await obtainCode(browser, client));
      const drawn = codes.map((code) => Buffer.from(code, 'base64url').subarray(16));
      for (const bytes of drawn) expect(bytes.length).toBe(32);
      for (let at = 0; at < 32; at++) expect(new Set(drawn.map((bytes) => bytes[at])).size).toBeGreaterThan(1);
      for (const code of codes) expect(entropyOf(code)).toBeGreaterThan(96);
    });

    test('gives what was asked for at the authorization endpoint, whatever the token request says', async () => {
      const code = await obtainCode(browser, client, { scope: 'openid profile' });
      const more = {
        scope: 'openid email groups',
        nonce: 'other',
        claims: '{"id_token":{"email":null}}',
        max_age: '0',
      };
      const tokens = (await redeem(provider, client, code, more)).json<Tokens>();
      expect(tokens.scope).toBe('openid profile');
      expect(payloadOf(tokens.id_token)).toMatchObject({ nonce: 'the-nonce' });
      expect(payloadOf(tokens.id_token).email).toBeUndefined();
      expect(payloadOf(tokens.access_token).aud).toBe(provider.config.issuer);
    });

    test('that was too late once stays dead when the clock goes back', async () => {
      const code = await obtainCode(browser, client);
      expect(error(await later(60, () => redeem(provider, client, code)))).toBe('invalid_grant');
      expect(error(await redeem(provider, client, code))).toBe('invalid_grant');
    });

    test('that was used stays used after a restart', async () => {
      const code = await obtainCode(browser, client);
      const tokens = (await redeem(provider, client, code)).json<Tokens>();
      const again = await restarted();
      expect(error(await redeem(again, client, code))).toBe('invalid_grant');
      expect((await userinfo(again, tokens.access_token)).statusCode).toBe(401);
      await again.close();
    });

    test('that was not used yet works after a restart', async () => {
      const code = await obtainCode(browser, client);
      const again = await restarted();
      expect((await redeem(again, client, code)).statusCode).toBe(200);
      await again.close();
    });

    test('redeemed beside a sign-out at the same instant leaves nothing alive', async () => {
      for (let round = 0; round < 5; round++) {
        const leaving = provider.browser();
        await leaving.signIn();
        const code = await obtainCode(leaving, client);
        const [redeemed] = await Promise.all([redeem(provider, client, code), leaving.post('/logout', {})]);
        expect([200, 400]).toContain(redeemed.statusCode);
        if (redeemed.statusCode !== 200) continue;
        const { access_token, refresh_token = '' } = redeemed.json<Tokens>();
        expect((await userinfo(provider, access_token)).statusCode).toBe(401);
        expect(error(await refresh(provider, client, refresh_token))).toBe('invalid_grant');
      }
    });
  });

  describe('a refresh token', () => {
    test('that was too late once stays dead when the clock goes back', async () => {
      const { refresh_token = '' } = await obtainTokens(provider, browser, client, offline);
      const { refreshTokenIdleSeconds } = provider.config.lifetimes;
      expect(error(await later(refreshTokenIdleSeconds, () => refresh(provider, client, refresh_token)))).toBe(
        'invalid_grant',
      );
      expect(error(await refresh(provider, client, refresh_token))).toBe('invalid_grant');
    });

    test('that has expired is refused to a retry as well, and its successor lives on', async () => {
      const idle = await provider.register({
        first_party: true,
        token_endpoint_auth_method: 'none',
        refresh_token_idle_seconds: 60,
      });
      const { refresh_token = '' } = await obtainTokens(provider, browser, idle, offline);
      const before = provider.clock.now;
      provider.clock.advance(50);
      const next = (await refresh(provider, idle, refresh_token)).json<Tokens>();
      provider.clock.advance(9);
      expect((await refresh(provider, idle, refresh_token)).json<Tokens>().refresh_token).toBe(next.refresh_token);
      provider.clock.advance(1);
      expect(error(await refresh(provider, idle, refresh_token))).toBe('invalid_grant');
      expect((await refresh(provider, idle, next.refresh_token ?? '')).statusCode).toBe(200);
      provider.clock.now = before;
    });

    test('that was rotated gets the same successor after a restart, and once that is spent kills the family', async () => {
      const first = (await obtainTokens(provider, browser, spa, offline)).refresh_token ?? '';
      const second = (await refresh(provider, spa, first)).json<Tokens>().refresh_token ?? '';
      const again = await restarted();
      expect((await refresh(again, spa, first)).json<Tokens>().refresh_token).toBe(second);
      const third = (await refresh(again, spa, second)).json<Tokens>().refresh_token ?? '';
      await again.close();
      expect(error(await refresh(provider, spa, first))).toBe('invalid_grant');
      expect(error(await refresh(provider, spa, third))).toBe('invalid_grant');
    });

    test('is refused while its client is switched off, and lives when that is undone', async () => {
      const own = await provider.register({ first_party: true });
      const { refresh_token = '' } = await obtainTokens(provider, browser, own, offline);
      await setClientEnabled(provider.context, own.client_id, false, actor);
      expect(error(await refresh(provider, own, refresh_token))).toBe('invalid_client');
      await setClientEnabled(provider.context, own.client_id, true, actor);
      expect((await refresh(provider, own, refresh_token)).statusCode).toBe(200);
    });

    test('of a person who was disabled is dead for good', async () => {
      const user = await provider.addUser({ username: 'eve', email: 'eve@example.com' });
      const other = provider.browser();
      await other.signIn('eve');
      const { refresh_token = '' } = await obtainTokens(provider, other, client, offline);
      await disableUser(provider.context, user.id, actor);
      expect(error(await refresh(provider, client, refresh_token))).toBe('invalid_grant');
      await enableUser(provider.context, user.id, actor);
      expect(error(await refresh(provider, client, refresh_token))).toBe('invalid_grant');
    });

    test.each(['client', 'spa'])(
      'of the %s, used beside a sign-out or the end of the account, leaves nothing alive',
      async (which) => {
        const owner = which === 'spa' ? spa : client;
        for (const ends of ['session', 'account'] as const) {
          const username = `frank-${which}-${ends}`;
          const user = await provider.addUser({ username, email: `${username}@example.com` });
          const leaving = provider.browser();
          await leaving.signIn(username);
          const scope = { scope: ends === 'session' ? 'openid' : offline.scope };
          const { refresh_token = '' } = await obtainTokens(provider, leaving, owner, scope);
          const [, ...answers] = await Promise.all([
            ends === 'session' ? leaving.post('/logout', {}) : disableUser(provider.context, user.id, actor),
            ...Array.from({ length: 8 }, () => refresh(provider, owner, refresh_token)),
          ]);
          for (const answer of answers.filter(({ statusCode }) => statusCode === 200)) {
            const tokens = answer.json<Tokens>();
            expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
            expect(error(await refresh(provider, owner, tokens.refresh_token ?? ''))).toBe('invalid_grant');
          }
        }
      },
    );
  });

  test('a client secret in the address authenticates nobody', async () => {
    const { client_id, client_secret } = await provider.register({ token_endpoint_auth_method: 'client_secret_post' });
    const response = await provider.app.inject({
      method: 'POST',
      url: `/oidc/oauth2/token?${encode({ client_id, client_secret })}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: encode({ grant_type: 'refresh_token', refresh_token: 'x' }),
    });
    expect(response.statusCode).toBe(401);
    expect(error(response)).toBe('invalid_client');
  });

  test('a hundred tokens signed while keys are rotated all verify', async () => {
    const machine = await provider.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'jobs' });
    const ask = () => provider.post('/oidc/oauth2/token', { grant_type: 'client_credentials' }, machine);
    const rotation = provider.context.signingKeys.rotate({ alg: 'ES256', immediately: true });
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    await rotation;
    answers.push(await ask());
    for (const { access_token } of answers.map((answer) => answer.json<Tokens>())) {
      const introspected = await provider.post('/oidc/oauth2/introspect', { token: access_token }, machine);
      expect(introspected.json().active).toBe(true);
    }
  });
});

/** Shannon's entropy of the characters of a text, in bits: what the conformance suite measures. */
function entropyOf(text: string): number {
  const counts = Map.groupBy(text, (character) => character);
  const shares = [...counts.values()].map((characters) => characters.length / text.length);
  return -text.length * shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
