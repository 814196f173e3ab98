import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OAuthError } from '../../src/lib/errors.ts';
import type { ClientMetadata } from '../../src/protocol/client-metadata.ts';
import {
  addClientSecret,
  findClient,
  registrationResponse,
  removeClient,
  setClientEnabled,
} from '../../src/protocol/clients.ts';
import { registerClient, updateClient } from '../../src/protocol/register-client.ts';
import { parseClientMetadata, readClientMetadata } from '../../src/protocol/registrable-metadata.ts';
import { sql } from '../../src/storage/database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

const web = { redirect_uris: ['https://app.example/callback'] };
const native = { application_type: 'native', token_endpoint_auth_method: 'none' };
const parse = (metadata: unknown): ClientMetadata => parseClientMetadata(metadata, 'the-client');

/** The error that refuses it, and the members that the problems name. */
function refusal(metadata: unknown): { error: string; members: string[] } {
  const read = readClientMetadata(metadata, 'the-client');
  const members = 'problems' in read ? read.problems.map(({ member }) => member) : [];
  try {
    parse(metadata);
  } catch (error) {
    if (error instanceof OAuthError) return { error: error.error, members };
    throw error;
  }
  return { error: 'none', members };
}

describe('a redirect URI is refused', () => {
  test.each<[string, string]>([
    ['for a script', 'javascript:alert(1)'],
    ['for a script in capitals', 'JavaScript:alert(1)'],
    ['for data', 'data:text/html,<script>alert(1)</script>'],
    ['for vbscript', 'vbscript:msgbox'],
    ['for a file', 'file:///etc/passwd'],
    ['for a blob', 'blob:https://app.example/x'],
    ['for about', 'about:blank'],
    ['for mail', 'mailto:alice@example.com'],
    ['over plain http', 'http://app.example/callback'],
    ['over plain http to a name that only begins as loopback', 'http://localhost.evil.example/callback'],
    ['over plain http to a private network', 'http://192.168.1.10/callback'],
    ['over ftp', 'ftp://app.example/callback'],
    ['over a web socket', 'wss://app.example/callback'],
    ['with a fragment', 'https://app.example/callback#x'],
    ['with an empty fragment', 'https://app.example/callback#'],
    ['with a wildcard host', 'https://*.app.example/callback'],
    ['with a wildcard path', 'https://app.example/*'],
    ['with a wildcard port', 'https://app.example:*/callback'],
    ['with a user name', 'https://user@app.example/callback'],
    ['with a user name and password', 'https://user:pass@app.example/callback'],
    ['with a user name that looks like a host', 'https://app.example@evil.example/callback'],
    ['with a dot segment', 'https://app.example/a/../callback'],
    ['with an encoded dot segment', 'https://app.example/a/%2e%2E/callback'],
    ['with half an encoded dot segment', 'https://app.example/.%2e/callback'],
    ['with a single dot segment', 'https://app.example/./callback'],
    ['that ends in a dot segment', 'https://app.example/..'],
    ['with a backslash', 'https://app.example\\callback'],
    ['with a backslash before a host', 'https://app.example\\@evil.example/'],
    ['with letters beyond ASCII in the host', 'https://äpp.example/callback'],
    ['with letters that look like ASCII', 'https://аpp.example/callback'],
    ['with a full-width dot', 'https://app。example/callback'],
    ['with a full-width slash', 'https://app.example／callback'],
    ['with letters beyond ASCII in the path', 'https://app.example/zurück'],
    ['with a soft hyphen', 'https://app\u00adexample/callback'],
    ['with a direction mark', 'https://app.example/\u202ecallback'],
    ['with a blank', 'https://app.example/call back'],
    ['with a blank in front', ' https://app.example/callback'],
    ['with a line break', 'https://app.example/callback\r\nSet-Cookie: a=b'],
    ['with a tab', 'https://app.example/call\tback'],
    ['with NUL', 'https://app.example/callback\0'],
    ['with a lone surrogate', 'https://app.example/\ud800'],
    ['with quotes', 'https://app.example/"callback"'],
    ['with angle brackets', 'https://app.example/<callback>'],
    ['with curly brackets', 'https://app.example/{callback}'],
    ['with a percent sign alone', 'https://app.example/100%'],
    ['with a broken percent escape', 'https://app.example/%zz'],
    ['with one slash', 'https:/app.example/callback'],
    ['with no slash', 'https:app.example/callback'],
    ['with three slashes', 'https:///app.example/callback'],
    ['without a host', 'https://'],
    ['that is relative', '/callback'],
    ['that is relative to the scheme', '//app.example/callback'],
    ['that is a host', 'app.example/callback'],
    ['that is empty', ''],
    ['with a code in its query', 'https://app.example/callback?code=evil'],
    ['with a state in its query', 'https://app.example/callback?x=1&state=evil'],
    ['with an issuer in its query', 'https://app.example/callback?iss=evil'],
    ['with an error in its query', 'https://app.example/callback?error=evil'],
    ['with an encoded parameter of the answer', 'https://app.example/callback?%63ode=evil'],
    ['with a host that is none', 'https://app.example:99999/callback'],
    ['with the port 0', 'http://127.0.0.1:0/callback'],
    ['of 2001 characters', `https://app.example/${'x'.repeat(1981)}`],
    ['with a scheme of its own, for a web application', 'com.example.app:/callback'],
    ['with a range of ports that is upside down', 'http://localhost:[3666-3636]/callback'],
    ['with a range of ports from 0', 'http://localhost:[0-10]/callback'],
    ['with a range of ports beyond the last one', 'http://localhost:[65000-65536]/callback'],
    ['with a range of 1001 ports', 'http://localhost:[3000-4000]/callback'],
    ['with a range of ports on another host', 'https://app.example:[3636-3666]/callback'],
    ['with a range of ports and a fragment', 'http://localhost:[3636-3666]/callback#x'],
    ['with a range of ports and a dot segment', 'http://localhost:[3636-3666]/../callback'],
    ['with a range of ports and a code', 'http://localhost:[3636-3666]/callback?code=evil'],
  ])('%s', (_title, uri) => {
    expect(refusal({ redirect_uris: [uri] })).toEqual({ error: 'invalid_redirect_uri', members: ['redirect_uris'] });
    expect(refusal({ redirect_uris: [...web.redirect_uris, uri] }).error).toBe('invalid_redirect_uri');
    const asSignedOut = refusal({ ...web, post_logout_redirect_uris: [uri] });
    expect(asSignedOut).toEqual({ error: 'invalid_client_metadata', members: ['post_logout_redirect_uris'] });
  });

  test.each([
    'javascript:alert(1)',
    'myapp:/callback',
    'MYAPP.example:/callback',
    'com.Example.app:/callback',
    'http://app.example/callback',
    'http://10.0.0.1/callback',
    'com.example.app:/callback#x',
    'com.example.app:/*',
  ])('of a native application: %s', (uri) => {
    expect(refusal({ ...native, redirect_uris: [uri] }).error).toBe('invalid_redirect_uri');
  });

  test('as a list that is none, or has what is no text in it', () => {
    for (const redirect_uris of [null, {}, 'https://app.example/', [null], [1], [{}], [['https://app.example/']], [[]]])
      expect(refusal({ redirect_uris }).error).toBe('invalid_redirect_uri');
    const sparse = ['https://app.example/a'];
    sparse[2] = 'https://app.example/b';
    expect(refusal({ redirect_uris: sparse }).error).toBe('invalid_redirect_uri');
    expect(refusal({ redirect_uris: Array.from({ length: 51 }, (_, n) => `https://app.example/${n}`) }).error).toBe(
      'invalid_redirect_uri',
    );
    expect(refusal({ redirect_uris: [] }).error).toBe('invalid_redirect_uri');
    expect(refusal({}).error).toBe('invalid_redirect_uri');
  });

  test('with a reason that shows no character which could mislead', () => {
    const problem = () => parse({ redirect_uris: ['https://аpp.example/\u202e\r\nx'] });
    expect(problem).toThrow(/^invalid_redirect_uri: [\x20-\x7e]+$/);
  });

  test('as one for signing out, where a range of ports stands for no address', () => {
    const ranged = { redirect_uris: ['http://localhost:[3636-3666]/cb'] };
    expect(refusal({ ...ranged, post_logout_redirect_uris: ['http://localhost:[3636-3666]/out'] })).toEqual({
      error: 'invalid_client_metadata',
      members: ['post_logout_redirect_uris'],
    });
  });
});

