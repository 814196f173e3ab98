import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endSessionsOf, listSessions } from '../../src/identity/sessions.ts';
import { disableUser, removeUser, setPassword, type User } from '../../src/identity/users.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  encode,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

describe.each(engines)('on %s', (engine) => {
  let provider: Provider;
  let alice: User;
  let client: RegisteredClient;
  let browser: TestBrowser;
  beforeEach(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    alice = await provider.addUser();
    client = await provider.register({ require_pkce: false, first_party: true });
    browser = provider.browser();
    await browser.signIn();
  });
  afterEach(() => provider.close());

  const codeFor = async (scope: string) => {
    const { client_id } = client;
    const url = `/oidc/oauth2/auth?${encode({ client_id, redirect_uri, response_type: 'code', scope })}`;
    return answerOf(await browser.open(url)).code;
  };
  const redeem = async (code: string | undefined) =>
    (
      await provider.post('/oidc/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri }, client)
    ).json();
  const refresh = async ({ refresh_token }: { refresh_token: string }) =>
    (await provider.post('/oidc/oauth2/token', { grant_type: 'refresh_token', refresh_token }, client)).json();
  const userinfo = async ({ access_token }: { access_token: string }) =>
    (await provider.app.inject({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${access_token}` } }))
      .statusCode;

  const act: Record<string, () => Promise<unknown>> = {
    'the user is disabled': () => disableUser(provider.context, alice.id, actor),
    'the user is removed': () => removeUser(provider.context, alice.id, actor),
    'somebody else sets the password': () => setPassword(provider.context, alice, 'another horse battery', actor),
    'all sessions are ended': () => endSessionsOf(provider.context, alice.id, actor),
  };

  test.each([
    { when: 'the user is disabled', offlineLives: false },
    { when: 'the user is removed', offlineLives: false },
    { when: 'somebody else sets the password', offlineLives: false },
    { when: 'all sessions are ended', offlineLives: true },
  ])(
    'when $when, the code not yet redeemed and all that hangs from the session is dead at once',
    async ({ when, offlineLives }) => {
      const bound = await redeem(await codeFor('openid'));
      const offline = await redeem(await codeFor('openid offline_access'));
      expect([await userinfo(bound), await userinfo(offline)]).toEqual([200, 200]);
      const code = await codeFor('openid offline_access');

      await act[when]?.();

      expect(await redeem(code)).toMatchObject({ error: 'invalid_grant' });
      expect([await userinfo(bound), await userinfo(offline)]).toEqual([401, offlineLives ? 200 : 401]);
      if (bound.refresh_token) expect(await refresh(bound)).toMatchObject({ error: 'invalid_grant' });
      const refreshed = await refresh(offline);
      expect(refreshed).toMatchObject(offlineLives ? { access_token: expect.any(String) } : { error: 'invalid_grant' });
      expect((await browser.get('/login')).statusCode).toBe(200);
    },
  );

  test('when people change their password, the browser they do it at and offline access stay', async () => {
    const offline = await redeem(await codeFor('openid offline_access'));
    const [here] = await listSessions(provider.context, alice.id);
    const elsewhere = provider.browser();
    await elsewhere.signIn();
    await setPassword(provider.context, alice, 'another horse battery', actor, { keepSession: here?.id ?? '' });
    expect((await browser.get('/login')).statusCode).toBe(303);
    expect((await elsewhere.get('/login')).statusCode).toBe(200);
    expect(await refresh(offline)).toMatchObject({ access_token: expect.any(String) });
    expect((await elsewhere.post('/login', { username: 'alice', password })).statusCode).toBe(403);
  });
});
