/** Two real processes on one database, and this one beside them: what the database decides holds among them all. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSetupLink } from '../../src/identity/setup.ts';
import { disableUser, findUserByLogin, listUsers } from '../../src/identity/users.ts';
import { parseSplitToken } from '../../src/lib/split-token.ts';
import { addInitialAccessToken } from '../../src/protocol/client-registration/initial-access-tokens.ts';
import { removeClient } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { sql } from '../../src/storage/database.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { makeKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import {
  authorizationUrl,
  code_verifier,
  obtainCode,
  obtainTokens,
  type Tokens,
  userinfo,
} from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { makeProofKey, signProof } from '../support/dpop.ts';
import { png } from '../support/pictures.ts';
import {
  actor,
  basic,
  encode,
  type Form,
  formIn,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { pushedRequestUrl } from '../support/pushed-request.ts';
import { addAuthenticator } from '../support/second-factor.ts';

const offline = { scope: 'openid offline_access' };

describe.each(engines)('of two processes on one %s', (engine) => {
  let provider: Provider;
  let processes: Installation[];
  let client: RegisteredClient;
  let spa: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    processes = [await newInstallation(), await newInstallation()];
    const settings = {
      CASTELLAN_DATABASE_URL: provider.config.databaseUrl,
      CASTELLAN_KEYS_DIR: provider.config.keysDir,
      CASTELLAN_PUBLIC_URL: provider.config.publicUrl,
      CASTELLAN_LOG_LEVEL: 'error',
      CASTELLAN_CLIENT_REGISTRATION: 'token',
    };
    for (const process of processes) await process.start(settings);

    const setUp = new URL(await createSetupLink(provider.context)).searchParams.get('token') ?? '';
    const forms = ['alice', 'mallory'].map((username) => ({ token: setUp, username, password }));
    const answers = await atBoth(4, (url, turn) => send(url, '/setup', forms[turn % 2] ?? {}));
    expect(answers.filter(({ status }) => status === 303).length).toBe(1);
    const [first] = await listUsers(provider.context, { limit: 10 });
    expect(first?.administrator).toBe(true);

    client = await provider.register({ first_party: true });
    spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
    browser = provider.browser();
    await browser.signIn(first?.username);
  });
  beforeEach(() => {
    // The processes have a clock that nobody moves.
    provider.clock.now = Math.floor(Date.now() / 1000);
  });
  afterAll(async () => {
    for (const process of processes) await process.remove();
    await provider.close();
  });

  /** Does something in both processes at the same instant, so many times in each. */
  const atBoth = <Answer>(times: number, work: (url: string, turn: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: times * 2 }, (_, turn) => work(processes[turn % 2]?.url ?? '', turn)));
  const send = (url: string, path: string, form: Form, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: provider.config.publicUrl,
        ...headers,
      },
      body: encode(form),
    });
  const post = async (url: string, path: string, form: Form, as: RegisteredClient) => {
    const isPublic = as.token_endpoint_auth_method === 'none';
    const response = await send(
      url,
      path,
      isPublic ? { ...form, client_id: as.client_id } : form,
      isPublic ? {} : { authorization: basic(as) },
    );
    const text = await response.text();
    const body: Partial<Tokens> & { error?: string; active?: boolean } = text === '' ? {} : JSON.parse(text);
    return { status: response.status, body };
  };
  const redeem = (url: string, code: string, as = client) =>
    post(url, '/oidc/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri, code_verifier }, as);
  const refresh = (url: string, refresh_token: string, as: RegisteredClient) =>
    post(url, '/oidc/oauth2/token', { grant_type: 'refresh_token', refresh_token }, as);
  const userinfoAt = async (url: string, token: string) =>
    (await fetch(`${url}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;

  test('one gets the tokens of a code, however often both are asked, and then they are dead', async () => {
    for (let round = 0; round < 5; round++) {
      const code = await obtainCode(browser, client);
      const answers = await atBoth(6, (url) => redeem(url, code));
      const [good, ...more] = answers.filter(({ status }) => status === 200);
      expect(more).toEqual([]);
      expect(good).toBeDefined();
      for (const { status, body } of answers.filter((answer) => answer !== good))
        expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
      expect((await userinfo(provider, good?.body.access_token ?? '')).statusCode).toBe(401);
    }
  });

  test('both give the same successor of a refresh token, and there is one row of it', async () => {
    for (let round = 0; round < 5; round++) {
      const { refresh_token = '' } = await obtainTokens(provider, browser, spa, offline);
      const answers = await atBoth(6, (url) => refresh(url, refresh_token, spa));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const successors = new Set(answers.map(({ body }) => body.refresh_token));
      expect(successors.size).toBe(1);
      const id = parseSplitToken(refresh_token)?.id ?? '';
      const rows = await provider.context.database.all(sql`
        SELECT id FROM refresh_tokens
         WHERE authorization_id = (SELECT authorization_id FROM refresh_tokens WHERE id = ${id})`);
      expect(rows.length).toBe(2);
      const [next] = await atBoth(1, (url) => refresh(url, [...successors][0] ?? '', spa));
      expect(next?.status).toBe(200);
    }
  });

  test('neither takes a refresh token that the other has spent twice over, nor anything of its family', async () => {
    const { refresh_token = '' } = await obtainTokens(provider, browser, spa, offline);
    const [one = '', other = ''] = processes.map(({ url }) => url);
    const second = (await refresh(one, refresh_token, spa)).body.refresh_token ?? '';
    const third = (await refresh(other, second, spa)).body;
    expect((await refresh(one, refresh_token, spa)).body.error).toBe('invalid_grant');
    expect((await refresh(other, third.refresh_token ?? '', spa)).body.error).toBe('invalid_grant');
    expect(await userinfoAt(other, third.access_token ?? '')).toBe(401);
  });

  test('nothing stays alive in either when one revokes while the other refreshes', async () => {
    for (let round = 0; round < 5; round++) {
      const { refresh_token = '' } = await obtainTokens(provider, browser, spa, offline);
      const answers = await atBoth(4, (url, turn) =>
        turn === 3 ? post(url, '/oidc/oauth2/revoke', { token: refresh_token }, spa) : refresh(url, refresh_token, spa),
      );
      expect(answers[3]?.status).toBe(200);
      for (const { body } of answers.filter(({ body }) => body.access_token !== undefined)) {
        expect(await atBoth(1, (url) => userinfoAt(url, body.access_token ?? ''))).toEqual([401, 401]);
        const again = await atBoth(1, (url) => refresh(url, body.refresh_token ?? '', spa));
        expect(again.map(({ body }) => body.error)).toEqual(['invalid_grant', 'invalid_grant']);
      }
    }
  });

  test('one sign-in gives one code, although its consent is sent to both', async () => {
    const stranger = await provider.register();
    const consent = await browser.open(authorizationUrl(stranger));
    const { hidden } = formIn(consent.body);
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const codes = await atBoth(4, async (url) => {
      const allowed = await send(url, '/consent', { ...hidden, decision: 'allow' }, { cookie });
      const back = await fetch(url + allowed.headers.get('location'), { redirect: 'manual', headers: { cookie } });
      return new URL(back.headers.get('location') ?? 'about:blank').searchParams.get('code');
    });
    expect(codes.filter((code) => code !== null).length).toBe(1);
  });

  /** What may be used once, and how it is used at an address; resolves with whether it was taken. */
  const once: Readonly<Record<string, () => Promise<(url: string) => Promise<boolean>>>> = {
    async 'a DPoP proof'() {
      const machine = await provider.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api' });
      const dpop = await signProof(provider, await makeProofKey());
      const headers = { authorization: basic(machine), dpop };
      return async (url) => (await send(url, '/oidc/oauth2/token', { grant_type: 'client_credentials' }, headers)).ok;
    },
    async 'a client assertion'() {
      const key = await makeKeyPair('ES256');
      const jwks = { keys: [key.publicJwk] };
      const app = await provider.register({ token_endpoint_auth_method: 'private_key_jwt', jwks });
      const form = { token: 'x', ...withAssertion(await signAssertion(provider, app, key)) };
      return async (url) => (await send(url, '/oidc/oauth2/introspect', form)).ok;
    },
    async 'a request_uri'() {
      const path = await pushedRequestUrl(provider, client);
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
      return async (url) => {
        const { headers } = await fetch(url + path, { redirect: 'manual', headers: { cookie } });
        return headers.get('location')?.includes('code=') ?? false;
      };
    },
    async 'a device code'() {
      const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
      const device = { grant_types: [grant_type], redirect_uris: [], token_endpoint_auth_method: 'none' };
      const { client_id } = await provider.register({ application_type: 'native', ...device });
      const began = await provider.post('/oidc/oauth2/device/auth', { client_id, scope: 'openid' });
      const { device_code, user_code } = began.json<{ device_code: string; user_code: string }>();
      const question = await browser.submit(await browser.open('/device'), { user_code });
      await browser.submit(question, { decision: 'allow' });
      return async (url) => (await send(url, '/oidc/oauth2/token', { grant_type, device_code, client_id })).ok;
    },
    async 'an initial access token'() {
      const { token } = await addInitialAccessToken(provider.context, { uses: 1, seconds: 60 }, actor);
      return async (url) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        const body = JSON.stringify({ redirect_uris: [redirect_uri] });
        return (await fetch(`${url}/oidc/register`, { method: 'POST', headers, body })).ok;
      };
    },
  };
  test.each(Object.entries(once))('one takes %s, however often both are asked', async (_what, make) => {
    for (let round = 0; round < 3; round++) {
      const use = await make();
      const taken = await atBoth(6, use);
      expect(taken.filter((isTaken) => isTaken)).toEqual([true]);
    }
  });

  test('both together look at five of 200 guesses at a password that are sent at once, and hash no more', async () => {
    await provider.addUser({ username: 'guessed', email: 'guessed@example.com' });
    const spellings = ['guessed', 'GUESSED', ' guessed ', 'guessed@example.com', 'Guessed@Example.COM'];
    const answers = await atBoth(100, (url, turn) => {
      const username = spellings[turn % spellings.length] ?? '';
      return send(url, '/login', { username, password: 'a wrong one' }, { 'x-forwarded-for': `203.0.113.${turn}` });
    });
    expect(answers.filter(({ status }) => status !== 429).length).toBe(5);
    // The address that all of them came from is free again.
    await provider.context.database.run(sql`DELETE FROM throttles`);
  });

  test('both together look at five of 60 codes of an authenticator app that are sent at once', async () => {
    await provider.addUser({ username: 'coded', email: 'coded@example.com' });
    const owner = provider.browser();
    await owner.signIn('coded');
    await addAuthenticator(provider, owner);
    const guessing = provider.browser();
    const { hidden } = formIn((await guessing.signIn('coded')).body);
    const cookie = [...guessing.cookies].map((pair) => pair.join('=')).join('; ');
    const form = { ...hidden, method: 'totp', code: '000000' };
    const answers = await atBoth(30, (url) => send(url, '/login/second-factor', form, { cookie }));
    expect(answers.filter(({ status }) => status !== 429).map(({ status }) => status)).toEqual([
      403, 403, 403, 403, 403,
    ]);
  });

  test('one lets a proof start a session, however often both are asked at once', async () => {
    const [first, again] = ['set by somebody else', 'quite another long phrase'];
    await provider.addUser({
      username: 'begun',
      email: 'begun@example.com',
      password: first,
      must_change_password: true,
    });
    const begun = provider.browser();
    const { action, hidden } = formIn((await begun.signIn('begun', first)).body);
    const cookie = [...begun.cookies].map((pair) => pair.join('=')).join('; ');
    const answers = await atBoth(4, (url) => send(url, action, { ...hidden, password: again }, { cookie }));
    const started = answers.filter(({ headers }) => headers.get('set-cookie')?.includes('castellan_session='));
    expect(started.length).toBe(1);
  });

  test('each knows at once what the other was told: a revocation, a sign-out, a new secret, an end', async () => {
    const [one = '', other = ''] = processes.map(({ url }) => url);
    const tokens = await obtainTokens(provider, browser, client, offline);
    expect(await userinfoAt(other, tokens.access_token)).toBe(200);
    await post(one, '/oidc/oauth2/revoke', { token: tokens.access_token }, client);
    expect(await userinfoAt(other, tokens.access_token)).toBe(401);

    const leaving = provider.browser();
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    await leaving.signIn('bob');
    const bound = await obtainTokens(provider, leaving, client);
    expect(await userinfoAt(other, bound.access_token)).toBe(200);
    const cookie = [...leaving.cookies].map((pair) => pair.join('=')).join('; ');
    expect((await send(one, '/logout', {}, { cookie })).status).toBe(303);
    expect(await userinfoAt(other, bound.access_token)).toBe(401);
    const { body } = await post(other, '/oidc/oauth2/introspect', { token: bound.refresh_token }, client);
    expect(body).toEqual({ active: false });

    await leaving.signIn('bob');
    const kept = await obtainTokens(provider, leaving, client, offline);
    const bob = await findUserByLogin(provider.context, 'bob');
    expect(await userinfoAt(other, kept.access_token)).toBe(200);
    await disableUser(provider.context, bob?.id ?? '', actor);
    expect(await atBoth(1, (url) => userinfoAt(url, kept.access_token))).toEqual([401, 401]);

    const changing = await provider.register({ first_party: true });
    const ask = (url: string) => post(url, '/oidc/oauth2/introspect', { token: 'x' }, changing);
    expect((await atBoth(1, ask)).map(({ status }) => status)).toEqual([200, 200]);
    const secretInForm = { ...changing, token_endpoint_auth_method: 'client_secret_post' };
    const { client_id, client_secret: _, created_at, updated_at, disabled, ...metadata } = secretInForm;
    await updateClient(provider.context, { ...changing, created_at, updated_at, disabled }, metadata, actor);
    expect((await atBoth(1, ask)).map(({ status }) => status)).toEqual([401, 401]);
    await removeClient(provider.context, client_id, actor);
    expect((await atBoth(1, ask)).map(({ status }) => status)).toEqual([401, 401]);
  });

  test('both show the same looks from the moment on in which one was told of them, with their stylesheet and picture', async () => {
    const [one = '', other = ''] = processes.map(({ url }) => url);
    const people = await listUsers(provider.context, { limit: 20 });
    const administrator = people.find((person) => person.administrator);
    const console = provider.browser();
    await console.signIn(administrator?.username);
    const cookie = [...console.cookies].map((pair) => pair.join('=')).join('; ');
    const signInPage = async (url: string) => (await fetch(`${url}/login`)).text();
    const addressIn = (body: string, path: string) =>
      new RegExp(`(?:href|src)="(/${path}/[^"]+)"`).exec(body)?.[1]?.replaceAll('&amp;', '&');
    const whatIsAt = async (url: string, path = '') => {
      const answer = await fetch(url + path);
      return [
        answer.status,
        answer.headers.get('cache-control'),
        Buffer.from(await answer.arrayBuffer()).toString('hex'),
      ];
    };
    for (const round of [1, 2, 3]) {
      const looks = { name: `House ${round}`, accent: `#0055c${round}`, background: '#eef4ff', corners: 'square' };
      const saved = await send(round === 2 ? other : one, '/admin/appearance', looks, { cookie });
      expect(saved.status).toBe(303);
      const pages = await Promise.all([one, other].map(signInPage));
      const sheets = pages.map((body) => addressIn(body, 'brand'));
      expect(new Set(sheets).size).toBe(1);
      for (const body of pages) expect(body).toContain(`<title>Sign in · House ${round}</title>`);
      const [first, second] = await Promise.all([one, other].map((url) => whatIsAt(url, sheets[0])));
      expect(first).toEqual(second);
      expect(first?.slice(0, 2)).toEqual([200, 'public, max-age=31536000, immutable']);
    }
    const picture = new FormData();
    picture.set('picture', new Blob([new Uint8Array(png(64, 64))], { type: 'image/png' }), 'logo.png');
    const headers = { cookie, origin: provider.config.publicUrl, 'sec-fetch-site': 'same-origin' };
    const sent = await fetch(`${one}/admin/appearance/logo`, {
      method: 'POST',
      body: picture,
      headers,
      redirect: 'manual',
    });
    expect(sent.status).toBe(303);
    const logo = addressIn(await signInPage(other), 'brand-image');
    expect((await whatIsAt(other, logo)).at(-1)).toBe(png(64, 64).toString('hex'));
    expect((await send(other, '/admin/appearance/reset', {}, { cookie })).status).toBe(303);
    for (const body of await Promise.all([one, other].map(signInPage))) {
      expect(body).not.toContain('House 3');
      expect(addressIn(body, 'brand-image')).toBeUndefined();
    }
    expect((await whatIsAt(one, logo))[0]).toBe(404);
  });

  test('neither leaves a row without its parents when a client is removed while its codes are redeemed', async () => {
    const leaving = await provider.register({ first_party: true });
    const codes: string[] = [];
    for (let count = 0; count < 6; count++) codes.push(await obtainCode(browser, leaving));
    const answers = await atBoth(3, async (url, turn) => {
      if (turn === 2) await removeClient(provider.context, leaving.client_id, actor);
      return redeem(url, codes[turn] ?? '', leaving);
    });
    for (const { status } of answers) expect([200, 400, 401]).toContain(status);
    for (const { body } of answers)
      if (body.access_token)
        expect(await atBoth(1, (url) => userinfoAt(url, body.access_token ?? ''))).toEqual([401, 401]);
    const orphans = await provider.context.database.all(sql`
      SELECT id FROM authorizations WHERE client_id = ${leaving.client_id}
       UNION ALL SELECT id FROM authorization_codes WHERE client_id = ${leaving.client_id}
       UNION ALL SELECT id FROM refresh_tokens WHERE client_id = ${leaving.client_id}`);
    expect(orphans).toEqual([]);
  });
});
