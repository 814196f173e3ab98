import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newResourceSchema, registerResource, updateResource } from '../../src/protocol/resources.ts';
import { type ClientKeyPair, makeKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import { authorizationUrl, payloadOf } from '../support/code-flow.ts';
import {
  boundUserinfo,
  codeForm,
  makeProofKey,
  type ProofChanges,
  type ProofKey,
  signProof,
  signUse,
} from '../support/dpop.ts';
import {
  actor,
  answerOf,
  type Form,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { pushedUrl, requestParameters } from '../support/pushed-request.ts';

let provider: Provider;
let browser: TestBrowser;
let keys: ClientKeyPair;
let rsaKeys: ClientKeyPair;
let proofKey: ProofKey;
let otherProofKey: ProofKey;
let client: RegisteredClient;
let otherClient: RegisteredClient;

beforeAll(async () => {
  provider = await startProvider({
    settings: { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_AUTHORIZATION_CODE_SECONDS: '600' },
  });
  await provider.addUser();
  keys = await makeKeyPair('PS256');
  rsaKeys = await makeKeyPair('RS256');
  [proofKey, otherProofKey] = await Promise.all([makeProofKey(), makeProofKey()]);
  client = await register();
  otherClient = await register();
  browser = provider.browser();
  await browser.signIn();
});
afterAll(() => provider.close());

function register(changes: Record<string, unknown> = {}): Promise<RegisteredClient> {
  return provider.register({
    profile: 'fapi2',
    first_party: true,
    scope: 'openid profile api:read',
    jwks: { keys: [keys.publicJwk, rsaKeys.publicJwk] },
    ...changes,
  });
}

interface Call {
  readonly whose?: RegisteredClient;
  readonly proofKey?: ProofKey | undefined;
  readonly assertion?: Record<string, unknown>;
  readonly signedWith?: ClientKeyPair;
}

/** A call of a client's endpoint, authenticated with an assertion, with a proof unless its key is given as undefined. */
async function call(path: string, form: Form, changes: Call = {}) {
  const { whose = client, assertion = {}, signedWith = keys } = changes;
  const key = 'proofKey' in changes ? changes.proofKey : proofKey;
  const claims = { htu: `https://id.example${path}` };
  const dpop = key && { dpop: await signProof(provider, key, { claims }) };
  const client_assertion = await signAssertion(provider, whose, signedWith, assertion);
  return provider.post(path, { ...withAssertion(client_assertion), ...form }, undefined, dpop);
}

const token = (form: Form, changes?: Call) => call('/oidc/oauth2/token', form, changes);
const push = (form: Form, changes?: Call) => call('/oidc/oauth2/par', { ...requestParameters, ...form }, changes);

async function codeOf(form: Form = {}, changes?: Call): Promise<string> {
  const pushed = (await push(form, changes)).json();
  const answer = answerOf(await browser.open(pushedUrl(changes?.whose ?? client, pushed.request_uri)));
  expect(answer).toMatchObject({ state: 'the-state', iss: provider.config.issuer });
  return answer.code ?? '';
}

describe('registration with profile fapi2', () => {
  test('fills in what the profile demands', async () => {
    expect(client).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      require_pushed_authorization_requests: true,
      require_pkce: true,
      dpop_bound_access_tokens: true,
      id_token_signed_response_alg: 'ES256',
      response_types: ['code'],
    });
    expect(client.client_secret).toBe('');
  });

  test.each<[string, Record<string, unknown>]>([
    ['a public client', { token_endpoint_auth_method: 'none' }],
    ['a client with a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['a secret for assertions', { token_endpoint_auth_method: 'client_secret_jwt' }],
    ['unpushed requests', { require_pushed_authorization_requests: false }],
    ['no PKCE', { require_pkce: false }],
    ['unbound tokens', { dpop_bound_access_tokens: false }],
    ['ID Tokens signed with RS256', { id_token_signed_response_alg: 'RS256' }],
    ['access tokens signed with RS256', { access_token_signed_response_alg: 'RS256' }],
    ['assertions signed with RS256', { token_endpoint_auth_signing_alg: 'RS256' }],
    ['request objects signed with RS256', { request_object_signing_alg: 'RS256' }],
    ['codes of ten minutes', { authorization_code_seconds: 600 }],
    ['rotated refresh tokens', { rotate_refresh_tokens: true }],
    ['an http redirect URI', { redirect_uris: ['http://localhost/cb'] }],
    ['an http redirect URI of a web application', { redirect_uris: ['http://127.0.0.1/cb'] }],
    ['a redirect URI with a scheme of its own', { application_type: 'native', redirect_uris: ['com.example.app:/cb'] }],
    ['localhost by its name', { application_type: 'native', redirect_uris: ['http://localhost/cb'] }],
  ])('refuses %s', async (_title, changes) => {
    await expect(register(changes)).rejects.toThrow(/invalid_(client_metadata|redirect_uri): .*FAPI 2.0/);
  });

  test('refuses response types that give tokens at the authorization endpoint', async () => {
    const response_types = ['code id_token'];
    await expect(register({ response_types, grant_types: ['authorization_code', 'implicit'] })).rejects.toThrow(
      /invalid_client_metadata/,
    );
  });

  test('takes loopback addresses of native applications', async () => {
    const native = await register({ application_type: 'native', redirect_uris: ['http://127.0.0.1/cb', redirect_uri] });
    expect(native.redirect_uris).toHaveLength(2);
  });

  test('takes a client that acts for itself alone', async () => {
    const own = await register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read' });
    const response = await token({ grant_type: 'client_credentials' }, { whose: own });
    expect(response.json()).toMatchObject({ token_type: 'DPoP', expires_in: 3600 });
    expect(response.json().refresh_token).toBeUndefined();
  });

  test.each(['fapi1', '', '__proto__', 7, null])('refuses the profile %s', async (profile) => {
    await expect(register({ profile })).rejects.toThrow('profile');
  });
});

describe('the whole way: push, code, tokens', () => {
  test('gives bound tokens, an ID Token of the profile, and userinfo', async () => {
    const tokens = (await token(codeForm(await codeOf()))).json();
    expect(tokens).toMatchObject({ token_type: 'DPoP', expires_in: 3600 });
    expect(JSON.parse(Buffer.from(tokens.id_token.split('.')[0], 'base64url').toString())).toMatchObject({
      alg: 'ES256',
      kid: expect.any(String),
    });
    const proof = await signUse(provider, proofKey, tokens.access_token);
    const response = await boundUserinfo(provider, tokens.access_token, proof);
    expect(response.statusCode).toBe(200);
    expect(response.headers.date).toBeDefined();
  });

  test('gives no ID Token without openid', async () => {
    const tokens = (await token(codeForm(await codeOf({ scope: 'api:read', nonce: undefined })))).json();
    expect(tokens.id_token).toBeUndefined();
  });

  test.each<[string, Form]>([
    ['a nonce of 64 characters', { nonce: 'n'.repeat(64) }],
    ['a nonce of 384 characters', { nonce: 'n'.repeat(384) }],
    ['no nonce', { nonce: undefined }],
    ['a state of 1000 characters', { state: 's'.repeat(1000) }],
    ['no state', { state: undefined }],
    ['another order of scope', { scope: 'profile openid' }],
    ['a claim by name', { claims: '{"id_token":{"name":{"essential":true}}}' }],
    ['authorization_details, which are not read', { authorization_details: '[{"type":"payment"}]' }],
  ])('takes a push with %s, and keeps it whole', async (_title, changes) => {
    const { request_uri } = (await push(changes)).json();
    const location = new URL(String((await browser.open(pushedUrl(client, request_uri))).headers.location));
    const { code = '', ...others } = Object.fromEntries(location.searchParams);
    const { state, nonce } = { ...requestParameters, ...changes };
    const session_state = others.session_state;
    expect(others).toEqual({ iss: provider.config.issuer, session_state, ...(state === undefined ? {} : { state }) });
    expect(location.hash).toBe('');
    expect(payloadOf((await token(codeForm(code))).json().id_token).nonce).toBe(nonce);
  });

  test('keeps the query of the redirect URI in code and error alike', async () => {
    const redirect_uri = 'https://app.example/callback?dummy1=lorem&dummy2=ipsum';
    const whose = await register({ redirect_uris: [redirect_uri], first_party: false });
    for (const [decision, name] of [
      ['deny', 'error'],
      ['allow', 'code'],
    ] as const) {
      const { request_uri } = (await push({ redirect_uri }, { whose })).json();
      const consent = await browser.open(pushedUrl(whose, request_uri));
      const location = String((await browser.submit(consent, { decision })).headers.location);
      expect(location.startsWith(`${redirect_uri}&${name}=`)).toBe(true);
    }
  });

  test('refuses an authorization request that was not pushed', async () => {
    expect(answerOf(await browser.open(authorizationUrl(client)))).toMatchObject({ error: 'invalid_request' });
  });

  test.each<[string, Form]>([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['response_type code id_token', { response_type: 'code id_token' }],
    ['response_type token', { response_type: 'token' }],
    ['a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:a' }],
    ['a dpop_jkt of another key', { dpop_jkt: 'A'.repeat(43) }],
    ['an unregistered redirect_uri', { redirect_uri: 'https://app.example/other' }],
    ['no redirect_uri', { redirect_uri: undefined }],
  ])('refuses a push with %s', async (_title, changes) => {
    const response = await push(changes);
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toMatch(/^(invalid_request|unsupported_response_type|unauthorized_client)$/);
  });

  test('binds the code to the key of the push', async () => {
    const refused = await token(codeForm(await codeOf()), { proofKey: otherProofKey });
    expect([refused.statusCode, refused.json().error]).toEqual([400, 'invalid_grant']);
  });

  test('lets a code that was pushed without a proof be redeemed with any key, and never without one', async () => {
    const code = await codeOf({}, { proofKey: undefined });
    const refused = await token(codeForm(code), { proofKey: undefined });
    expect([refused.statusCode, refused.json().error]).toEqual([400, 'invalid_dpop_proof']);
    expect((await token(codeForm(code))).json().token_type).toBe('DPoP');
  });

  test.each<[string, Form]>([
    ['no code_verifier', { code_verifier: undefined }],
    ['a wrong code_verifier', { code_verifier: 'w'.repeat(43) }],
  ])('refuses a code with %s', async (_title, changes) => {
    const refused = await token({ ...codeForm(await codeOf()), ...changes });
    expect([refused.statusCode, refused.json().error]).toEqual([400, 'invalid_grant']);
  });

  test('refuses the code to another client, and a second time', async () => {
    const stolen = await token(codeForm(await codeOf()), { whose: otherClient });
    expect([stolen.statusCode, stolen.json().error]).toEqual([400, 'invalid_grant']);
    const code = await codeOf();
    expect((await token(codeForm(code))).statusCode).toBe(200);
    expect((await token(codeForm(code))).json().error).toBe('invalid_grant');
  });

  test('refuses a code after 60 seconds, whatever the settings say', async () => {
    const code = await codeOf();
    provider.clock.advance(60);
    expect((await token(codeForm(code))).json().error).toBe('invalid_grant');
  });

  test('ends the access token when its code comes again a second later', async () => {
    const code = await codeOf();
    const { access_token } = (await token(codeForm(code))).json();
    const use = async () => boundUserinfo(provider, access_token, await signUse(provider, proofKey, access_token));
    expect((await use()).statusCode).toBe(200);
    provider.clock.advance(1);
    const again = await token(codeForm(code));
    expect([again.statusCode, again.json().error]).toEqual([400, 'invalid_grant']);
    expect((await use()).statusCode).toBe(401);
  });

  test('refuses the access token of another client with the key of this one', async () => {
    const code = await codeOf({}, { whose: otherClient, proofKey: otherProofKey });
    const { access_token } = (await token(codeForm(code), { whose: otherClient, proofKey: otherProofKey })).json();
    const stolen = await boundUserinfo(provider, access_token, await signUse(provider, proofKey, access_token));
    expect([stolen.statusCode, stolen.json().error]).toEqual([401, 'invalid_token']);
  });

  test('refuses the client_id of another client beside an assertion, and to leave the assertion out', async () => {
    for (const form of [
      { client_id: otherClient.client_id },
      { client_assertion: undefined, client_assertion_type: undefined },
    ])
      for (const grant of [codeForm(await codeOf()), { grant_type: 'refresh_token', refresh_token: 'x' }]) {
        const { statusCode, ...response } = await token({ ...grant, client_id: client.client_id, ...form });
        expect([400, 401]).toContain(statusCode);
        expect(JSON.parse(response.body).error).toMatch(/^invalid_(client|request)$/);
      }
  });

  test('refuses a request_uri of another client, and one that was used', async () => {
    const { request_uri } = (await push({})).json();
    const theirs = await browser.open(pushedUrl(otherClient, request_uri));
    expect(theirs.headers.location ?? '').not.toContain('code=');
    answerOf(await browser.open(pushedUrl(client, request_uri)));
    expect(answerOf(await browser.open(pushedUrl(client, request_uri)))).toMatchObject({
      error: 'invalid_request_uri',
    });
  });
});

