import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acrValuesSupported } from '../../src/identity/authentication-context.ts';
import { authorizationUrl, obtainTokens, payloadOf, userinfo } from '../support/code-flow.ts';
import {
  answerOf,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

let provider: Provider;
let client: RegisteredClient;
let browser: TestBrowser;

beforeAll(async () => {
  provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
  await provider.addUser();
  client = await provider.register({ first_party: true });
  browser = provider.browser();
});
afterAll(() => provider.close());

describe('the metadata of our own API', () => {
  const read = async () => (await provider.app.inject('/.well-known/oauth-protected-resource/oidc')).json();

  test('stand where RFC 9728 §3 looks for them, and name this server', async () => {
    const issuer = 'https://id.example/oidc';
    expect(await read()).toMatchObject({
      resource: issuer,
      authorization_servers: [issuer],
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      bearer_methods_supported: ['header', 'body'],
    });
  });

  test('are true: a token for the resource that they name is taken', async () => {
    const { resource, scopes_supported } = await read();
    const changes = { resource, scope: scopes_supported.join(' ') };
    const { access_token } = await obtainTokens(provider, browser, client, changes);
    expect(payloadOf(access_token).aud).toBe(resource);
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
    const inBody = await provider.post('/oidc/userinfo', { access_token });
    expect(inBody.statusCode).toBe(200);
  });
});

describe('a request that userinfo refuses', () => {
  test.each<[string, Record<string, string>]>([
    ['without a token', {}],
    ['with a token that is none of ours', { authorization: 'Bearer none-of-ours' }],
    ['with a malformed header', { authorization: 'Bearer' }],
    ['with a token bound to a key', { authorization: 'DPoP none-of-ours' }],
  ])('%s is told where the metadata are', async (_, headers) => {
    const response = await provider.app.inject({ url: '/oidc/userinfo', headers });
    const challenge = String(response.headers['www-authenticate']);
    const [, address] = /^(?:Bearer|DPoP) (?:.*, )?resource_metadata="([^"]+)"$/.exec(challenge) ?? [];
    const path = '/.well-known/oauth-protected-resource/oidc';
    expect(address).toBe(`https://id.example${path}`);
    expect((await provider.app.inject(path)).json().resource).toBe(provider.config.issuer);
  });
});

describe('a resource that wants a better sign-in (RFC 9470)', () => {
  const introspect = async (token: string) =>
    (await provider.post('/oidc/oauth2/introspect', { token }, client)).json();

  test('learns from the token and from introspection when and how the person signed in', async () => {
    const { access_token } = await obtainTokens(provider, browser, client);
    const { auth_time, acr } = payloadOf(access_token);
    expect(acrValuesSupported).toContain(acr);
    expect(auth_time).toBeLessThanOrEqual(provider.clock.now);
    expect(await introspect(access_token)).toMatchObject({ auth_time, acr });
  });

  test('is satisfied by a request with max_age: the person signs in again, and the next token tells so', async () => {
    const before = await obtainTokens(provider, browser, client);
    provider.clock.advance(120);
    const silent = answerOf(await browser.get(authorizationUrl(client, { max_age: '60', prompt: 'none' })));
    expect(silent.error).toBe('login_required');
    const after = await obtainTokens(provider, browser, client, { max_age: '60' });
    expect(payloadOf(after.access_token).auth_time).toBe(provider.clock.now);
    expect(Number(payloadOf(before.access_token).auth_time)).toBeLessThanOrEqual(provider.clock.now - 120);
  });

  test('is told the truth where nothing better is to be had: acr is what was reached, not what acr_values wished', async () => {
    const { access_token } = await obtainTokens(provider, browser, client, {
      acr_values: 'urn:example:phishing-resistant',
    });
    expect(acrValuesSupported).toContain(payloadOf(access_token).acr);
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:example:phishing-resistant' } } });
    const answer = answerOf(await browser.get(authorizationUrl(client, { claims })));
    expect(answer.error).toBe('unmet_authentication_requirements');
  });
});

describe('a step-up (RFC 9470)', () => {
  test('is demanded by userinfo where the sign-in is older than the client may use it with, and a new one helps', async () => {
    const own = await startProvider();
    await own.addUser();
    const client = await own.register({ userinfo_max_age: 300 });
    const browser = own.browser();
    const { access_token } = await obtainTokens(own, browser, client);
    own.clock.advance(300);
    expect((await userinfo(own, access_token)).statusCode).toBe(200);
    own.clock.advance(1);
    const refused = await userinfo(own, access_token);
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toMatch(
      /^Bearer error="insufficient_user_authentication", error_description="[^"]+", max_age="300", resource_metadata="[^"]+"$/,
    );
    expect(refused.json().error).toBe('insufficient_user_authentication');
    const fresh = await obtainTokens(own, browser, client, { max_age: '300' });
    expect((await userinfo(own, fresh.access_token)).statusCode).toBe(200);
    await own.close();
  });
});
