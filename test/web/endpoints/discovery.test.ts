import { afterAll, expect, test } from 'vitest';
import { startProvider } from '../../support/provider.ts';

const provider = await startProvider({
  settings: {
    CASTELLAN_PUBLIC_URL: 'https://id.example',
    CASTELLAN_CLIENT_REGISTRATION: 'open',
    CASTELLAN_CLIENT_ID_METADATA_DOCUMENTS: 'on',
  },
});
afterAll(() => provider.close());

const issuer = 'https://id.example/oidc';
const paths = [
  '/oidc/.well-known/openid-configuration',
  '/.well-known/openid-configuration/oidc',
  '/oidc/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/oidc',
];
const [path = ''] = paths;
const get = (url = path, headers = {}) => provider.app.inject({ method: 'GET', url, headers });
const metadata: Record<string, unknown> = (await get()).json();

test.each(paths)('%s serves the metadata as JSON to any origin, cacheable and without a cookie', async (url) => {
  const response = await get(url, { origin: 'https://app.example' });
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toMatch(/^application\/json/);
  expect(response.headers['access-control-allow-origin']).toBe('*');
  expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
  expect(response.headers['cache-control']).toBe('public, max-age=3600');
  expect(response.headers).not.toHaveProperty('set-cookie');
  expect(response.json()).toEqual(metadata);
});