describe('an access token of the profile for a registered API', () => {
  const classic = 'https://classic.example/';
  const modern = 'https://modern.example/';
  const vault = 'https://vault.example/';
  const add = (resource: Record<string, unknown>) =>
    registerResource(provider.context, newResourceSchema.parse(resource), actor);
  const audience = [classic, modern, vault];
  let machine: RegisteredClient;
  let caller: RegisteredClient;
  beforeAll(async () => {
    await add({ identifier: classic, access_token_signing_alg: 'RS256' });
    await add({ identifier: modern, access_token_signing_alg: 'PS256' });
    await add({ identifier: vault, access_token_signing_alg: 'RS256', access_token_format: 'opaque' });
    caller = await register({ audience });
    const grant_types = ['client_credentials'];
    machine = await register({ grant_types, redirect_uris: [], scope: 'api:read', audience });
  });

  const ask = (form: Form) => token({ grant_type: 'client_credentials', ...form }, { whose: machine });
  const refusal = {
    error: 'invalid_target',
    error_description: `the resource ${classic} wants tokens signed with RS256, which FAPI 2.0 Security Profile forbids this client`,
  };

  test('is signed as the API wants it, where the profile allows that', async () => {
    const tokens = (
      await token(codeForm(await codeOf({ resource: modern }, { whose: caller })), { whose: caller })
    ).json();
    expect(JSON.parse(Buffer.from(tokens.access_token.split('.')[0], 'base64url').toString()).alg).toBe('PS256');
  });

  test('is never signed with RS256: the request is refused where it is made, and says why', async () => {
    for (const response of [await push({ resource: classic }, { whose: caller }), await ask({ resource: classic })]) {
      expect(response.statusCode).toBe(400);
      expect(response.json()).toEqual(refusal);
    }
  });

  test('is refused just so where the audience has such an API and the request names none', async () => {
    expect((await push({}, { whose: caller })).json()).toEqual(refusal);
    expect((await ask({})).json()).toEqual(refusal);
  });

  test('is given where the API has it opaque, for then nothing is signed', async () => {
    expect((await ask({ resource: vault })).json().access_token).toMatch(/^[\w-]{64}$/);
  });

  test('is refused from the moment at which the API is changed to RS256', async () => {
    const changing = 'https://changing.example/';
    await add({ identifier: changing, open: true });
    const code = await codeOf({ resource: changing });
    const change = { identifier: changing, open: true, access_token_signing_alg: 'RS256' };
    await updateResource(provider.context, newResourceSchema.parse(change), actor);
    expect((await token(codeForm(code))).json().error).toBe('invalid_target');
  });
});