describe('a redirect URI is registered as it stands', () => {
  test.each([
    'https://app.example',
    'https://app.example/',
    'https://APP.example:443/Callback',
    'https://app.example/callback?foo=bar&x=%20y',
    'https://app.example/a;b=c/~user/$x!(y)',
    'https://xn--pp-uia.example/callback',
    'https://[2001:db8::1]/callback',
    'http://localhost/callback',
    'http://localhost:3000/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:8080/callback',
    'http://localhost:[3636-3666]/callback',
    'https://app.example/...',
    'https://app.example/a..b/.well-known/x',
    `https://app.example/${'x'.repeat(1980)}`,
  ])('%s', (uri) => {
    expect(parse({ redirect_uris: [uri] }).redirect_uris).toEqual([uri]);
  });

  test.each([
    'com.example.app:/callback',
    'com.example.app://callback',
    'com.example-1.app:/a?b=c',
    'https://app.example/cb',
  ])('by a native application: %s', (uri) => {
    expect(parse({ ...native, redirect_uris: [uri] }).redirect_uris).toEqual([uri]);
  });
});

describe('metadata is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['with a member that nobody knows', { software_id: 'x' }, 'software_id'],
    ['that makes itself trusted', { trusted: true }, 'trusted'],
    ['that skips consent by another name', { skip_consent: true }, 'skip_consent'],
    ['that makes itself an administrator', { admin: true }, 'admin'],
    ['that brings a client_id inside', { client_id: 'mine' }, 'client_id'],
    ['that brings a secret inside', { client_secret: 'mine-and-long-enough' }, 'client_secret'],
    ['with an empty set of keys', { jwks: { keys: [] } }, 'jwks'],
    ['with plain http for its keys', { jwks_uri: 'http://app.example/jwks' }, 'jwks_uri'],
    ['with plain http for its sector', { sector_identifier_uri: 'http://app.example/' }, 'sector_identifier_uri'],
    ['with a script for request objects', { request_uris: ['javascript:alert(1)'] }, 'request_uris'],
    ['with a script as back channel', { backchannel_logout_uri: 'javascript:alert(1)' }, 'backchannel_logout_uri'],
    ['with a script as front channel', { frontchannel_logout_uri: 'javascript:alert(1)' }, 'frontchannel_logout_uri'],
    ['with a name in another direction', { client_name: 'Security \u202esgnittes' }, 'client_name'],
    ['with a name of zero width', { client_name: 'Goog\u200ble' }, 'client_name'],
    ['with a name of only what is invisible', { client_name: '\u2060' }, 'client_name'],
    ['with a byte order mark', { client_name: 'A\ufeffpp' }, 'client_name'],
    ['with a line break in the name', { client_name: 'App\nAdmin' }, 'client_name'],
    ['with a paragraph separator in the name', { client_name: 'App\u2029Admin' }, 'client_name'],
    ['with a lone surrogate in the name', { client_name: 'App\ud83d' }, 'client_name'],
    ['with NUL in the name', { client_name: 'App\0' }, 'client_name'],
    ['with a blank name', { client_name: '   ' }, 'client_name'],
    ['with a name of 101 characters', { client_name: 'x'.repeat(101) }, 'client_name'],
    ['with a name that is no text', { client_name: ['App'] }, 'client_name'],
    ['with an unknown application_type', { application_type: 'service' }, 'application_type'],
    ['with an unknown grant type', { grant_types: ['authorization_code', 'password'] }, 'grant_types'],
    ['with the grant type implicit and nothing to use it', { grant_types: ['implicit'] }, 'response_types'],
    ['with a grant type of an object', { grant_types: ['__proto__'] }, 'grant_types'],
    ['with no grant type', { grant_types: [] }, 'grant_types'],
    ['with grant types that are no list', { grant_types: 'authorization_code' }, 'grant_types'],
    ['with the response type token', { response_types: ['token'] }, 'response_types'],
    ['with the response type id_token without its grant', { response_types: ['code', 'id_token'] }, 'grant_types'],
    ['with an unknown method', { token_endpoint_auth_method: 'tls_client_auth' }, 'token_endpoint_auth_method'],
    ['with a method of an object', { token_endpoint_auth_method: 'constructor' }, 'token_endpoint_auth_method'],
    ['with unsigned ID Tokens', { id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
    ['with ID Tokens under a shared secret', { id_token_signed_response_alg: 'HS256' }, 'id_token_signed_response_alg'],
    ['with unsigned access tokens', { access_token_signed_response_alg: 'none' }, 'access_token_signed_response_alg'],
    ['with an algorithm in small letters', { id_token_signed_response_alg: 'rs256' }, 'id_token_signed_response_alg'],
    ['with an unknown kind of subjects', { subject_type: 'sectored' }, 'subject_type'],
    ['with a scope outside the grammar', { scope: 'openid "x"' }, 'scope'],
    ['with a scope beyond ASCII', { scope: 'openid prénom' }, 'scope'],
    ['with 101 scope values', { scope: Array.from({ length: 101 }, (_, n) => `s${n}`).join(' ') }, 'scope'],
    ['with a scope that is no text', { scope: ['openid'] }, 'scope'],
    ['with a script as home page', { client_uri: 'javascript:alert(1)' }, 'client_uri'],
    ['with a script as logo', { logo_uri: 'javascript:alert(1)' }, 'logo_uri'],
    ['with data as logo', { logo_uri: 'data:image/svg+xml,<svg onload=alert(1)>' }, 'logo_uri'],
    ['with plain http for its policy', { policy_uri: 'http://app.example/policy' }, 'policy_uri'],
    ['with a script as terms', { tos_uri: 'javascript:alert(1)' }, 'tos_uri'],
    ['with markup for its terms', { tos_uri: 'https://<script>' }, 'tos_uri'],
    ['with contacts that are no list', { contacts: 'alice@example.com' }, 'contacts'],
    ['with invisible contacts', { contacts: ['\u200b'] }, 'contacts'],
    ['with 21 contacts', { contacts: Array.from({ length: 21 }, () => 'a@example.com') }, 'contacts'],
    ['with an audience that is no list', { audience: 'https://api.example' }, 'audience'],
    ['with an audience in another direction', { audience: ['\u202ehttps://api.example'] }, 'audience'],
    ['with an empty audience', { audience: [''] }, 'audience'],
    ['with a negative lifetime', { access_token_seconds: -1 }, 'access_token_seconds'],
    ['with a lifetime of nothing', { access_token_seconds: 0 }, 'access_token_seconds'],
    ['with a lifetime of 1.5 seconds', { access_token_seconds: 60.5 }, 'access_token_seconds'],
    ['with a lifetime as text', { access_token_seconds: '60' }, 'access_token_seconds'],
    ['with an access token for a year', { access_token_seconds: 31_536_000 }, 'access_token_seconds'],
    ['with a code for an hour', { authorization_code_seconds: 3600 }, 'authorization_code_seconds'],
    ['with a refresh token for a thousand years', { refresh_token_seconds: 31_536_000_000 }, 'refresh_token_seconds'],
    ['with a negative max_age', { default_max_age: -1 }, 'default_max_age'],
    ['with an endless max_age', { default_max_age: Number.MAX_SAFE_INTEGER }, 'default_max_age'],
    ['with a flag as text', { first_party: 'true' }, 'first_party'],
    ['with PKCE as a number', { require_pkce: 1 }, 'require_pkce'],
  ])('%s', (_title, changes, member) => {
    const refused = refusal({ ...web, ...changes });
    expect(refused.error).toBe('invalid_client_metadata');
    expect(refused.members).toContain(member);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['the code grant without its response type', { ...web, response_types: [] }, 'response_types'],
    [
      'the response type code without its grant',
      { ...web, grant_types: ['client_credentials'], response_types: ['code'] },
      'grant_types',
    ],
    ['refresh tokens without a grant that gives them', { ...web, grant_types: ['refresh_token'] }, 'grant_types'],
    [
      'client_credentials without credentials',
      { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
      'grant_types',
    ],
    [
      'a public client that need not use PKCE',
      { ...web, token_endpoint_auth_method: 'none', require_pkce: false },
      'require_pkce',
    ],
  ])('when it contradicts itself: %s', (_title, metadata, member) => {
    expect(refusal(metadata)).toEqual({ error: 'invalid_client_metadata', members: [member] });
  });

  test.each([null, undefined, [], 'text', 1, true, () => ({})])('when it is no object: %s', (metadata) => {
    expect(refusal(metadata).error).toBe('invalid_client_metadata');
  });

  test.each(['{"__proto__":{"first_party":true},"redirect_uris":["https://app.example/"]}', '{"constructor":{}}'])(
    'with the members that objects have: %s',
    (json) => {
      expect(refusal(JSON.parse(json)).error).toBe('invalid_client_metadata');
      expect('first_party' in Object.prototype).toBe(false);
    },
  );

  test('with every problem at once, each naming its member', () => {
    const { error, members } = refusal({ redirect_uris: 'x', grant_types: ['x'], scope: 1, whatever: 1 });
    expect(error).toBe('invalid_client_metadata');
    expect(members.sort()).toEqual(['grant_types', 'redirect_uris', 'scope', 'whatever']);
  });
});

