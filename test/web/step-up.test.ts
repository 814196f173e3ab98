import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { authorizationUrl, payloadOf, redeem } from '../support/code-flow.ts';
import { evil } from '../support/console.ts';
import {
  answerOf,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { type AuthenticatorApp, addAuthenticator, codeAt, secretOn, submitTo } from '../support/second-factor.ts';

const oneFactor = 'urn:castellan:acr:one-factor';
const twoFactors = 'urn:castellan:acr:two-factors';
const phishingResistant = 'urn:castellan:acr:phishing-resistant';
const essential = (...values: string[]) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});

let provider: Provider;
let client: RegisteredClient;
let browser: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  await provider.addUser();
  client = await provider.register({ client_name: evil, first_party: true });
  browser = provider.browser();
});
afterEach(() => provider.close());

const isSecondStep = ({ body }: LightMyRequestResponse) => body.includes('id="second-factor-form"');
const isPassword = ({ body }: LightMyRequestResponse) => body.includes('id="login-password"');
const ask = (changes: Record<string, string>) => browser.open(authorizationUrl(client, changes));
const acrOf = async (response: LightMyRequestResponse) => {
  const { code = '' } = answerOf(response);
  return payloadOf((await redeem(provider, client, code)).json().id_token).acr;
};

describe('for somebody who has an authenticator app and is signed in with a password at a trusted device', () => {
  let app: AuthenticatorApp;
  beforeEach(async () => {
    const owner = provider.browser();
    await owner.signIn();
    app = await addAuthenticator(provider, owner);
    await browser.submit(await browser.signIn(), { code: app.next(), trust: 'true' });
    browser.cookies.delete('castellan_session');
    await browser.signIn();
  });

  test('an essential acr asks for the second factor alone, and the client gets what it insists on', async () => {
    const page = await ask(essential(twoFactors));
    expect(isSecondStep(page)).toBe(true);
    expect(await acrOf(await browser.submit(page, { code: app.next() }))).toBe(twoFactors);
  });

  test('an essential acr is not met by the trust in a device, neither with a session nor without', async () => {
    browser.cookies.delete('castellan_session');
    const first = await ask(essential(twoFactors));
    expect(isPassword(first)).toBe(true);
    const second = await browser.submit(first, { username: 'alice', password });
    expect(isSecondStep(second)).toBe(true);
    expect((await browser.submit(second, { code: '000000' })).statusCode).toBe(403);
    expect(await acrOf(await browser.submit(second, { code: app.next() }))).toBe(twoFactors);
  });

  test('without a demand the acr says that one factor was proven', async () => {
    expect(await acrOf(await ask({}))).toBe(oneFactor);
  });

  test('a wish in acr_values asks for the second factor, once it can be had', async () => {
    const page = await ask({ acr_values: `${phishingResistant} ${twoFactors}` });
    expect(isSecondStep(page)).toBe(true);
    expect(await acrOf(await browser.submit(page, { code: app.next() }))).toBe(twoFactors);
    expect(await acrOf(await ask({ acr_values: `${phishingResistant} ${twoFactors}` }))).toBe(twoFactors);
  });

  test.each([
    ['that prefer one factor', { acr_values: `${oneFactor} ${twoFactors}` }],
    ['that nobody here reaches', { acr_values: phishingResistant }],
    ['that are not ours', { acr_values: 'urn:example:gold' }],
  ])('acr_values %s ask for nothing more', async (_title, changes) => {
    expect(await acrOf(await ask(changes))).toBe(oneFactor);
  });

  test('prompt=none tells that a sign-in is needed where acr is essential, and ignores a wish', async () => {
    expect(answerOf(await ask({ ...essential(twoFactors), prompt: 'none' })).error).toBe('login_required');
    expect(await acrOf(await ask({ acr_values: twoFactors, prompt: 'none' }))).toBe(oneFactor);
  });

  test('a stronger session is told as the value that is insisted on', async () => {
    await browser.submit(await ask(essential(twoFactors)), { code: app.next() });
    expect(await acrOf(await ask(essential(oneFactor)))).toBe(oneFactor);
    expect(await acrOf(await ask(essential(oneFactor, twoFactors)))).toBe(twoFactors);
    expect(await acrOf(await ask({}))).toBe(twoFactors);
  });

  test('what only a passkey reaches is answered by a page that says so, and by an error to the client', async () => {
    const page = await ask(essential(phishingResistant));
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('It asks for a passkey.');
    expect(page.body).not.toContain(evil);
    const answer = answerOf(await browser.submit(page, { decision: 'deny' }));
    expect(answer).toMatchObject({ error: 'unmet_authentication_requirements', state: 'the-state' });
  });

  test('setting something stronger up leads past no second factor that is there', async () => {
    const stranger = provider.browser();
    const first = await stranger.open(authorizationUrl(client, essential(phishingResistant)));
    const refused = await stranger.submit(first, { username: 'alice', password });
    const asked = await stranger.submit(refused, { decision: 'set-up' });
    expect(isSecondStep(asked)).toBe(true);
    expect(stranger.cookies.has('castellan_session')).toBe(false);
  });

  test('a step-up that was begun is worth nothing once the session has ended', async () => {
    const page = await ask(essential(twoFactors));
    await browser.post('/logout', { decision: 'confirm' });
    browser.cookies.delete('castellan_session');
    const response = await browser.submit(page, { code: app.next() });
    expect(isPassword(response)).toBe(true);
    expect(browser.cookies.has('castellan_session')).toBe(false);
  });

  test('in another browser, the page of a step-up is refused', async () => {
    const link = locationOf(await browser.get(authorizationUrl(client, essential(twoFactors)))) ?? '';
    expect((await provider.browser().open(link)).statusCode).toBe(400);
  });
});

