import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endSession, endSessionsOf, listSessions } from '../../src/identity/sessions.ts';
import { disableUser, enableUser, removeUser, setPassword } from '../../src/identity/users.ts';
import { deleteExpiredRows } from '../../src/jobs/delete-expired-rows.ts';
import { deliverDueLogoutTokens } from '../../src/jobs/deliver-logout-tokens.ts';
import { createFetchPublic } from '../../src/lib/outbound-fetch.ts';
import { setClientEnabled } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import {
  claimLogoutDelivery,
  type LogoutDelivery,
  listLogoutDeliveries,
  listLogoutDeliveriesOf,
} from '../../src/storage/logout-deliveries.ts';
import { authorizationUrl, authorize, obtainTokens, payloadOf } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { startSite } from '../support/outbound-site.ts';
import {
  actor,
  encode,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

const back = 'https://app.example/signed-out';

describe.each(engines)('back-channel logout on %s', (engine) => {
  let provider: Provider;

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    await provider.addUser({ administrator: true });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  });
  afterAll(() => provider.close());

  const register = (site: RelyingParty | undefined, more: Record<string, unknown> = {}) =>
    provider.register({
      first_party: true,
      post_logout_redirect_uris: [back],
      ...(site && { backchannel_logout_uri: `${site.origin}/back-channel?tenant=a` }),
      ...more,
    });
  const signedIn = async (username = 'alice') => {
    const browser = provider.browser();
    await browser.signIn(username);
    return browser;
  };
  const idTokenOf = async (browser: TestBrowser, client: RegisteredClient, scope = 'openid') =>
    (await obtainTokens(provider, browser, client, { scope })).id_token ?? '';
  const signOut = (browser: TestBrowser, id_token_hint: string) =>
    browser.get(`/oidc/oauth2/logout?${encode({ id_token_hint, post_logout_redirect_uri: back, state: 's' })}`);
  const runJob = () => deliverDueLogoutTokens.run(provider.context, new AbortController().signal);
  const deliveryTo = async (client: RegisteredClient): Promise<LogoutDelivery | undefined> =>
    (await listLogoutDeliveries(provider.context.database, { limit: 1, client_id: client.client_id }))[0];

  describe('the logout token', () => {
    test('is a form post with that one parameter, to the very address that is registered', async () => {
      const site = await startRelyingParty();
      const client = await register(site);
      const browser = await signedIn();
      expect(locationOf(await signOut(browser, await idTokenOf(browser, client)))).toBe(`${back}?state=s`);
      expect(site.calls).toHaveLength(1);
      const [call] = site.calls;
      expect(call).toMatchObject({
        method: 'POST',
        url: '/back-channel?tenant=a',
        contentType: 'application/x-www-form-urlencoded',
      });
      expect([...new URLSearchParams(call?.body).keys()]).toEqual(['logout_token']);
    });

    test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])(
      'is signed with %s where ID Tokens are, and says what is due and nothing else',
      async (alg) => {
        const site = await startRelyingParty();
        const client = await register(site, { id_token_signed_response_alg: alg });
        const browser = await signedIn();
        const id_token = await idTokenOf(browser, client);
        await signOut(browser, id_token);
        const jwks = (await provider.app.inject('/oidc/.well-known/jwks.json')).json<JSONWebKeySet>();
        const { payload, protectedHeader } = await jwtVerify(site.logoutTokens[0] ?? '', createLocalJWKSet(jwks), {
          issuer: provider.config.issuer,
          audience: client.client_id,
          typ: 'logout+jwt',
          algorithms: [alg],
          currentDate: new Date(provider.clock.now * 1000),
        });
        expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ']);
        expect(payload).toEqual({
          iss: provider.config.issuer,
          aud: client.client_id,
          sub: payloadOf(id_token).sub,
          sid: payloadOf(id_token).sid,
          iat: provider.clock.now,
          exp: provider.clock.now + 120,
          jti: expect.stringMatching(/^[0-9a-f]{32}$/),
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        });
      },
    );

    test('names the person and the session to each client as its ID Tokens do, also to a pairwise one', async () => {
      const site = await startRelyingParty();
      const one = await register(site);
      const two = await register(site, { subject_type: 'pairwise' });
      const browser = await signedIn();
      const tokens = [await idTokenOf(browser, one), await idTokenOf(browser, two)].map(payloadOf);
      await signOut(browser, await idTokenOf(browser, one));
      const told = site.logoutTokens.map(payloadOf);
      expect(new Set(tokens.map(({ sid }) => sid)).size).toBe(2);
      expect(new Set(tokens.map(({ sub }) => sub)).size).toBe(2);
      for (const { aud, sub, sid } of tokens) expect(told).toContainEqual(expect.objectContaining({ aud, sub, sid }));
      expect(new Set(told.map(({ jti }) => jti)).size).toBe(2);
    });

    test('is no ID Token hint and no access token', async () => {
      const site = await startRelyingParty();
      const browser = await signedIn();
      await signOut(browser, await idTokenOf(browser, await register(site)));
      const [logout_token = ''] = site.logoutTokens;
      const other = await signedIn();
      expect((await signOut(other, logout_token)).statusCode).toBe(400);
      const headers = { authorization: `Bearer ${logout_token}` };
      expect((await provider.app.inject({ url: '/oidc/userinfo', headers })).statusCode).toBe(401);
    });
  });

  describe('is told', () => {
    test('each client of the session once, however often it signed the person in, and nobody else', async () => {
      const [one, two, other] = await Promise.all([startRelyingParty(), startRelyingParty(), startRelyingParty()]);
      const clients = [await register(one), await register(two)] as const;
      const stranger = await register(other);
      const elsewhere = await signedIn();
      await idTokenOf(elsewhere, stranger);
      const browser = await signedIn();
      await idTokenOf(browser, clients[0]);
      await idTokenOf(browser, clients[0]);
      await signOut(browser, await idTokenOf(browser, clients[1]));
      await runJob();
      expect([one, two, other].map(({ calls }) => calls.length)).toEqual([1, 1, 0]);
    });

    test('of one session of two that a person has at a client, only the ended one by its sid', async () => {
      const site = await startRelyingParty();
      const client = await register(site);
      const ended = await signedIn();
      const kept = await signedIn();
      const [hint, other] = [await idTokenOf(ended, client), await idTokenOf(kept, client)];
      await signOut(ended, hint);
      await runJob();
      expect(site.logoutTokens.map((token) => payloadOf(token).sid)).toEqual([payloadOf(hint).sid]);
      expect(payloadOf(other).sid).not.toBe(payloadOf(hint).sid);
    });

    test('nobody who got no ID Token, for that one knows no session', async () => {
      const site = await startRelyingParty();
      const client = await register(site, { scope: 'openid email' });
      const browser = await signedIn();
      await authorize(browser, authorizationUrl(client, { scope: 'email' }));
      await signOut(browser, await idTokenOf(browser, await register(undefined)));
      await runJob();
      expect(site.calls).toHaveLength(0);
    });

    test('a client whose authorization ended long before the session did', async () => {
      const site = await startRelyingParty();
      const client = await register(site, { grant_types: ['authorization_code'] });
      const browser = await signedIn();
      const hint = await idTokenOf(browser, client);
      const before = provider.clock.now;
      provider.clock.advance(8 * 3600);
      await deleteExpiredRows.run(provider.context, new AbortController().signal);
      await signOut(browser, hint);
      provider.clock.now = before;
      expect(site.calls).toHaveLength(1);
    });

    test('a client that is disabled meanwhile, which may have sessions still', async () => {
      const site = await startRelyingParty();
      const client = await register(site);
      const browser = await signedIn();
      await idTokenOf(browser, client);
      await setClientEnabled(provider.context, client.client_id, false, actor);
      await browser.post('/logout', {});
      expect(site.calls).toHaveLength(1);
    });

    test.each<[string, (at: { browser: TestBrowser; sid: string; user_id: string }) => Promise<unknown>]>([
      ['the sign-out button of our own pages', ({ browser }) => browser.post('/logout', {})],
      [
        'a confirmed question',
        async ({ browser }) => browser.submit(await browser.get('/oidc/oauth2/logout'), { decision: 'allow' }),
      ],
      ['a sign-out of all accounts at this browser', ({ browser }) => signOutAll(browser)],
      ['an administrator who ends the session', ({ sid }) => endSession(provider.context, sid, actor)],
      ['an administrator who ends all sessions', ({ user_id }) => endSessionsOf(provider.context, user_id, actor)],
      ['a new password', ({ user_id }) => newPassword(user_id)],
    ])('by %s', async (_title, end) => {
      const site = await startRelyingParty();
      const client = await register(site);
      const browser = await signedIn();
      const { sid, sub } = payloadOf(await idTokenOf(browser, client));
      await end({ browser, sid: String(sid), user_id: String(sub) });
      await runJob();
      expect(site.logoutTokens.map((token) => payloadOf(token).sid)).toEqual([sid]);
    });

    test('by disabling and by removing a person, whose subject stays the one that the client knows', async () => {
      const site = await startRelyingParty();
      const client = await register(site, { subject_type: 'pairwise' });
      const carol = await provider.addUser({ username: `carol-${engine}`, email: `carol-${engine}@example.com` });
      const first = payloadOf(await idTokenOf(await signedIn(carol.username), client));
      await disableUser(provider.context, carol.id, actor);
      await enableUser(provider.context, carol.id, actor);
      const second = payloadOf(await idTokenOf(await signedIn(carol.username), client));
      await removeUser(provider.context, carol.id, actor);
      await runJob();
      const told = site.logoutTokens.map(payloadOf).map(({ sub, sid }) => ({ sub, sid }));
      expect(told).toHaveLength(2);
      for (const { sub, sid } of [first, second]) expect(told).toContainEqual({ sub, sid });
    });

    test('nobody when a session only expires', async () => {
      const site = await startRelyingParty();
      const [idle, purged] = [await signedIn(), await signedIn()];
      const client = await register(site);
      await idTokenOf(idle, client);
      await idTokenOf(purged, client);
      const before = provider.clock.now;
      provider.clock.advance(40 * 86_400);
      await idle.get('/');
      await deleteExpiredRows.run(provider.context, new AbortController().signal);
      await runJob();
      provider.clock.now = before;
      expect(site.calls).toHaveLength(0);
      expect(await deliveryTo(client)).toBeUndefined();
    });

    test('once, when the sign-out is sent many times at the same instant', async () => {
      const site = await startRelyingParty();
      const client = await register(site);
      const browser = await signedIn();
      const hint = await idTokenOf(browser, client);
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => signOut(browser, hint)));
      expect(answers.map(locationOf)).toEqual(answers.map(() => `${back}?state=s`));
      await Promise.all([runJob(), runJob(), runJob()]);
      expect(site.calls).toHaveLength(1);
    });

    const signOutAll = async (browser: TestBrowser) => {
      await browser.post('/login', { username: 'bob', password });
      await browser.post('/logout', { accounts: 'all' });
    };
    const newPassword = async (user_id: string) => {
      const [session] = await listSessions(provider.context, user_id);
      if (session) await setPassword(provider.context, session.user, password, actor);
    };
  });

  describe('a client that cannot be told', () => {
    test('because it never answers delays neither the person nor the others, and is told in the end', async () => {
      const held: (() => void)[] = [];
      const slow = await startRelyingParty((response) => void held.push(() => response.end()));
      const quick = await startRelyingParty();
      const client = await register(slow);
      const browser = await signedIn();
      await idTokenOf(browser, await register(quick));
      const answer = await signOut(browser, await idTokenOf(browser, client));
      expect(locationOf(answer)).toBe(`${back}?state=s`);
      expect(quick.calls).toHaveLength(1);
      expect(held).toHaveLength(1);
      expect(await deliveryTo(client)).toMatchObject({ attempts: 1, delivered_at: null });
      for (const release of held) release();
      await expect.poll(async () => (await deliveryTo(client))?.delivered_at).toBe(provider.clock.now);
    });

    test.each<[string, (site: RelyingParty) => string, number | null]>([
      ['because it answers 500', ({ origin }) => `${origin}/500`, 500],
      ['because it answers 400', ({ origin }) => `${origin}/400`, 400],
      ['because it redirects', ({ origin }) => `${origin}/302`, null],
      ['because it hangs up', ({ origin }) => `${origin}/cut`, null],
      ['because nobody is there', () => 'http://127.0.0.1:1/', null],
      ['because its address is inside our network', ({ port }) => `http://localhost:${port}/`, null],
      ['because its name is unknown', () => 'https://nobody.invalid/', null],
    ])('%s gets more tries, ever later, until it is given up', async (_title, address, http_status) => {
      const site = await startRelyingParty((response, { url }) => {
        if (url === '/cut') response.destroy();
        else response.writeHead(Number(url.slice(1)) || 200, { location: '/elsewhere' }).end();
      });
      const client = await register(undefined, { backchannel_logout_uri: address(site) });
      const browser = await signedIn();
      await signOut(browser, await idTokenOf(browser, client));
      const before = provider.clock.now;
      const waits: number[] = [];
      for (let attempts = 1; attempts <= 8; attempts++) {
        await runJob();
        const delivery = await deliveryTo(client);
        expect(delivery).toMatchObject({ attempts, http_status, delivered_at: null });
        if (delivery?.next_attempt_at === null) break;
        waits.push((delivery?.next_attempt_at ?? 0) - provider.clock.now);
        provider.clock.now = (delivery?.next_attempt_at ?? 0) - 1;
        await runJob();
        expect(await deliveryTo(client)).toMatchObject({ attempts });
        provider.clock.now++;
      }
      expect(waits).toEqual([10, 60, 300, 1800, 7200, 21_600, 43_200]);
      expect(await deliveryTo(client)).toMatchObject({ next_attempt_at: null, given_up_at: provider.clock.now });
      expect(site.calls.map(({ url }) => url)).not.toContain('/elsewhere');
      provider.clock.now = before;
    });

    test('at first gets a fresh token with each try, and none after the one that it took', async () => {
      let isDown = true;
      const site = await startRelyingParty((response) => response.writeHead(isDown ? 503 : 204).end());
      const client = await register(site);
      const browser = await signedIn();
      await signOut(browser, await idTokenOf(browser, client));
      isDown = false;
      const before = provider.clock.now;
      provider.clock.advance(10);
      await runJob();
      expect(await deliveryTo(client)).toMatchObject({ attempts: 2, http_status: 204, next_attempt_at: null });
      provider.clock.advance(86_400);
      await runJob();
      provider.clock.now = before;
      const [first, second, ...others] = site.logoutTokens.map(payloadOf);
      expect(others).toEqual([]);
      expect(second?.jti).not.toBe(first?.jti);
      expect(Number(second?.exp)).toBe(Number(first?.exp) + 10);
      expect(second?.sid).toBe(first?.sid);
    });

    test('because its process was killed in the middle is tried again half a minute later', async () => {
      const site = await startRelyingParty((response) => response.writeHead(503).end());
      const client = await register(site);
      const browser = await signedIn();
      await signOut(browser, await idTokenOf(browser, client));
      const { database, now } = provider.context;
      const delivery = await deliveryTo(client);
      if (!delivery) throw new Error('nothing was noted');
      const claims = await Promise.all([1, 2, 3].map(() => claimLogoutDelivery(database, delivery, now() + 30)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      provider.clock.advance(29);
      await runJob();
      expect(site.calls).toHaveLength(1);
      provider.clock.advance(1);
      await runJob();
      expect(site.calls).toHaveLength(2);
    });

    test('because it takes no more such calls is given up quietly', async () => {
      const site = await startRelyingParty((response) => response.writeHead(503).end());
      const client = await register(site);
      const browser = await signedIn();
      await signOut(browser, await idTokenOf(browser, client));
      await updateClient(provider.context, client, { redirect_uris: client.redirect_uris }, actor);
      const before = provider.clock.now;
      provider.clock.advance(10);
      await runJob();
      provider.clock.now = before;
      expect(site.calls).toHaveLength(1);
      expect(await deliveryTo(client)).toMatchObject({ next_attempt_at: null, given_up_at: before + 10 });
    });
  });

  test('the delivery log lists the newest first, page by page, of one client or only what is open', async () => {
    const { database } = provider.context;
    const all = await listLogoutDeliveries(database, { limit: 500 });
    const walked: LogoutDelivery[] = [];
    for (let after: LogoutDelivery | undefined; ; ) {
      const page = await listLogoutDeliveries(database, { limit: 7, after });
      walked.push(...page);
      after = page.at(-1);
      if (page.length < 7) break;
    }
    expect(walked).toEqual(all);
    expect(all.map(({ created_at }) => created_at)).toEqual(
      all.map(({ created_at }) => created_at).sort((a, b) => b - a),
    );
    const open = await listLogoutDeliveries(database, { limit: 500, undelivered: true });
    expect(open).toEqual(all.filter(({ delivered_at }) => delivered_at === null));
    const [{ session_id = '', client_id = '' } = {}] = all;
    expect(await listLogoutDeliveriesOf(database, session_id)).toContainEqual(all[0]);
    expect(await listLogoutDeliveries(database, { limit: 500, client_id })).toEqual(
      all.filter((delivery) => delivery.client_id === client_id),
    );
  });

  test('the delivery log forgets what is older than thirty days', async () => {
    const before = provider.clock.now;
    provider.clock.advance(31 * 86_400);
    await deleteExpiredRows.run(provider.context, new AbortController().signal);
    provider.clock.now = before;
    expect(await listLogoutDeliveries(provider.context.database, { limit: 10 })).toEqual([]);
  });
});

test('a logout token goes over https with a certificate that is verified', async () => {
  const received: string[] = [];
  const site = await startSite((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.end();
  });
  const resolve = async () => ['127.0.0.1'];
  const allow = [`site.example:${site.port}`];
  for (const [ca, expected] of [
    [site.ca, ['POST /bc']],
    [undefined, []],
  ] as const) {
    received.length = 0;
    const fetchPublic = createFetchPublic({ allow, resolve, ...(ca === undefined ? {} : { ca }) });
    const provider = await startProvider({ fetchPublic });
    await provider.addUser();
    const client = await provider.register({ first_party: true, backchannel_logout_uri: `${site.origin}/bc` });
    const browser = provider.browser();
    await browser.signIn();
    await obtainTokens(provider, browser, client);
    await browser.post('/logout', {});
    expect(received).toEqual(expected);
    await provider.close();
  }
});