describe('what is not said', () => {
  test('is filled in for a web application as OpenID Connect Registration and safety want it', () => {
    expect(parse(web)).toEqual({
      ...web,
      client_name: 'the-client',
      application_type: 'web',
      post_logout_redirect_uris: [],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email address phone groups offline_access',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      authorization_signed_response_alg: 'RS256',
      introspection_signed_response_alg: 'RS256',
      access_token_signed_response_alg: 'ES256',
      request_uris: [],
      require_signed_request_object: false,
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
      backchannel_logout_session_required: false,
      frontchannel_logout_session_required: false,
      require_auth_time: false,
      require_pkce: true,
      first_party: false,
      audience: [],
    });
  });

  test('is filled in for a machine without a response type', () => {
    const machine = parse({ grant_types: ['client_credentials'] });
    expect(machine).toMatchObject({ redirect_uris: [], response_types: [], require_pkce: true });
  });

  test('is filled in with a name that may be stored, however long the client_id is', () => {
    const once = parseClientMetadata(web, 'c'.repeat(200));
    expect(once.client_name).toBe('c'.repeat(100));
    expect(parseClientMetadata(once, 'c'.repeat(200))).toEqual(once);
  });

  test('stays as it is when it was said', () => {
    const said = {
      ...web,
      client_name: 'Zoë’s Photos 🦊',
      client_uri: 'https://app.example/',
      scope: 'openid api:read',
      require_pkce: false,
      first_party: true,
      audience: ['https://api.example'],
      access_token_seconds: 300,
      id_token_signed_response_alg: 'EdDSA',
    };
    expect(parse(said)).toMatchObject(said);
  });

  test('is what parsing it again gives', () => {
    const once = parse({ ...web, client_name: ' App ' });
    expect(parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
    expect(once.client_name).toBe('App');
  });
});

describe.each(engines)('registration on %s', (engine) => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterAll(() => provider.close());
  const register = (metadata: unknown, given?: { client_id?: string; client_secret?: string }) =>
    registerClient(provider.context, metadata, actor, given);

  test('answers with everything that now holds, and a secret of 256 bits that is stored as a hash', async () => {
    const { client, client_secret } = await register(web);
    expect(client_secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(client.client_id).toMatch(/^[0-9a-f]{24}$/);
    expect(registrationResponse(client, client_secret)).toMatchObject({
      client_id: client.client_id,
      client_secret,
      client_secret_expires_at: 0,
      client_id_issued_at: provider.clock.now,
      ...parseClientMetadata(web, client.client_id),
    });
    const { database } = provider.context;
    const rows = [
      ...(await database.all(sql`SELECT * FROM client_secrets`)),
      ...(await database.all(sql`SELECT * FROM clients`)),
    ];
    expect(JSON.stringify(rows)).not.toContain(client_secret);
    expect(await findClient(provider.context, client.client_id)).toEqual(client);
  });

  test('is not undone by a rule that came later', async () => {
    const { client } = await register(web);
    const stored = { ...web, grant_types: ['authorization_code', 'gone'], redirect_uris: ['https://app.example:0/cb'] };
    expect(refusal(stored).members).not.toEqual([]);
    const { database } = provider.context;
    const metadata = JSON.stringify(stored);
    await database.run(sql`UPDATE clients SET metadata = ${metadata} WHERE client_id = ${client.client_id}`);
    expect(await findClient(provider.context, client.client_id)).toMatchObject({ ...stored, response_types: ['code'] });
  });

  test('gives a public client no secret, and takes none from it', async () => {
    const { client, client_secret } = await register({ ...web, token_endpoint_auth_method: 'none' });
    expect(client_secret).toBeUndefined();
    expect('client_secret_expires_at' in registrationResponse(client)).toBe(false);
    await expect(
      register({ ...web, token_endpoint_auth_method: 'none' }, { client_secret: 'a-secret-of-some-length' }),
    ).rejects.toThrow('invalid_client_metadata');
    await expect(addClientSecret(provider.context, client, actor)).rejects.toThrow('invalid_client_metadata');
  });

  test.each([
    ['an empty client_id', { client_id: '' }],
    ['a client_id with a blank', { client_id: 'my app' }],
    ['a client_id beyond ASCII', { client_id: 'äpp' }],
    ['a client_id with a line break', { client_id: 'app\n' }],
    ['a client_id of 201 characters', { client_id: 'x'.repeat(201) }],
    ['a secret of 15 characters', { client_secret: 'x'.repeat(15) }],
    ['a secret of 501 characters', { client_secret: 'x'.repeat(501) }],
    ['a secret beyond ASCII', { client_secret: 'ein-geheimnis-mit-ümlaut' }],
  ])('of an existing application is refused with %s', async (_title, given) => {
    await expect(register(web, given)).rejects.toThrow('invalid_client_metadata');
  });

  test('of one client_id at the same instant succeeds once', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, () => register(web, { client_id: 'moved-here' })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    await expect(register(web, { client_id: 'moved-here' })).rejects.toThrow('invalid_client_metadata');
  });

  test('keeps what was there when a change is refused', async () => {
    const { client } = await register(web);
    await expect(
      updateClient(provider.context, client, { redirect_uris: ['javascript:alert(1)'] }, actor),
    ).rejects.toThrow('invalid_redirect_uri');
    expect(await findClient(provider.context, client.client_id)).toEqual(client);
  });

  test('replaced by a change forgets what is no longer said', async () => {
    const { client } = await register({ ...web, client_name: 'Old', first_party: true, access_token_seconds: 60 });
    const { client: changed } = await updateClient(provider.context, client, web, actor);
    expect(changed).toMatchObject({ client_name: client.client_id, first_party: false });
    expect(changed.access_token_seconds).toBeUndefined();
    expect(await findClient(provider.context, client.client_id)).toEqual(changed);
  });

  test('gives a client that becomes confidential its first secret', async () => {
    const { client } = await register({ ...web, token_endpoint_auth_method: 'none' });
    const { client_secret } = await updateClient(provider.context, client, web, actor);
    expect(client_secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await updateClient(provider.context, client, web, actor)).client_secret).toBeUndefined();
  });

  test('is gone with the client, and a second removal says so', async () => {
    const { client } = await register(web);
    expect(await setClientEnabled(provider.context, client.client_id, false, actor)).toBe(true);
    expect((await findClient(provider.context, client.client_id))?.disabled).toBe(true);
    expect(await removeClient(provider.context, client.client_id, actor)).toBe(true);
    expect(await findClient(provider.context, client.client_id)).toBeUndefined();
    expect(await removeClient(provider.context, client.client_id, actor)).toBe(false);
  });

  test.each(['', ' ', "' OR 1=1 --", '%', 'x'.repeat(300), 'a\0b', '\ud800', '__proto__'])(
    'is not found by %j',
    async (client_id) => {
      expect(await findClient(provider.context, client_id)).toBeUndefined();
    },
  );
});