describe('for somebody who has no second factor', () => {
  test('an essential acr is answered by a page; cancelling tells the client that it cannot be met', async () => {
    await browser.signIn();
    const page = await ask(essential(twoFactors));
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('<h1>A stronger sign-in is needed</h1>');
    expect(answerOf(await browser.submit(page, { decision: 'deny' })).error).toBe('unmet_authentication_requirements');
  });

  test.each(['with a session', 'without a session'])('one is set up on the way, %s, and leads back', async (when) => {
    if (when === 'with a session') await browser.signIn();
    const start = await ask(essential(twoFactors));
    const page = isPassword(start) ? await browser.submit(start, { username: 'alice', password }) : start;
    const account = await browser.submit(page, { decision: 'set-up' });
    const add = /id="account-authenticator-add" href="([^"]+)"/.exec(account.body)?.[1] ?? '';
    const setUp = await browser.open(add);
    const code = codeAt(secretOn(setUp.body), provider.clock.now);
    const codes = await submitTo(browser, setUp, '/account/security/authenticator', { code });
    expect(codes.body).toContain('id="account-codes"');
    const back = /id="account-return" href="([^"]+)"/.exec(codes.body)?.[1] ?? '';
    expect(await acrOf(await browser.open(back))).toBe(twoFactors);
  });

  test('prompt=none tells that a sign-in is needed, and a wish is granted as far as it goes', async () => {
    await browser.signIn();
    expect(answerOf(await ask({ ...essential(twoFactors), prompt: 'none' })).error).toBe('login_required');
    expect(await acrOf(await ask({ acr_values: twoFactors }))).toBe(oneFactor);
  });

  test('an essential acr that nobody can reach here is refused at once', async () => {
    expect(answerOf(await ask(essential('urn:example:gold'))).error).toBe('unmet_authentication_requirements');
  });
});

describe('a session that is there is no new sign-in:', () => {
  const continuationOf = (response: LightMyRequestResponse) =>
    new URL(locationOf(response) ?? '', 'http://localhost').searchParams.get('continuation') ?? '';

  /** The form of the second step, as somebody sends it who makes up the way there. */
  async function stepUp(sent: LightMyRequestResponse, fields: Record<string, string> = {}) {
    const up = await browser.get(`/login/step-up?continuation=${continuationOf(sent)}`);
    return browser.follow(await browser.post('/login/second-factor', { continuation: continuationOf(up), ...fields }));
  }

  test.each([
    ['nothing', {}],
    ['the wish to set one up', { decision: 'set-up' }],
    ['the name of a method', { method: 'totp', code: '' }],
  ])('the second step with %s starts none for somebody who has no second factor', async (_title, fields) => {
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await browser.signIn('root');
    const { castellan_session: before } = Object.fromEntries(browser.cookies);
    provider.clock.advance(3600);
    await stepUp(await browser.get('/admin/keys/rotate'), fields);
    expect(browser.cookies.get('castellan_session')).toBe(before);
    expect(isPassword(await browser.open('/admin/keys/rotate'))).toBe(true);
  });

  test('nor for somebody whose session has a second factor already', async () => {
    await browser.signIn();
    await addAuthenticator(provider, browser);
    provider.clock.advance(3600);
    await stepUp(await browser.get('/account/data/delete'));
    expect(isPassword(await browser.open('/account/data/delete'))).toBe(true);
  });

  test.each([{ prompt: 'login' }, { max_age: '60' }])('nor for an application that asks with %j', async (changes) => {
    await browser.signIn();
    provider.clock.advance(3600);
    const page = await stepUp(await browser.get(authorizationUrl(client, changes)));
    expect(isPassword(page)).toBe(true);
  });

  test('nor does it set the password in place of one for a single time', async () => {
    const { id } = await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await browser.signIn('root');
    const form = { password: `${password} for once`, must_change_password: 'true' };
    await browser.post(`/admin/users/${id}/access/password`, form);
    provider.clock.advance(3600);
    const up = await browser.get(
      `/login/step-up?continuation=${continuationOf(await browser.get('/admin/keys/rotate'))}`,
    );
    const another = `${password} of a stranger`;
    await browser.post('/login/new-password', { continuation: continuationOf(up), password: another });
    const stranger = provider.browser();
    expect((await stranger.signIn('root', another)).statusCode).toBe(403);
  });
});