test('what it says is what OpenID Connect Discovery asks for', () => {
  expect(metadata).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/oauth2/auth`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    check_session_iframe: `${issuer}/check-session`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'groups', 'offline_access'],
    response_types_supported: [
      'code',
      'code id_token',
      'code token',
      'code id_token token',
      'id_token',
      'id_token token',
      'none',
    ],
    response_modes_supported: ['query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'],
    grant_types_supported: expect.arrayContaining([
      'authorization_code',
      'implicit',
      'refresh_token',
      'client_credentials',
    ]),
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'PS256', 'EdDSA'],
    userinfo_signing_alg_values_supported: ['RS256', 'ES256', 'PS256', 'EdDSA'],
    authorization_signing_alg_values_supported: ['RS256', 'ES256', 'PS256', 'EdDSA'],
    token_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      'none',
    ],
    introspection_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
    ],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    claims_parameter_supported: true,
    pushed_authorization_request_endpoint: `${issuer}/oauth2/par`,
    require_pushed_authorization_requests: false,
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    request_object_signing_alg_values_supported: ['RS256', 'ES256', 'PS256', 'EdDSA', 'Ed25519'],
    ui_locales_supported: ['en'],
  });
  expect(metadata.claims_supported).toEqual(
    expect.arrayContaining(['sub', 'auth_time', 'acr', 'name', 'email', 'groups']),
  );
});

test('no member is null or empty, and no list says anything twice', () => {
  for (const value of Object.values(metadata)) {
    expect(value).not.toBeNull();
    if (!Array.isArray(value)) continue;
    expect(value.length).toBeGreaterThan(0);
    expect(new Set(value).size).toBe(value.length);
    for (const member of value) expect(typeof member).toBe('string');
  }
});

/** The IANA registry of OAuth Authorization Server Metadata, as far as members of ours are in it. */
const registeredMembers = new Set([
  ...['issuer', 'scopes_supported', 'response_types_supported', 'response_modes_supported', 'grant_types_supported'],
  ...['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'registration_endpoint'],
  ...['pushed_authorization_request_endpoint', 'require_pushed_authorization_requests'],
  ...['introspection_endpoint', 'revocation_endpoint', 'device_authorization_endpoint', 'end_session_endpoint'],
  ...['token', 'revocation', 'introspection'].flatMap((name) => [
    `${name}_endpoint_auth_methods_supported`,
    `${name}_endpoint_auth_signing_alg_values_supported`,
  ]),
  ...['id_token', 'userinfo', 'request_object', 'authorization', 'introspection', 'dpop'].map(
    (name) => `${name}_signing_alg_values_supported`,
  ),
  ...['subject_types_supported', 'acr_values_supported', 'claims_supported', 'prompt_values_supported'],
  ...['claims_parameter_supported', 'request_parameter_supported', 'request_uri_parameter_supported'],
  ...['require_request_uri_registration', 'require_signed_request_object', 'ui_locales_supported'],
  ...['code_challenge_methods_supported', 'authorization_response_iss_parameter_supported'],
  ...['check_session_iframe', 'backchannel_logout_supported', 'backchannel_logout_session_supported'],
  ...['frontchannel_logout_supported', 'frontchannel_logout_session_supported'],
  // Not registered yet: a draft.
  'client_id_metadata_document_supported',
]);

test('every member has a name that is registered, and the type that its name promises', () => {
  for (const [name, value] of Object.entries(metadata)) {
    expect(registeredMembers, name).toContain(name);
    if (/_endpoint$|_uri$|_iframe$/.test(name)) expect(new URL(String(value)).protocol, name).toBe('https:');
    else if (/(_values|_types|_modes|_methods|_locales|scopes|claims)_supported$/.test(name))
      expect(Array.isArray(value), name).toBe(true);
    else if (name !== 'issuer') expect(typeof value, name).toBe('boolean');
  }
  for (const scope of [metadata.scopes_supported].flat()) expect(scope).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/);
  expect(Intl.getCanonicalLocales(['en'])).toEqual(metadata.ui_locales_supported);
});

test('nothing is offered that must not be', () => {
  const text = JSON.stringify(metadata);
  for (const value of ['RSA1_5', '"password"', '"plain"', '"token"']) expect(text).not.toContain(value);
  // A MAC is for a client that has a secret and authenticates with it, and for nothing else.
  for (const [name, value] of Object.entries(metadata).filter(([name]) => /_alg_values_supported$/.test(name))) {
    expect(value).not.toContain('none');
    if (!name.endsWith('_endpoint_auth_signing_alg_values_supported')) expect(value).not.toContain('HS256');
  }
});

test.each(Object.entries(metadata).filter(([name]) => /_endpoint$|_uri$/.test(name)))(
  '%s is an address of the issuer that is served',
  async (_name, address) => {
    expect(String(address)).toMatch(/^https:\/\/id\.example\/oidc\//);
    const { pathname } = new URL(String(address));
    const statuses = await Promise.all(
      (['GET', 'POST'] as const).map(
        async (method) => (await provider.app.inject({ method, url: pathname })).statusCode,
      ),
    );
    expect(statuses).not.toEqual([404, 404]);
  },
);

test('who has the document already is told so, by strong or weak ETag or by any', async () => {
  const { headers } = await get();
  const etag = String(headers.etag);
  expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
  for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const response = await get(path, { 'if-none-match': tags });
    expect(response.statusCode).toBe(304);
    expect(response.body).toBe('');
    expect(response.headers).toMatchObject({
      etag,
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
    });
  }
  expect((await get(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
});

test('HEAD answers as GET does, without the body', async () => {
  const whole = await get();
  const head = await provider.app.inject({ method: 'HEAD', url: path });
  expect(head.statusCode).toBe(200);
  expect(head.body).toBe('');
  for (const name of ['content-type', 'etag', 'cache-control', 'content-length'])
    expect(head.headers[name]).toBe(whole.headers[name]);
});

test('a preflight is answered without credentials', async () => {
  const response = await provider.app.inject({
    method: 'OPTIONS',
    url: path,
    headers: { origin: 'https://app.example', 'access-control-request-method': 'GET' },
  });
  expect(response.statusCode).toBe(204);
  expect(response.headers['access-control-allow-origin']).toBe('*');
  expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
});

test('no request header changes a byte of it', async () => {
  const response = await get(path, {
    host: 'attacker.example',
    'x-forwarded-host': 'attacker.example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=attacker.example',
  });
  expect(response.json()).toEqual(metadata);
});
