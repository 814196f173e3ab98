import { createHmac, generateKeyPairSync } from 'node:crypto';
import {
  anything,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  record,
  string,
} from 'fast-check';
import { exportSPKI, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OutboundError } from '../../src/lib/outbound-fetch.ts';
import { sha256 } from '../../src/lib/split-token.ts';
import { addClientSecret, removeClientSecret } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { listClientSecrets } from '../../src/storage/client-secrets.ts';
import {
  assertionType,
  type ClientKeyPair,
  makeKeyPair,
  secretKeyPair,
  signAssertion,
  withAssertion,
} from '../support/client-assertion.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Form, type Provider, type RegisteredClient, startProvider } from '../support/provider.ts';

const tokenPath = '/oidc/oauth2/token';
/** What an authenticated client is told for it, and nobody else. */
const grant = { grant_type: 'refresh_token', refresh_token: 'x' };
const algs = ['PS256', 'ES256', 'EdDSA', 'Ed25519', 'RS256'];

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe.each(engines)('a client that authenticates with an assertion on %s', (engine) => {
  let provider: Provider;
  let keys: Record<string, ClientKeyPair>;
  let jwks: { keys: JWK[] };
  let client: RegisteredClient;
  let es256: ClientKeyPair;
  /** What is served at every jwks_uri. */
  let published: { keys: JWK[] };
  const fetched: string[] = [];

  const key = (alg: string): ClientKeyPair => {
    const found = keys[alg];
    if (!found) throw new Error(`no key for ${alg}`);
    return found;
  };
  const ask = (form: Form, path = tokenPath) => provider.post(path, { ...grant, ...form });
  const present = async (assertion: string | Promise<string>, form: Form = {}) =>
    (await ask({ ...withAssertion(await assertion), ...form })).json();
  /** Signs whatever header and payload there are, which no library would. */
  const signRaw = async (header: unknown, payload: unknown) => {
    const input = `${part(header)}.${part(payload)}`;
    const { privateKey } = es256;
    if (privateKey instanceof Uint8Array) throw new Error('no private key');
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  };
  const goodPayload = () => ({
    iss: client.client_id,
    sub: client.client_id,
    aud: provider.config.issuer,
    exp: provider.clock.now + 60,
    jti: crypto.randomUUID(),
  });

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      async fetchPublic(address) {
        fetched.push(address);
        if (!address.includes('jwks')) throw new OutboundError(new Error('nothing there'));
        return { status: 200, contentType: 'application/json', headers: {}, body: JSON.stringify(published) };
      },
    });
    keys = Object.fromEntries(await Promise.all(algs.map(async (alg) => [alg, await makeKeyPair(alg)])));
    jwks = { keys: Object.values(keys).map(({ publicJwk }) => publicJwk) };
    published = jwks;
    es256 = key('ES256');
    client = await provider.register({ token_endpoint_auth_method: 'private_key_jwt', jwks });
  });
  afterAll(() => provider.close());

  test.each(algs)('is known by a signature with %s', async (alg) => {
    const response = await ask(withAssertion(await signAssertion(provider, client, key(alg))));
    expect(response.json().error).toBe('invalid_grant');
  });

  test('gets tokens, and has no secret', async () => {
    const machine = await provider.register({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks,
      grant_types: ['client_credentials'],
      response_types: [],
      scope: 'api:read',
    });
    expect(machine.client_secret).toBe('');
    expect(await listClientSecrets(provider.context.database, machine.client_id)).toEqual([]);
    const form = { grant_type: 'client_credentials', ...withAssertion(await signAssertion(provider, machine, es256)) };
    const tokens = await provider.post(tokenPath, { ...form, client_id: machine.client_id });
    expect(tokens.statusCode).toBe(200);
    const introspected = await provider.post('/oidc/oauth2/introspect', {
      token: tokens.json().access_token,
      ...withAssertion(await signAssertion(provider, machine, es256)),
    });
    expect(introspected.json().active).toBe(true);
  });

  describe('presents', () => {
    test('an assertion once, and a second time is 401', async () => {
      const assertion = await signAssertion(provider, client, es256);
      expect((await present(assertion)).error).toBe('invalid_grant');
      const second = await ask(withAssertion(assertion));
      expect(second.statusCode).toBe(401);
      expect(second.json()).toEqual({
        error: 'invalid_client',
        error_description: 'the client assertion was used before',
      });
    });

    test('an assertion 20 times at the same instant, and one is heard', async () => {
      const assertion = await signAssertion(provider, client, es256);
      const answers = await Promise.all(Array.from({ length: 20 }, () => present(assertion)));
      expect(answers.filter(({ error }) => error === 'invalid_grant')).toHaveLength(1);
      expect(answers.filter(({ error }) => error === 'invalid_client')).toHaveLength(19);
    });

    test('a jti that another client has used too', async () => {
      const other = await provider.register({ token_endpoint_auth_method: 'private_key_jwt', jwks });
      for (const who of [client, other])
        expect((await present(signAssertion(provider, who, es256, { jti: 'the same' }))).error).toBe('invalid_grant');
      expect((await present(signAssertion(provider, other, es256, { jti: 'the same' }))).error).toBe('invalid_client');
    });

    test('a wrong assertion, which uses up no jti', async () => {
      const jti = 'kept';
      expect((await present(signAssertion(provider, client, es256, { jti, aud: 'other' }))).error).toBe(
        'invalid_client',
      );
      expect((await present(signAssertion(provider, client, es256, { jti }))).error).toBe('invalid_grant');
    });
  });

  describe('is known by an assertion', () => {
    test.each<[string, (issuer: string, now: number) => Record<string, unknown>, Record<string, unknown>?]>([
      ['for the issuer in a list', (issuer) => ({ aud: [issuer] })],
      ['for the token endpoint', (issuer) => ({ aud: `${issuer}/oauth2/token` })],
      ['for issuer and token endpoint', (issuer) => ({ aud: [issuer, `${issuer}/oauth2/token`] })],
      ['without iat', () => ({ iat: undefined })],
      ['with iat and nbf 8 seconds ahead', (_, now) => ({ iat: now + 8, nbf: now + 8 })],
      ['with iat an hour ago', (_, now) => ({ iat: now - 3600 })],
      ['in its last second', (_, now) => ({ exp: now + 1 })],
      ['with 5 minutes to live', (_, now) => ({ exp: now + 300 })],
      ['without kid', () => ({}), { kid: undefined }],
      ['of typ JWT', () => ({}), { typ: 'JWT' }],
      ['of typ client-authentication+jwt', () => ({}), { typ: 'client-authentication+jwt' }],
      ['with members that nobody knows', () => ({ scope: 'x', __proto__: 'y' }), { x5t: 'abc' }],
    ])('%s', async (_title, claims, header = {}) => {
      const changed = claims(provider.config.issuer, provider.clock.now);
      expect(await present(signAssertion(provider, client, es256, changed, header))).toMatchObject({
        error: 'invalid_grant',
      });
    });

    test('for the endpoint that it calls, and not for another one', async () => {
      const { issuer } = provider.config;
      const revocation = '/oidc/oauth2/revoke';
      const assertion = () => signAssertion(provider, client, es256, { aud: `${issuer}/oauth2/revoke` });
      expect((await ask({ token: 'x', ...withAssertion(await assertion()) }, revocation)).statusCode).toBe(200);
      expect((await present(assertion())).error).toBe('invalid_client');
    });
  });

  test('and is held to FAPI 2.0 is known by an assertion for the issuer alone, as one string, and not by RS256', async () => {
    const { issuer } = provider.config;
    const held = await provider.register({ profile: 'fapi2', jwks });
    const revoke = async (alg: string, aud: unknown) =>
      (
        await ask(
          { token: 'x', ...withAssertion(await signAssertion(provider, held, key(alg), { aud })) },
          '/oidc/oauth2/revoke',
        )
      ).statusCode;
    for (const alg of ['PS256', 'ES256', 'EdDSA']) expect(await revoke(alg, issuer)).toBe(200);
    expect(await revoke('RS256', issuer)).toBe(401);
    for (const aud of [[issuer], `${issuer}/oauth2/token`, `${issuer}/oauth2/revoke`, [issuer, issuer]])
      expect(await revoke('ES256', aud)).toBe(401);
  });

  describe('is 401 with an assertion', () => {
    const year = 365 * 86_400;
    test.each<[string, Record<string, unknown> | ((issuer: string, now: number) => Record<string, unknown>)]>([
      ['without iss', { iss: undefined }],
      ['without sub', { sub: undefined }],
      ['without aud', { aud: undefined }],
      ['without exp', { exp: undefined }],
      ['without jti', { jti: undefined }],
      ['whose iss is not its sub', { iss: 'other' }],
      ['of nobody', { iss: 'nobody', sub: 'nobody' }],
      ['for somebody else', { aud: 'https://other.example' }],
      ['for us and somebody else', (issuer) => ({ aud: [issuer, 'https://other.example'] })],
      ['for nobody', { aud: [] }],
      ['for the issuer with a slash', (issuer) => ({ aud: `${issuer}/` })],
      ['for the issuer in capitals', (issuer) => ({ aud: issuer.toUpperCase() })],
      ['for itself', { aud: 'CLIENT' }],
      ['for an object', { aud: { iss: 'x' } }],
      ['that has expired', (_, now) => ({ exp: now })],
      ['that expired long ago', (_, now) => ({ exp: now - year })],
      ['that lives ten minutes', (_, now) => ({ exp: now + 600 })],
      ['that lives 50 years', (_, now) => ({ exp: now + 50 * year })],
      ['of the future', (_, now) => ({ iat: now + 61 })],
      ['not good yet', (_, now) => ({ nbf: now + 61 })],
      ['with exp as text', (_, now) => ({ exp: `${now + 60}` })],
      ['with exp as a fraction', (_, now) => ({ exp: now + 60.5 })],
      ['with exp in a list', (_, now) => ({ exp: [now + 60] })],
      ['with exp below zero', { exp: -1 }],
      ['with exp beyond all numbers', { exp: 1e308 }],
      ['with exp of null', { exp: null }],
      ['with nbf as text', { nbf: '0' }],
      ['with iat as a list', { iat: [0] }],
      ['with an empty jti', { jti: '' }],
      ['with a jti that is a number', { jti: 7 }],
      ['with a jti of 2 kB', { jti: 'x'.repeat(2000) }],
      ['of more than 8 kB', { padding: 'x'.repeat(8000) }],
    ])('%s', async (_title, claims) => {
      const changed = typeof claims === 'function' ? claims(provider.config.issuer, provider.clock.now) : claims;
      const response = await ask(withAssertion(await signAssertion(provider, client, es256, changed)));
      expect(response.json()).toMatchObject({
        error: expect.stringMatching(/^invalid_(client|request)$/),
        error_description: expect.stringMatching(/\S/),
      });
      expect([400, 401]).toContain(response.statusCode);
      expect(response.headers['cache-control']).toBe('no-store');
    });

    test.each<[string, Record<string, unknown>]>([
      ['of typ at+jwt', { typ: 'at+jwt' }],
      ['of typ dpop+jwt', { typ: 'dpop+jwt' }],
      ['of typ logout+jwt', { typ: 'logout+jwt' }],
      ['of typ oauth-authz-req+jwt', { typ: 'oauth-authz-req+jwt' }],
      ['of typ 7', { typ: 7 }],
      ['with an empty crit', { crit: [] }],
      ['with a crit nobody knows', { crit: ['x'], x: 1 }],
      ['with crit of alg', { crit: ['alg'] }],
      ['with crit of exp', { crit: ['exp'], exp: 1 }],
      ['with b64', { b64: false, crit: ['b64'] }],
      ['with b64 and no crit', { b64: false }],
      ['with alg none', { alg: 'none' }],
      ['with alg NONE', { alg: 'NONE' }],
      ['with alg nOnE', { alg: 'nOnE' }],
      ['with an alg that is not its key', { alg: 'PS256', kid: 'ES256' }],
      ['with the alg of another key', { alg: 'EdDSA' }],
      ['with an alg that nobody knows', { alg: 'ES256K' }],
      ['with an alg of encryption', { alg: 'RSA-OAEP', enc: 'A256GCM' }],
      ['with an alg of the prototype', { alg: 'constructor' }],
      ['with an alg that is a list', { alg: ['ES256'] }],
      ['without alg', { alg: undefined }],
      ['with a kid that nobody knows', { kid: 'unknown' }],
      ['with a kid that is a path', { kid: '../../../etc/passwd' }],
      ['with a kid of SQL', { kid: "' UNION SELECT 1 --" }],
      ['with a kid of the prototype', { kid: '__proto__' }],
      ['with a kid of NUL', { kid: '\0' }],
      ['with a kid that is a number', { kid: 7 }],
      ['with a kid of 5 kB', { kid: 'x'.repeat(5000) }],
    ])('%s', async (_title, header) => {
      const assertion = await signRaw({ alg: 'ES256', kid: 'ES256', ...header }, goodPayload());
      const response = await ask(withAssertion(assertion));
      expect(response.json().error).toBe('invalid_client');
      expect(response.statusCode).toBe(401);
    });

    test('signed by a stranger whose header brings the key or says where it is, and nothing is fetched', async () => {
      const stranger = await makeKeyPair('ES256');
      const before = fetched.length;
      for (const header of [
        { jwk: stranger.publicJwk },
        { jku: 'https://attacker.example/jwks.json' },
        { x5u: 'https://attacker.example/cert.pem' },
        { x5c: ['MIIB'] },
        { jwk: stranger.publicJwk, kid: undefined },
      ])
        expect((await present(signAssertion(provider, client, stranger, {}, header))).error).toBe('invalid_client');
      expect(fetched.length).toBe(before);
    });

    test('of a MAC keyed with anything that is public of the client', async () => {
      const { publicJwk } = key('RS256');
      const publicKey = await importJWK(publicJwk, 'RS256', { extractable: true });
      if (publicKey instanceof Uint8Array) throw new Error('no public key');
      const pem = await exportSPKI(publicKey);
      for (const guess of [
        pem,
        pem.trim(),
        ` ${pem}`,
        `\n${pem}`,
        JSON.stringify(publicJwk),
        client.client_id,
        '',
        'x',
      ])
        for (const alg of ['HS256', 'HS384', 'HS512']) {
          const input = `${part({ alg, kid: 'RS256' })}.${part(goodPayload())}`;
          const mac = createHmac(`sha${alg.slice(2)}`, guess)
            .update(input)
            .digest('base64url');
          expect((await present(`${input}.${mac}`)).error).toBe('invalid_client');
        }
    });

    test('whose signature is none, empty, of zeros, of DER, cut or of another text', async () => {
      const [header = '', payload = '', signature = ''] = (await signAssertion(provider, client, es256)).split('.');
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const der = privateKey.export({ format: 'der', type: 'sec1' }).subarray(0, 72).toString('base64url');
      const other = part({ ...goodPayload(), jti: 'other' });
      for (const assertion of [
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
        `${header}.${payload}.${der}`,
        `${header}.${payload}.${signature.slice(0, -2)}`,
        `${header}.${payload}.${signature}=`,
        `${header}.${payload}.${signature}.`,
        `${header}.${other}.${signature}`,
        `${part({ alg: 'none' })}.${payload}.`,
        `${part({ alg: 'none' })}.${payload}.${signature}`,
      ])
        expect((await ask(withAssertion(assertion))).statusCode, assertion).toBe(401);
    });

    test.each<[string, string, number]>([
      ['nothing', '', 400],
      ['a blank', ' ', 401],
      ['text', 'assertion', 401],
      ['dots', '.'.repeat(4000), 401],
      ['no JSON', 'e30.e30.e30', 401],
      ['lists', `${part([])}.${part([])}.AA`, 401],
      ['null', `${part('null')}.${part('null')}.AA`, 401],
      ['numbers', `${part('1')}.${part('1')}.AA`, 401],
      ['broken UTF-8', `${Buffer.of(0xff).toString('base64url')}.e30.AA`, 401],
      ['deep JSON', `${part({ alg: 'ES256' })}.${part(`${'['.repeat(2900)}${']'.repeat(2900)}`)}.AA`, 401],
      ['a JWE', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiemlwIjoiREVGIn0..AAAA.AAAA.AAAA', 401],
      ['60 kB', `${part({ alg: 'ES256', kid: 'x'.repeat(40_000) })}.e30.AA`, 400],
      ['60000 dots', '.'.repeat(60_000), 400],
    ])('that is %s', async (_title, assertion, status) => {
      const response = await ask(withAssertion(assertion));
      expect(response.json().error).toMatch(/^invalid_(client|request)$/);
      expect(response.statusCode).toBe(status);
    });

    test('that is one of our own tokens', async () => {
      const machine = await provider.register({ grant_types: ['client_credentials'], response_types: [] });
      const tokens = await provider.post(tokenPath, { grant_type: 'client_credentials' }, machine);
      expect((await present(tokens.json().access_token)).error).toBe('invalid_client');
    });
  });

  describe('is refused', () => {
    test.each<[string, Form, number]>([
      ['without the type', { client_assertion_type: undefined }, 400],
      ['with another type', { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }, 401],
      ['with the type in capitals', { client_assertion_type: assertionType.toUpperCase() }, 401],
      ['with the type and a blank', { client_assertion_type: `${assertionType} ` }, 401],
      ['with the type alone', { client_assertion: undefined }, 400],
      ['with the type alone and its client_id', { client_assertion: undefined, client_id: 'CLIENT' }, 400],
      ['with another client_id', { client_id: 'other' }, 401],
      ['with a secret as well', { client_secret: 'a secret beside' }, 400],
    ])('%s', async (_title, changes, status) => {
      const form = { ...withAssertion(await signAssertion(provider, client, es256)), ...changes };
      const named = form.client_id === 'CLIENT' ? { client_id: client.client_id } : {};
      const response = await ask({ ...form, ...named });
      expect(response.statusCode).toBe(status);
      expect(response.json().error).toBe(status === 400 ? 'invalid_request' : 'invalid_client');
    });

    test('in two ways at once', async () => {
      const form = { ...grant, ...withAssertion(await signAssertion(provider, client, es256)) };
      const response = await provider.post(tokenPath, form, { ...client, client_secret: 'secret' });
      expect(response.json().error).toBe('invalid_request');
    });

    test('with its client_id alone, at every endpoint', async () => {
      const { client_id } = client;
      for (const path of [tokenPath, '/oidc/oauth2/introspect', '/oidc/oauth2/revoke', '/oidc/oauth2/par'])
        expect((await ask({ client_id, token: 'x' }, path)).statusCode, path).toBe(401);
    });

    test.each(['x-ssl-client-cert', 'client-cert', 'x-forwarded-client-cert', 'x-client-id'])(
      'with the header %s that a proxy could have set',
      async (name) => {
        const { client_id } = client;
        const response = await provider.post(tokenPath, { ...grant, client_id }, undefined, { [name]: client_id });
        expect(response.statusCode).toBe(401);
      },
    );

    test('with its assertion in the address, which is not used up by that', async () => {
      const assertion = await signAssertion(provider, client, es256);
      const query = new URLSearchParams({ client_assertion_type: assertionType, client_assertion: assertion });
      expect((await ask({}, `${tokenPath}?${query}`)).statusCode).toBe(401);
      expect((await present(assertion)).error).toBe('invalid_grant');
    });

    test('with a secret when it is registered for an assertion, and the other way round', async () => {
      expect((await provider.post(tokenPath, grant, { ...client, client_secret: 'secret' })).statusCode).toBe(401);
      const basic = await provider.register({ jwks });
      expect((await present(signAssertion(provider, basic, es256))).error).toBe('invalid_client');
      const mac = secretKeyPair(basic.client_secret);
      expect((await present(signAssertion(provider, basic, mac))).error).toBe('invalid_client');
      const open = await provider.register({ token_endpoint_auth_method: 'none', jwks });
      expect((await present(signAssertion(provider, open, es256))).error).toBe('invalid_client');
    });

    test('with another algorithm than the registered one', async () => {
      const strict = await provider.register({
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'PS256',
        jwks,
      });
      expect((await present(signAssertion(provider, strict, key('PS256')))).error).toBe('invalid_grant');
      for (const alg of ['RS256', 'ES256', 'EdDSA'])
        expect((await present(signAssertion(provider, strict, key(alg)))).error).toBe('invalid_client');
    });

    test('with a key of another client', async () => {
      const own = await makeKeyPair('ES256');
      const other = await provider.register({
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [own.publicJwk] },
      });
      expect((await present(signAssertion(provider, other, es256))).error).toBe('invalid_client');
      expect((await present(signAssertion(provider, other, own))).error).toBe('invalid_grant');
    });

    test('after its keys were replaced, with the old one', async () => {
      const metadata = {
        redirect_uris: ['https://app.example/callback'],
        token_endpoint_auth_method: 'private_key_jwt',
      };
      const changing = await provider.register({ ...metadata, jwks });
      expect((await present(signAssertion(provider, changing, es256))).error).toBe('invalid_grant');
      const own = await makeKeyPair('ES256');
      await updateClient(provider.context, changing, { ...metadata, jwks: { keys: [own.publicJwk] } }, actor);
      expect((await present(signAssertion(provider, changing, es256))).error).toBe('invalid_client');
    });
  });

  describe('whose keys are at its jwks_uri', () => {
    const metadata = { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://app.example/jwks.json' };

    test('may change them: an unknown kid is looked for once, and not again at once', async () => {
      const remote = await provider.register(metadata);
      const first = await makeKeyPair('ES256', 'first');
      published = { keys: [first.publicJwk] };
      const before = fetched.length;
      expect((await present(signAssertion(provider, remote, first))).error).toBe('invalid_grant');
      const second = await makeKeyPair('PS256', 'second');
      published = { keys: [second.publicJwk] };
      provider.clock.advance(30);
      expect((await present(signAssertion(provider, remote, second))).error).toBe('invalid_grant');
      expect(fetched.length).toBe(before + 2);
      const third = await makeKeyPair('ES256', 'third');
      for (let attempt = 0; attempt < 5; attempt++)
        expect((await present(signAssertion(provider, remote, third))).error).toBe('invalid_client');
      expect(fetched.length).toBe(before + 2);
      expect(fetched.at(-1)).toBe(metadata.jwks_uri);
    });

    test('is refused while they cannot be fetched, and heard again afterwards', async () => {
      const remote = await provider.register({ ...metadata, jwks_uri: 'https://app.example/nothing' });
      published = jwks;
      const response = await ask(withAssertion(await signAssertion(provider, remote, es256)));
      expect(response.statusCode).toBe(401);
      expect(response.body).not.toContain('nothing');
    });
  });

  describe('by its secret', () => {
    let secretClient: RegisteredClient;
    beforeAll(async () => {
      secretClient = await provider.register({ token_endpoint_auth_method: 'client_secret_jwt' });
    });

    test.each(['HS256', 'HS384', 'HS512'])('is known by a MAC with %s', async (alg) => {
      const mac = secretKeyPair(secretClient.client_secret, alg);
      expect((await present(signAssertion(provider, secretClient, mac))).error).toBe('invalid_grant');
    });

    test('has it sealed in the database, and a client of another method has its hash only', async () => {
      const { database } = provider.context;
      const [row] = await listClientSecrets(database, secretClient.client_id);
      expect(row?.sealed_secret).toMatch(/^[A-Za-z0-9_-]{100,}$/);
      expect(JSON.stringify(row)).not.toContain(secretClient.client_secret);
      const basic = await provider.register();
      const [other] = await listClientSecrets(database, basic.client_id);
      expect(other?.sealed_secret).toBeNull();
    });

    test.each<[string, (secret: string) => string]>([
      ['another secret', () => 'x'.repeat(86)],
      ['its hash', (secret) => sha256(secret)],
      ['a cut secret', (secret) => secret.slice(0, -1)],
      ['a secret and a blank', (secret) => `${secret} `],
      ['a secret in the other case', (secret) => secret.toLowerCase()],
      ['its client_id', () => secretClient.client_id.repeat(4)],
    ])('is 401 with a MAC of %s', async (_title, change) => {
      const mac = secretKeyPair(change(secretClient.client_secret));
      const response = await ask(withAssertion(await signAssertion(provider, secretClient, mac)));
      expect(response.statusCode).toBe(401);
    });

    test('is 401 with a signature, with its secret itself, or with a MAC used before', async () => {
      expect((await present(signAssertion(provider, secretClient, es256))).error).toBe('invalid_client');
      expect((await provider.post(tokenPath, grant, secretClient)).statusCode).toBe(401);
      const assertion = await signAssertion(provider, secretClient, secretKeyPair(secretClient.client_secret));
      expect((await present(assertion)).error).toBe('invalid_grant');
      expect((await present(assertion)).error).toBe('invalid_client');
    });

    test('may use any of several, until one expires or is removed', async () => {
      const several = await provider.register({ token_endpoint_auth_method: 'client_secret_jwt' });
      const second = await addClientSecret(provider.context, several, actor, { expires_at: provider.clock.now + 100 });
      const third = await addClientSecret(provider.context, several, actor);
      const answer = async (client_secret: string) =>
        (await present(signAssertion(provider, several, secretKeyPair(client_secret)))).error;
      expect(await answer(several.client_secret)).toBe('invalid_grant');
      expect(await answer(second.client_secret)).toBe('invalid_grant');
      expect(await answer(third.client_secret)).toBe('invalid_grant');
      provider.clock.advance(100);
      expect(await answer(second.client_secret)).toBe('invalid_client');
      await removeClientSecret(provider.context, several.client_id, third.id, actor);
      expect(await answer(third.client_secret)).toBe('invalid_client');
      const [used] = await listClientSecrets(provider.context.database, several.client_id);
      expect(used?.last_used_at).not.toBeNull();
    });

    test('may bring one, which is as long as the hash of its MAC', async () => {
      const moved = await provider.register(
        { token_endpoint_auth_method: 'client_secret_jwt' },
        { client_secret: 's'.repeat(32) },
      );
      const answer = async (alg: string) =>
        (await present(signAssertion(provider, moved, secretKeyPair(moved.client_secret, alg)))).error;
      expect(await answer('HS256')).toBe('invalid_grant');
      expect(await answer('HS384')).toBe('invalid_client');
      await expect(
        provider.register({ token_endpoint_auth_method: 'client_secret_jwt' }, { client_secret: 's'.repeat(31) }),
      ).rejects.toThrow(/at least 32/);
    });

    test('gets a new one when it changes over to MACs, and is left with hashes when it changes back', async () => {
      const changing = await provider.register();
      const metadata = {
        redirect_uris: ['https://app.example/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
      };
      const change = (token_endpoint_auth_method: string) =>
        updateClient(provider.context, changing, { ...metadata, token_endpoint_auth_method }, actor);
      const { client_secret = '' } = await change('client_secret_jwt');
      expect((await present(signAssertion(provider, changing, secretKeyPair(client_secret)))).error).toBe(
        'invalid_grant',
      );
      expect((await change('client_secret_jwt')).client_secret).toBeUndefined();
      expect((await change('client_secret_basic')).client_secret).toBeUndefined();
      const rows = await listClientSecrets(provider.context.database, changing.client_id);
      expect(rows.map(({ sealed_secret }) => sealed_secret)).toEqual([null, null]);
      expect((await provider.post(tokenPath, grant, changing)).json().error).toBe('invalid_grant');
      await expect(
        change('none').then(({ client: none }) => addClientSecret(provider.context, none, actor)),
      ).rejects.toThrow(/has no secret/);
    });
  });

  describe('is answered below 500', () => {
    const headers = record(
      {
        alg: oneof(constantFrom('ES256', 'HS256', 'none', '__proto__'), jsonValue()),
        kid: oneof(constantFrom('ES256', 'PS256'), jsonValue()),
        typ: oneof(constantFrom('JWT', 'at+jwt'), jsonValue()),
        crit: jsonValue(),
        jwk: jsonValue(),
        zip: jsonValue(),
      },
      { requiredKeys: [] },
    );
    const value = (good: string) => oneof(constantFrom<unknown>(good, [good]), jsonValue());
    const claims = () => {
      const { client_id } = client;
      return record(
        {
          iss: value(client_id),
          sub: value(client_id),
          aud: value(provider.config.issuer),
          exp: oneof(constantFrom<unknown>(provider.clock.now + 60, 1e308, -0, 2 ** 53), jsonValue()),
          iat: jsonValue(),
          nbf: jsonValue(),
          jti: oneof(string(), jsonValue()),
        },
        { requiredKeys: [] },
      );
    };

    test('whatever header and claims are signed', async () => {
      await assert(
        asyncProperty(headers, claims(), async (header, payload) => {
          const response = await ask(withAssertion(await signRaw(header, payload)));
          expect(response.statusCode).toBeLessThan(500);
          if (response.json().error !== 'invalid_grant') return;
          // Whoever got through did so with all that a good assertion has.
          expect(header).toMatchObject({ alg: 'ES256' });
          expect(payload).toMatchObject({ iss: client.client_id, sub: client.client_id });
        }),
        { numRuns: 150 },
      );
    });

    test('whatever stands in the place of the assertion', async () => {
      const parameters = record(
        {
          client_assertion: oneof(
            string(),
            jsonValue().map(part),
            dictionary(string(), anything()).map(() => 'e30.e30.'),
          ),
          client_assertion_type: oneof(constantFrom(assertionType), string()),
          client_id: oneof(constantFrom(client.client_id), string()),
        },
        { requiredKeys: [] },
      );
      await assert(
        asyncProperty(parameters, async (form) => {
          const { statusCode } = await ask(form);
          expect(statusCode).toBeGreaterThanOrEqual(400);
          expect(statusCode).toBeLessThan(500);
        }),
        { numRuns: 150 },
      );
    });
  });
});

