import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConsent } from '../../../src/identity/consents.ts';
import { findUserByLogin, type User } from '../../../src/identity/users.ts';
import { obtainTokens, payloadOf, refresh, userinfo } from '../../support/code-flow.ts';
import { evil, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { encode, locationOf, type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';
import { startRelyingParty } from '../../support/relying-party.ts';

const path = '/account/applications';
const withdraw = `${path}/withdraw`;
const everything = 'openid profile email offline_access';

describe.each(engines)('the page of connected applications on %s', (engine) => {
  let provider: Provider;
  let user: User;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    user = await provider.addUser({ claims: { name: 'Alice' } });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  test('says that there is nothing, as long as there is nothing', async () => {
    const bob = provider.browser();
    await bob.signIn('bob');
    expect(textOf(await bob.get(path))).toContain('No application yet');
  });

  test('tells of each what it may read, with the values, what it was given last, and what it keeps', async () => {
    const wiki = await provider.register({ client_name: `Wiki ${evil}`, client_uri: 'https://wiki.example' });
    await obtainTokens(provider, browser, wiki, { scope: everything, prompt: 'consent' });
    provider.clock.advance(60);
    await obtainTokens(provider, browser, wiki, { scope: 'openid email' });
    const page = await browser.get(path);
    expect(page.body).not.toContain(evil);
    const text = textOf(page);
    expect(text).toContain('wiki.example');
    expect(text).toContain('alice@example.com');
    expect(text).toMatch(/Last given .* UTC your e-mail address/);
    // In the words of the question that was answered.
    expect(text).toContain('See your e-mail address');
    expect(text).toMatch(/Keeps its access until/);
    await browser.post(withdraw, { client_id: wiki.client_id });
  });

  test('an application that needs no consent is there, too, as long as it has access', async () => {
    const mail = await provider.register({ client_name: 'Mail', first_party: true });
    await obtainTokens(provider, browser, mail);
    expect(textOf(await browser.get(path))).toMatch(/Mail .* By your administrator, without asking/);
    const question = await browser.get(`${withdraw}?${encode({ client_id: mail.client_id })}`);
    expect(textOf(question)).toContain('your administrator lets it in without asking');
    expect((await browser.post(withdraw, { client_id: mail.client_id })).statusCode).toBe(303);
    expect(textOf(await browser.get(path))).toContain('Mail has no more access to your account.');
    expect(textOf(await browser.get(path))).not.toContain('By your administrator');
  });

  test('asks before it withdraws, says what follows, and then everything is dead at once', async () => {
    const site = await startRelyingParty();
    const shop = await provider.register({
      client_name: `Shop ${evil}`,
      backchannel_logout_uri: `${site.origin}/back`,
    });
    const tokens = await obtainTokens(provider, browser, shop, { scope: everything, prompt: 'consent' });
    const question = await browser.get(`${withdraw}?${encode({ client_id: shop.client_id })}`);
    expect(question.body).not.toContain(evil);
    expect(textOf(question)).toContain('It is told that you are signed out there.');
    expect(textOf(question)).toContain('When you sign in there again, it asks you again.');

    expect(question.body).toContain(`action="${withdraw}"`);
    const response = await browser.post(withdraw, { client_id: shop.client_id });
    expect(response.statusCode).toBe(303);
    expect(textOf(await browser.follow(response))).toContain('has no more access to your account.');
    expect(await findConsent(provider.context, user.id, shop.client_id)).toBeUndefined();
    expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
    expect((await refresh(provider, shop, tokens.refresh_token ?? '')).json().error).toBe('invalid_grant');
    expect(site.logoutTokens.map((token) => payloadOf(token))).toMatchObject([
      { sub: payloadOf(tokens.id_token).sub, sid: payloadOf(tokens.id_token).sid },
    ]);
    expect((await browser.get('/account')).statusCode).toBe(200);
  });

  test('an application that is used again after that is told of the sign-out again', async () => {
    const site = await startRelyingParty();
    const shop = await provider.register({ client_name: 'Shop', backchannel_logout_uri: `${site.origin}/back` });
    const own = provider.browser();
    await own.signIn();
    await obtainTokens(provider, own, shop);
    await own.post(withdraw, { client_id: shop.client_id });
    await obtainTokens(provider, own, shop);
    await own.post('/logout', {});
    expect(site.logoutTokens).toHaveLength(2);
  });

  test('an application that cannot be told is named as such', async () => {
    const quiet = await provider.register({ client_name: 'Quiet' });
    await obtainTokens(provider, browser, quiet);
    const question = await browser.get(`${withdraw}?${encode({ client_id: quiet.client_id })}`);
    expect(textOf(question)).toContain('sign out there, too');
    await browser.post(withdraw, { client_id: quiet.client_id });
  });

  test('what another person let in is not there, and stays as it is', async () => {
    const shared = await provider.register({ client_name: 'Only of Bob' });
    const bob = provider.browser();
    await bob.signIn('bob');
    const tokens = await obtainTokens(provider, bob, shared);
    const bobsId = (await findUserByLogin(provider.context, 'bob'))?.id ?? '';
    expect(textOf(await browser.get(path))).not.toContain('Only of Bob');
    const question = await browser.get(`${withdraw}?${encode({ client_id: shared.client_id })}`);
    expect(question.statusCode).toBe(404);
    expect(question.body).not.toContain('Only of Bob');
    expect((await browser.post(withdraw, { client_id: shared.client_id, user_id: bobsId })).statusCode).toBe(404);
    expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
    expect(await findConsent(provider.context, bobsId, shared.client_id)).toBeDefined();
  });

  test.each([{}, { client_id: 'nothing' }, { client_id: evil }, { client_id: 'x'.repeat(5000) }])(
    'refuses %j',
    async (form) => {
      const response = await browser.post(withdraw, form);
      expect(response.statusCode).toBe(404);
      expect(response.body).not.toContain(evil);
      expect(locationOf(response)).toBeUndefined();
    },
  );
});
