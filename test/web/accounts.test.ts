import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endSessionsOf, listSessions } from '../../src/identity/sessions.ts';
import type { User } from '../../src/identity/users.ts';
import { authorizationUrl, authorize, obtainTokens, payloadOf } from '../support/code-flow.ts';
import { textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

describe.each(engines)('several accounts in one browser on %s', (engine) => {
  let provider: Provider;
  let app: RegisteredClient;
  let users: User[];
  let browser: TestBrowser;
  const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace'];

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    app = await provider.register({ post_logout_redirect_uris: ['https://app.example/bye'] });
    users = [];
    for (const username of names)
      users.push(
        await provider.addUser({ username, email: `${username}@example.com`, claims: { name: `${username} B` } }),
      );
  });
  afterAll(() => provider.close());
  beforeEach(() => {
    browser = provider.browser();
  });

  /** Signs in with the form, whoever is signed in. */
  const signInAs = (username: string) => browser.post('/login', { username, password });
  const idOf = (username: string) => users.find((user) => user.username === username)?.id ?? '';
  const choose = (username: string) => browser.post('/select-account', { decision: 'continue', user: idOf(username) });
  const inUse = async () => /<small>(\w+)<\/small>|<br>(\w+)<\/p>/.exec((await browser.open('/account')).body)?.[2];
  const shown = (body: string) =>
    [...body.matchAll(/name="user" value="([0-9a-f]{32})"/g)].map(
      ([, id]) => users.find((user) => user.id === id)?.username,
    );
  const accountsHere = async () => shown((await browser.get('/select-account')).body);
  const idTokenOf = async (username: string) => {
    const elsewhere = provider.browser();
    await elsewhere.signIn(username);
    return (await obtainTokens(provider, elsewhere, app)).id_token ?? '';
  };
  const ownIdToken = async () => (await obtainTokens(provider, browser, app)).id_token ?? '';

  test('whoever signs in is in use, and who was there before stays signed in', async () => {
    await signInAs('alice');
    await signInAs('bob');
    expect(await inUse()).toBe('bob');
    expect(await accountsHere()).toEqual(['bob', 'alice']);
    const page = await browser.get('/select-account');
    expect(textOf(page)).toMatch(/bob B +bob +in use .*alice B +alice/);
  });

  test('one is chosen with its own sid, sign-in time and token, and nobody signs in for it', async () => {
    await signInAs('alice');
    const ofAlice = browser.cookies.get('castellan_session');
    const before = payloadOf(await ownIdToken());
    provider.clock.advance(100);
    await signInAs('bob');
    expect(payloadOf(await ownIdToken()).sub).toBe(idOf('bob'));
    expect(locationOf(await choose('alice'))).toBe('/');
    expect(browser.cookies.get('castellan_session')).toBe(ofAlice);
    expect(payloadOf(await ownIdToken())).toMatchObject({
      sub: before.sub,
      sid: before.sid,
      auth_time: before.auth_time,
    });
  });

  test('signing in again with one that is out of use keeps its sid under a new token', async () => {
    await signInAs('alice');
    const ofAlice = browser.cookies.get('castellan_session');
    const { sid } = payloadOf(await ownIdToken());
    await signInAs('bob');
    await signInAs('alice');
    expect(payloadOf(await ownIdToken()).sid).toBe(sid);
    expect(browser.cookies.get('castellan_session')).not.toBe(ofAlice);
    expect(await accountsHere()).toEqual(['alice', 'bob']);
  });

  test('no more than five stay besides, and the oldest is signed out', async () => {
    for (const name of names) await signInAs(name);
    expect(await accountsHere()).toEqual(['grace', 'frank', 'erin', 'dave', 'carol', 'bob']);
    expect(browser.cookies.get('castellan_other_sessions')).toHaveLength(5 * 64);
    expect((await choose('alice')).headers.location).toBe('/select-account');
    expect(await inUse()).toBe('grace');
  });

  test.each<[string, () => Promise<unknown>]>([
    ['an account that nobody is signed in to', () => choose('carol')],
    [
      'an account that is signed in at another browser',
      async () =>
        provider
          .browser()
          .signIn('carol')
          .then(() => choose('carol')),
    ],
    ['nobody', () => browser.post('/select-account', { decision: 'continue' })],
  ])('%s cannot be chosen', async (_title, chooseOther) => {
    await signInAs('alice');
    await signInAs('bob');
    await chooseOther();
    expect(await inUse()).toBe('bob');
  });

  test.each<[string, (token: string) => string]>([
    ['cut', (token) => token.slice(1)],
    ['of another verifier', (token) => `${token.slice(0, 30)}${token.slice(30).replace(/[a-z]/g, 'x')}`],
    ['repeated beyond its bound', (token) => token.repeat(6)],
    ['nonsense', () => 'x'.repeat(64)],
  ])('a cookie that is %s gives nothing', async (_title, change) => {
    await signInAs('alice');
    await signInAs('bob');
    browser.cookies.set('castellan_other_sessions', change(browser.cookies.get('castellan_other_sessions') ?? ''));
    expect(await accountsHere()).toEqual(['bob']);
    await choose('alice');
    expect(await inUse()).toBe('bob');
  });

  test('one whose session has ended, or lies idle, is offered no more', async () => {
    await signInAs('alice');
    await signInAs('carol');
    await signInAs('bob');
    await endSessionsOf(provider.context, idOf('carol'), actor);
    expect(await accountsHere()).toEqual(['bob', 'alice']);
    // To look at it keeps nobody signed in.
    const half = provider.config.lifetimes.sessionIdleSeconds / 2;
    provider.clock.advance(half);
    expect(await accountsHere()).toEqual(['bob', 'alice']);
    provider.clock.advance(half);
    expect(await accountsHere()).toEqual(['bob']);
  });

  test('one may be signed out by itself, also the one in use', async () => {
    for (const name of ['alice', 'bob', 'carol']) await signInAs(name);
    const ofAlice = (await listSessions(provider.context, idOf('alice'))).length;
    await browser.post('/select-account', { decision: 'sign-out', user: idOf('alice') });
    expect((await listSessions(provider.context, idOf('alice'))).length).toBe(ofAlice - 1);
    expect(await accountsHere()).toEqual(['carol', 'bob']);
    await browser.post('/select-account', { decision: 'sign-out', user: idOf('carol') });
    expect(await accountsHere()).toEqual(['bob']);
    expect(browser.cookies.has('castellan_session')).toBe(false);
  });

  test('a sign-out ends the one in use, and offers the others', async () => {
    await signInAs('alice');
    await signInAs('bob');
    const page = await browser.follow(await browser.post('/logout', {}));
    expect(page.body).toContain('You are signed out');
    expect(shown(page.body)).toEqual(['alice']);
    // A page of ours now asks which account, and leads on to where it was asked for.
    const choice = await browser.open('/account');
    expect(choice.body).toContain('Choose an account');
    expect((await browser.submit(choice, { decision: 'continue' })).body).toContain('alice');
    expect(await inUse()).toBe('alice');
  });

  test.each(['/device', '/account', '/account/sessions', '/admin', '/playground'])(
    'where the session in use has ended meanwhile, %s asks which of the others to go on as',
    async (path) => {
      await signInAs('alice');
      await signInAs('bob');
      await endSessionsOf(provider.context, idOf('bob'), actor);
      const choice = await browser.open(path);
      expect(choice.body).toContain('Choose an account');
      expect(shown(choice.body)).toEqual(['alice']);
      await browser.submit(choice, { decision: 'continue' });
      expect(await inUse()).toBe('alice');
    },
  );

  test.each<[string, () => Promise<unknown>]>([
    ['has ended', () => endSessionsOf(provider.context, idOf('bob'), actor)],
    ['is none of ours', async () => browser.cookies.set('castellan_session', 'x'.repeat(64))],
    ['is no token', async () => browser.cookies.set('castellan_session', 'x')],
    ['is written twice', async () => browser.cookies.set('castellan_session', 'x; castellan_session=y')],
    ['is gone', async () => browser.cookies.delete('castellan_session')],
  ])(
    'where the session in use %s, an application and a page of ours ask which of the others to go on as',
    async (_, spoil) => {
      await signInAs('alice');
      await signInAs('bob');
      await spoil();
      expect(shown((await browser.open('/account')).body)).toEqual(['alice']);
      const choice = await browser.open(authorizationUrl(app, { prompt: 'consent' }));
      expect(shown(choice.body)).toEqual(['alice']);
      const consent = await browser.submit(choice, { decision: 'continue' });
      expect(answerOf(await browser.submit(await browser.follow(consent), { decision: 'allow' }))).toHaveProperty(
        'code',
      );
      expect(await inUse()).toBe('alice');
    },
  );

  test('where no session stands any more, a page of ours asks for a sign-in', async () => {
    await signInAs('alice');
    await signInAs('bob');
    for (const username of ['alice', 'bob']) await endSessionsOf(provider.context, idOf(username), actor);
    expect((await browser.open('/account')).body).toContain('login-password');
  });

  test('all accounts are signed out at once', async () => {
    await signInAs('alice');
    const { sid } = payloadOf(await ownIdToken());
    await signInAs('bob');
    const page = await browser.follow(await browser.post('/logout', { accounts: 'all' }));
    expect(shown(page.body)).toEqual([]);
    expect(browser.cookies.has('castellan_session') || browser.cookies.has('castellan_other_sessions')).toBe(false);
    expect((await browser.open('/select-account')).body).toContain('login-password');
    const sessions = await listSessions(provider.context, idOf('alice'));
    expect(sessions.map(({ id }) => id)).not.toContain(sid);
  });

  test('a sign-out with the ID Token of another account here ends that one alone', async () => {
    await signInAs('alice');
    const id_token_hint = await ownIdToken();
    await signInAs('bob');
    const query = new URLSearchParams({ id_token_hint, post_logout_redirect_uri: 'https://app.example/bye' });
    expect(locationOf(await browser.get(`/oidc/oauth2/logout?${query}`))).toBe('https://app.example/bye');
    expect(await accountsHere()).toEqual(['bob']);
    expect(await inUse()).toBe('bob');
  });

  test('prompt=select_account shows everybody, and answers for whom is chosen', async () => {
    await signInAs('alice');
    await authorize(browser, authorizationUrl(app));
    await signInAs('bob');
    const page = await browser.open(authorizationUrl(app, { prompt: 'select_account' }));
    expect(shown(page.body)).toEqual(['bob', 'alice']);
    const answer = answerOf(await browser.submit(page, { decision: 'continue', user: idOf('alice') }));
    expect(answer.code).toBeDefined();
    expect(await inUse()).toBe('alice');
  });

  describe('a request that names somebody else who is signed in here', () => {
    test.each<[string, () => Promise<Record<string, string>>]>([
      ['by login_hint', async () => ({ login_hint: ' Alice ' })],
      ['by the e-mail address', async () => ({ login_hint: 'alice@example.com' })],
      ['by id_token_hint', async () => ({ id_token_hint: await idTokenOf('alice') })],
      ['by claims', async () => ({ claims: JSON.stringify({ id_token: { sub: { value: idOf('alice') } } }) })],
    ])('%s offers that account', async (_title, parameters) => {
      await signInAs('alice');
      await authorize(browser, authorizationUrl(app));
      await signInAs('bob');
      await authorize(browser, authorizationUrl(app));
      const named = await parameters();
      const page = await browser.open(authorizationUrl(app, named));
      expect(page.body).toContain('Choose an account');
      expect(new Set(shown(page.body))).toEqual(new Set(['alice', 'bob']));
      const silent = answerOf(await browser.get(authorizationUrl(app, { ...named, prompt: 'none' })));
      expect(silent.error).toBe('account_selection_required');
      expect(answerOf(await browser.submit(page, { decision: 'continue', user: idOf('alice') })).code).toBeDefined();
    });

    test('goes on with another whom the person chooses, where it was only hinted at', async () => {
      await signInAs('alice');
      await signInAs('bob');
      await authorize(browser, authorizationUrl(app));
      const page = await browser.open(authorizationUrl(app, { login_hint: 'alice' }));
      expect(shown(page.body)[0]).toBe('alice');
      expect(answerOf(await browser.submit(page, { decision: 'continue', user: idOf('bob') })).code).toBeDefined();
    });

    test('who is not signed in here is asked to sign in, as ever', async () => {
      await signInAs('alice');
      await signInAs('bob');
      const id_token_hint = await idTokenOf('carol');
      expect((await browser.open(authorizationUrl(app, { id_token_hint }))).body).toContain('login-password');
    });

    test('with prompt=login goes to the sign-in page', async () => {
      await signInAs('alice');
      await signInAs('bob');
      const page = await browser.open(authorizationUrl(app, { login_hint: 'alice', prompt: 'login' }));
      expect(page.body).toContain('login-password');
    });
  });

  test('with nobody in use, a request asks which account, and a silent one is login_required', async () => {
    await signInAs('alice');
    await signInAs('bob');
    await browser.post('/logout', {});
    expect((await browser.open(authorizationUrl(app))).body).toContain('Choose an account');
    expect(answerOf(await browser.get(authorizationUrl(app, { prompt: 'none' }))).error).toBe('login_required');
  });

  test('somebody else may sign in from the choice, and comes back to what it was for', async () => {
    const fresh = await provider.register();
    await signInAs('alice');
    const page = await browser.open(authorizationUrl(fresh, { prompt: 'select_account' }));
    const login = await browser.submit(page, { decision: 'other' });
    const next = await browser.submit(login, { username: 'bob', password });
    expect(next.body).toMatch(/consent-allow/);
    expect(await accountsHere()).toEqual(['bob', 'alice']);
    const own = await browser.submit(await browser.open('/select-account'), { decision: 'other' });
    expect(own.body).toContain('login-password');
  });

  test('what was decided for one does not count for another', async () => {
    const fresh = await provider.register({ client_name: 'Fresh' });
    await signInAs('alice');
    const asked = await browser.open(authorizationUrl(fresh));
    await signInAs('bob');
    const answer = await browser.submit(asked, { decision: 'allow' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Another account is in use');
    expect((await browser.open(authorizationUrl(fresh))).body).toContain('consent-allow');
  });

  test('the check session iframe sees each change of account', async () => {
    await signInAs('alice');
    const states = [browser.cookies.get('castellan_browser_state')];
    await signInAs('bob');
    states.push(browser.cookies.get('castellan_browser_state'));
    expect(new Set(states).size).toBe(2);
    await choose('alice');
    expect(browser.cookies.get('castellan_browser_state')).toBe(states[0]);
  });

  test.each(['', 'delete', 'all'])('the decision %j does nothing', async (decision) => {
    await signInAs('alice');
    expect((await browser.post('/select-account', { decision, user: idOf('alice') })).statusCode).toBe(400);
    expect(await inUse()).toBe('alice');
  });

  test('the menu of every page leads to the choice', async () => {
    await signInAs('alice');
    expect((await browser.open('/account')).body).toContain('href="/select-account"');
  });
});