describe('what may be registered', () => {
  let provider: Provider;
  let es256: ClientKeyPair;
  beforeAll(async () => {
    provider = await startProvider();
    es256 = await makeKeyPair('ES256');
  });
  afterAll(() => provider.close());

  const jwks_uri = 'https://app.example/jwks.json';
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'private_key_jwt without keys',
      { token_endpoint_auth_method: 'private_key_jwt' },
      /^invalid_client_metadata: jwks/,
    ],
    [
      'keys and a place of keys',
      { token_endpoint_auth_method: 'private_key_jwt', jwks: 'JWKS', jwks_uri },
      /jwks_uri: .*not both/,
    ],
    ['keys in a place of http', { jwks_uri: 'http://app.example/jwks.json' }, /jwks_uri: must be an https URL/],
    ['keys in a file', { jwks_uri: 'file:///etc/passwd' }, /jwks_uri: must be an https URL/],
    ['keys as text', { jwks: '{"keys":[]}' }, /jwks: /],
    ['no keys', { jwks: { keys: [] } }, /jwks: must have at least one key/],
    ['a private key', { jwks: 'PRIVATE' }, /jwks: must not have private keys/],
    [
      'MACs with a key',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri, token_endpoint_auth_signing_alg: 'HS256' },
      /token_endpoint_auth_signing_alg: private_key_jwt signs with PS256/,
    ],
    [
      'signatures with a secret',
      { token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'RS256' },
      /token_endpoint_auth_signing_alg: client_secret_jwt signs with HS256/,
    ],
    [
      'an algorithm for a method without assertion',
      { token_endpoint_auth_signing_alg: 'RS256' },
      /token_endpoint_auth_signing_alg: client_secret_basic signs nothing/,
    ],
    [
      'the algorithm none',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri, token_endpoint_auth_signing_alg: 'none' },
      /token_endpoint_auth_signing_alg: must be one of/,
    ],
    ['a method that nobody knows', { token_endpoint_auth_method: 'toString' }, /token_endpoint_auth_method/],
  ])('is not %s', async (_title, metadata, message) => {
    const { alg, kid } = es256;
    const jwks = {
      JWKS: { keys: [es256.publicJwk] },
      PRIVATE: { keys: [{ ...es256.publicJwk, d: 'AAAA', alg, kid }] },
    };
    const filled = {
      ...metadata,
      ...Object.entries(jwks).reduce((all, [name, value]) => (metadata.jwks === name ? { jwks: value } : all), {}),
    };
    await expect(provider.register(filled)).rejects.toThrow(message);
  });

  test('is a client with a secret that has keys too, for what else it signs', async () => {
    const client = await provider.register({ jwks: { keys: [es256.publicJwk] } });
    expect(client.jwks?.keys).toEqual([es256.publicJwk]);
    expect(client.client_secret).not.toBe('');
  });

  test('is advertised', async () => {
    const { body } = await provider.app.inject('/oidc/.well-known/openid-configuration');
    const algs = ['HS256', 'HS384', 'HS512', 'PS256', 'ES256', 'EdDSA', 'Ed25519', 'RS256'];
    expect(JSON.parse(body)).toMatchObject({
      token_endpoint_auth_methods_supported: expect.arrayContaining(['client_secret_jwt', 'private_key_jwt']),
      token_endpoint_auth_signing_alg_values_supported: algs,
      revocation_endpoint_auth_signing_alg_values_supported: algs,
      introspection_endpoint_auth_signing_alg_values_supported: algs,
    });
  });
});
