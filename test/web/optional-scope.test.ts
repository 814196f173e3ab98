import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findConsent } from '../../src/identity/consents.ts';
import type { User } from '../../src/identity/users.ts';
import { registerClient } from '../../src/protocol/register-client.ts';
import { sql } from '../../src/storage/database.ts';
import { authorizationUrl, payloadOf, redeem, refresh } from '../support/code-flow.ts';
import { textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

describe.each(engines)('what people may leave out on %s', (engine) => {
  let provider: Provider;
  let alice: User;
  let client: RegisteredClient;
  let browser: TestBrowser;

  const scope = 'openid profile email phone offline_access';
  const optional = (...values: string[]) =>
    Object.fromEntries(values.map((value) => [`optional_scope:${value}`, 'true']));
  const urlFor = (changes = {}) => authorizationUrl(client, { scope, ...changes });
  const codeOf = (response: Parameters<typeof answerOf>[0]) => answerOf(response).code ?? '';
  const userinfo = async (access_token: string) =>
    (await provider.app.inject({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${access_token}` } })).json();

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    alice = await provider.addUser({ phone_number: '+1 425 555 1212', claims: { name: 'Alice Example' } });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());
  beforeEach(async () => {
    client = await provider.register({ client_name: 'Notes', optional_scope: 'email phone groups' });
  });

  test('is a box for each, unticked, with the values that would be given', async () => {
    const page = await browser.open(urlFor());
    expect(page.body.match(/<input type="checkbox"[^>]*>/g)).toEqual([
      '<input type="checkbox" name="optional_scope:email" id="consent-optional-0" value="true">',
      '<input type="checkbox" name="optional_scope:phone" id="consent-optional-1" value="true">',
    ]);
    expect(textOf(page)).toMatch(/only if you tick it: .*alice@example\.com.*\+1 425 555 1212/);
  });

  test('what is not ticked is not granted, and the answer says so', async () => {
    const page = await browser.open(urlFor());
    const code = codeOf(await browser.submit(page, { decision: 'allow', ...optional('phone') }));
    const tokens = (await redeem(provider, client, code)).json();
    expect(tokens.scope).toBe('openid profile phone offline_access');
    expect(payloadOf(tokens.access_token).scope).toBe(tokens.scope);
    const claims = await userinfo(tokens.access_token);
    expect(claims).toMatchObject({ name: 'Alice Example', phone_number: '+1 425 555 1212' });
    expect(claims).not.toHaveProperty('email');
    const refreshed = await refresh(provider, client, tokens.refresh_token, { scope: 'openid email' });
    expect(refreshed.json().error).toBe('invalid_scope');
  });

  test('what is left out is not asked for again, until the request insists', async () => {
    await browser.submit(await browser.open(urlFor()), { decision: 'allow', ...optional('phone') });
    const silent = await browser.get(urlFor({ prompt: 'none' }));
    const tokens = (await redeem(provider, client, codeOf(silent))).json();
    expect(tokens.scope).toBe('openid profile phone offline_access');

    const page = await browser.open(urlFor({ prompt: 'consent' }));
    expect(page.body).toMatch(/name="optional_scope:phone"[^>]* checked/);
    expect(page.body).not.toMatch(/name="optional_scope:email"[^>]* checked/);
    expect(textOf(page)).not.toContain(' new ');
    const more = codeOf(await browser.submit(page, { decision: 'allow', ...optional('phone', 'email') }));
    expect((await redeem(provider, client, more)).json().scope).toBe(scope);
    expect(await findConsent(provider.context, alice.id, client.client_id)).toMatchObject({ declined: '' });
  });

  test('what is new is asked for, beside what was left out before', async () => {
    await browser.submit(await browser.open(urlFor({ scope: 'openid email' })), { decision: 'allow' });
    expect(answerOf(await browser.get(urlFor({ scope: 'openid email groups', prompt: 'none' }))).error).toBe(
      'consent_required',
    );
  });

  test('a claim by name is withheld with the scope value that it belongs to', async () => {
    const claims = JSON.stringify({ userinfo: { email: { essential: true } }, id_token: { phone_number: null } });
    const page = await browser.open(urlFor({ scope: 'openid', claims }));
    const code = codeOf(await browser.submit(page, { decision: 'allow', ...optional('phone') }));
    const tokens = (await redeem(provider, client, code)).json();
    expect(payloadOf(tokens.id_token).phone_number).toBe('+1 425 555 1212');
    expect(await userinfo(tokens.access_token)).not.toHaveProperty('email');
  });

  test('a form that was made up adds nothing to what was asked for', async () => {
    const page = await browser.open(urlFor({ scope: 'openid email' }));
    const made = { ...optional('email', 'phone', 'groups'), scope: 'address', 'optional_scope:address': 'true' };
    const code = codeOf(await browser.submit(page, { decision: 'allow', ...made }));
    expect((await redeem(provider, client, code)).json().scope).toBe('openid email');
  });

  test('what the page did not show is asked for, should the client be changed meanwhile', async () => {
    const narrow = await provider.register({ client_name: 'Growing', scope: 'openid' });
    const page = await browser.open(authorizationUrl(narrow, { scope: 'openid email' }));
    await provider.context.database.run(
      sql`UPDATE clients
        SET metadata = REPLACE(metadata, '"scope":"openid"', '"scope":"openid email"')
        WHERE client_id = ${narrow.client_id}`,
    );
    const again = await browser.submit(page, { decision: 'allow' });
    expect(textOf(again)).toMatch(/See your e-mail address new/);
  });

  test('taking back what was allowed before ends what came of it', async () => {
    const first = await browser.submit(await browser.open(urlFor()), { decision: 'allow', ...optional('email') });
    const tokens = (await redeem(provider, client, codeOf(first))).json();
    const page = await browser.open(urlFor({ prompt: 'consent' }));
    const code = codeOf(await browser.submit(page, { decision: 'allow' }));
    expect((await refresh(provider, client, tokens.refresh_token)).json().error).toBe('invalid_grant');
    expect((await redeem(provider, client, code)).json().scope).toBe('openid profile offline_access');
  });

  test('leaving out all that was asked for is a no', async () => {
    const page = await browser.open(urlFor({ scope: 'email', response_type: 'code' }));
    expect(answerOf(await browser.submit(page, { decision: 'allow' })).error).toBe('access_denied');
    expect(await findConsent(provider.context, alice.id, client.client_id)).toBeUndefined();
  });

  test('a first-party client has nothing to leave out', async () => {
    const own = await provider.register({ first_party: true, optional_scope: 'email' });
    const code = codeOf(await browser.open(authorizationUrl(own, { scope: 'openid email' })));
    expect((await redeem(provider, own, code)).json().scope).toBe('openid email');
  });

  test('a device gets only what was ticked, too', async () => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const device = await provider.register({
      redirect_uris: [],
      grant_types: [grant_type],
      optional_scope: 'email phone',
    });
    const begin = async (asked: string) =>
      (await provider.post('/oidc/oauth2/device/auth', { scope: asked }, device)).json();
    const answer = async (user_code: string, form = {}) =>
      browser.submit(await browser.submit(await browser.open('/device'), { user_code }), {
        decision: 'allow',
        ...form,
      });
    const poll = async ({ device_code }: { device_code: string }) =>
      (await provider.post('/oidc/oauth2/token', { grant_type, device_code }, device)).json();
    const some = await begin('openid email phone');
    await answer(some.user_code, optional('email'));
    expect((await poll(some)).scope).toBe('openid email');
    const none = await begin('email');
    expect((await answer(none.user_code)).body).toContain('Nothing was connected');
    expect((await poll(none)).error).toBe('access_denied');
  });

  test.each([
    ['openid', 'optional_scope: nobody can sign in'],
    ['a"b', 'optional_scope: must be scope values'],
  ])('%s cannot be optional', async (optional_scope, problem) => {
    const metadata = { redirect_uris: [redirect_uri], optional_scope };
    await expect(registerClient(provider.context, metadata, actor)).rejects.toThrow(problem);
  });
});

describe('the consent page', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider();
    await provider.addUser({
      phone_number: '+1 425 555 1212',
      groups: ['staff', '<b>cooks</b>'],
      claims: { name: '<img src=x onerror=alert(1)>', address: { formatted: '1 Main St\nSpringfield' }, level: 7 },
    });
  });
  afterAll(() => provider.close());

  test('says what the application gets with the values, what it does not get, and where it is', async () => {
    const client = await provider.register({
      client_name: '<img src=x onerror=alert(1)>',
      client_uri: 'https://notes.example/',
      policy_uri: 'https://notes.example/privacy',
      tos_uri: 'https://notes.example/terms',
    });
    const browser = provider.browser();
    await browser.signIn();
    const page = await browser.open(authorizationUrl(client, { scope: 'openid profile groups' }));
    expect(page.body).not.toMatch(/<img src=x|<b>cooks/);
    const text = textOf(page);
    expect(text).toContain('7, alice');
    expect(text).toContain('&lt;b&gt;cooks&lt;/b&gt;, staff');
    expect(text).toMatch(
      /will not get: +your password +your e-mail address +your postal address +your phone number +access while you are away/,
    );
    expect(text).toContain('Afterwards you go to app.example.');
    for (const page_uri of ['/"', '/privacy"', '/terms"'])
      expect(page.body).toContain(`href="https://notes.example${page_uri} rel="noopener noreferrer"`);
  });
});