describe('a client assertion of the profile', () => {
  test.each<[string, Call]>([
    ['the issuer in a list', { assertion: { aud: ['https://id.example/oidc'] } }],
    ['the token endpoint as its audience', { assertion: { aud: 'https://id.example/oidc/oauth2/token' } }],
    ['the push endpoint as its audience', { assertion: { aud: 'https://id.example/oidc/oauth2/par' } }],
    ['another audience', { assertion: { aud: 'https://other.example' } }],
    ['no sub', { assertion: { sub: undefined } }],
    ['an exp of five minutes ago', { assertion: { exp: Math.floor(Date.now() / 1000) - 300 } }],
    ['an nbf of more than a minute ahead', { assertion: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
  ])('is refused with %s', async (_title, changes) => {
    for (const response of [await push({}, changes), await token({ grant_type: 'refresh_token' }, changes)]) {
      expect(response.json().error).toMatch(/^invalid_(client|request)$/);
      expect([400, 401]).toContain(response.statusCode);
    }
  });

  test('is refused with RS256, although the key is registered', async () => {
    expect((await push({}, { signedWith: rsaKeys })).json().error).toBe('invalid_client');
  });

  test('is taken when its nbf and iat are eight seconds ahead', async () => {
    const ahead = provider.clock.now + 8;
    expect((await push({}, { assertion: { nbf: ahead, iat: ahead } })).statusCode).toBe(201);
  });

  test('is not left out', async () => {
    const form = { ...requestParameters, client_id: client.client_id };
    expect((await provider.post('/oidc/oauth2/par', form)).json().error).toBe('invalid_client');
  });
});

describe('a proof of the profile', () => {
  test.each<[string, (now: number) => ProofChanges]>([
    ['a query and a fragment in htu', () => ({ claims: { htu: 'https://id.example/oidc/userinfo?query=1#fragment' } })],
    ['an htu written otherwise', () => ({ claims: { htu: 'HTTPS://ID.Example:443/oidc/userinfo' } })],
    ['what nobody knows', () => ({ claims: { extra: 'x' }, header: { extra: 'x', kid: 'y' } })],
    ['an iat ten seconds ago', (now) => ({ claims: { iat: now - 10 } })],
    ['an iat ten seconds ahead', (now) => ({ claims: { iat: now + 10 } })],
  ])('is taken at userinfo with %s, whatever query the address has', async (_title, changes) => {
    const { access_token } = (await token(codeForm(await codeOf()))).json();
    const dpop = await signUse(provider, proofKey, access_token, changes(provider.clock.now));
    const headers = { authorization: `dPoP ${access_token}`, DPOP: dpop };
    expect((await provider.app.inject({ url: '/oidc/userinfo?a=b', headers })).statusCode).toBe(200);
  });

  test('is refused with RS256 at the push and token endpoints and at userinfo', async () => {
    const rsa = await makeProofKey('RS256');
    expect((await push({}, { proofKey: rsa })).json().error).toBe('invalid_dpop_proof');
    expect((await token(codeForm('a'), { proofKey: rsa })).json().error).toBe('invalid_dpop_proof');
    const { access_token } = (await token(codeForm(await codeOf()))).json();
    const response = await boundUserinfo(provider, access_token, await signUse(provider, rsa, access_token));
    expect([response.statusCode, response.json().error]).toEqual([401, 'invalid_dpop_proof']);
  });
});

describe('a refresh token of the profile', () => {
  const refresh = (refresh_token: string, changes?: Call) =>
    token({ grant_type: 'refresh_token', refresh_token }, changes);

  test('is never rotated, works with a new key each time, and not without a proof', async () => {
    const first = (await token(codeForm(await codeOf()))).json();
    const second = (await refresh(first.refresh_token, { proofKey: otherProofKey })).json();
    expect(second).toMatchObject({ token_type: 'DPoP', refresh_token: first.refresh_token });
    expect(payloadOf(second.access_token).cnf).toEqual({ jkt: otherProofKey.jkt });
    provider.clock.advance(31);
    expect((await refresh(first.refresh_token)).statusCode).toBe(200);
    const bare = await refresh(first.refresh_token, { proofKey: undefined });
    expect([bare.statusCode, bare.json().error]).toEqual([400, 'invalid_dpop_proof']);
  });

  test('is refused to another client', async () => {
    const { refresh_token } = (await token(codeForm(await codeOf()))).json();
    const refused = await refresh(refresh_token, { whose: otherClient });
    expect([refused.statusCode, refused.json().error]).toEqual([400, 'invalid_grant']);
  });
});

describe('the profile fapi2_message_signing', () => {
  let signing: RegisteredClient;
  beforeAll(async () => {
    signing = await register({ profile: 'fapi2_message_signing' });
  });

  const requestObject = (parameters: Record<string, unknown>, signedWith = keys) =>
    new SignJWT({
      ...requestParameters,
      client_id: signing.client_id,
      iss: signing.client_id,
      aud: provider.config.issuer,
      nbf: provider.clock.now,
      exp: provider.clock.now + 60,
      ...parameters,
    })
      .setProtectedHeader({ alg: signedWith.alg, kid: signedWith.kid, typ: 'oauth-authz-req+jwt' })
      .sign(signedWith.privateKey);
  const pushObject = async (request: string) => call('/oidc/oauth2/par', { request }, { whose: signing });

  test('refuses to be registered with unsigned requests', async () => {
    await expect(register({ profile: 'fapi2_message_signing', require_signed_request_object: false })).rejects.toThrow(
      'Message Signing',
    );
  });

  test('answers a signed request with a signed response', async () => {
    const pushed = (await pushObject(await requestObject({ response_mode: 'jwt' }))).json();
    const location = new URL(String((await browser.open(pushedUrl(signing, pushed.request_uri))).headers.location));
    expect([...location.searchParams.keys()]).toEqual(['response']);
    const answer = payloadOf(location.searchParams.get('response') ?? '');
    expect(answer).toMatchObject({ iss: provider.config.issuer, aud: signing.client_id, state: 'the-state' });
    const tokens = await token(codeForm(String(answer.code)), { whose: signing });
    expect(tokens.json().token_type).toBe('DPoP');
  });

  test.each<[string, Record<string, unknown>]>([
    ['no response_mode', {}],
    ['the response_mode query', { response_mode: 'query' }],
    ['the response_mode form_post', { response_mode: 'form_post' }],
  ])('refuses a request with %s, whose answer would not be signed', async (_title, parameters) => {
    const response = await pushObject(await requestObject(parameters));
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request']);
  });

  test('refuses an unsigned request', async () => {
    const form = { ...requestParameters, response_mode: 'jwt' };
    const response = await call('/oidc/oauth2/par', form, { whose: signing });
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request']);
  });

  test('refuses a request signed with RS256, although the key is registered', async () => {
    const response = await pushObject(await requestObject({ response_mode: 'jwt' }, rsaKeys));
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request_object']);
  });
});
