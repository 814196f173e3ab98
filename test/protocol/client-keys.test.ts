import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { errors, type JWK } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { type FetchPublic, OutboundError } from '../../src/lib/outbound-fetch.ts';
import { createMemos } from '../../src/memos.ts';
import { clientJwksSchema, clientKeys } from '../../src/protocol/client-keys.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const jwkOf = (key: KeyObject, members: JWK = {}): JWK => ({ ...key.export({ format: 'jwk' }), ...members });
const jwks_uri = 'https://app.example/jwks.json';
const ecKey = jwkOf(ec.publicKey);

describe('the keys of a client by value', () => {
  test.each<[string, readonly JWK[]]>([
    ['one of each kind', [rsa, ec, ed].map(({ publicKey }, index) => jwkOf(publicKey, { kid: `key ${index}` }))],
    ['one without kid', [ecKey]],
    ['a kind that we do not use beside', [jwkOf(ec.publicKey, { kid: 'a' }), { kty: 'AKP', pub: 'AA', kid: 'b' }]],
    ['one for encryption beside', ['sig', 'enc'].map((use) => jwkOf(rsa.publicKey, { kid: use, use }))],
  ])('may be %s', (_title, keys) => {
    expect(clientJwksSchema.safeParse({ keys }).error).toBeUndefined();
  });

  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const lastByte = ecKey.y?.endsWith('A') ? 'B' : 'A';
  test.each<[string, unknown]>([
    ['nothing', {}],
    ['no list', { keys: {} }],
    ['no key', { keys: [] }],
    ['text', 'keys'],
    ['null', null],
    ['a key without kty', { keys: [{ n: 'AQ', e: 'AQAB' }] }],
    ['a kid that is a number', { keys: [jwkOf(ec.publicKey, {}), { ...ecKey, kid: 7 }] }],
    ['too many keys', { keys: Array.from({ length: 21 }, (_, index) => jwkOf(ec.publicKey, { kid: `${index}` })) }],
    ['several keys of which one has no kid', { keys: [ecKey, jwkOf(rsa.publicKey, { kid: 'a' })] }],
    ['more than 32 kB', { keys: [jwkOf(ec.publicKey, { x5u: 'x'.repeat(33_000) })] }],
    ['a private RSA key', { keys: [jwkOf(rsa.privateKey)] }],
    ['a private EC key', { keys: [jwkOf(ec.privateKey)] }],
    ['a private Ed25519 key', { keys: [jwkOf(ed.privateKey)] }],
    ['an empty private member', { keys: [{ ...ecKey, d: '' }] }],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'AAAA' }] }],
    ['a symmetric member', { keys: [{ ...ecKey, k: 'AAAA' }] }],
    ['RSA of 1024 bits', { keys: [jwkOf(weak.publicKey)] }],
    ['RSA of 512 bits', { keys: [{ kty: 'RSA', n: Buffer.alloc(64, 0xff).toString('base64url'), e: 'AQAB' }] }],
    ['RSA of 20000 bits', { keys: [{ kty: 'RSA', n: Buffer.alloc(2500, 0xff).toString('base64url'), e: 'AQAB' }] }],
    ['RSA with the exponent 1', { keys: [{ ...jwkOf(rsa.publicKey), e: 'AQ' }] }],
    ['RSA with the exponent 3', { keys: [{ ...jwkOf(rsa.publicKey), e: 'Aw' }] }],
    ['RSA with an even exponent', { keys: [{ ...jwkOf(rsa.publicKey), e: 'AQAC' }] }],
    ['RSA with a huge exponent', { keys: [{ ...jwkOf(rsa.publicKey), e: jwkOf(rsa.publicKey).n }] }],
    ['RSA without modulus', { keys: [{ kty: 'RSA', e: 'AQAB' }] }],
    ['a point off the curve', { keys: [{ ...ecKey, y: `${ecKey.y?.slice(0, 20)}${lastByte}${ecKey.y?.slice(21)}` }] }],
    ['the point at infinity', { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] }],
    ['another curve than said', { keys: [{ ...ecKey, crv: 'P-384' }] }],
    ['a short Ed25519 key', { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }] }],
  ])('may not be %s', (_title, jwks) => {
    expect(clientJwksSchema.safeParse(jwks).success).toBe(false);
  });
});

/** A client whose keys are served by the test; `clock.now` is moved by it too. */
function remoteClient(serve: () => unknown = () => ({ keys: [jwkOf(ec.publicKey, { kid: 'a' })] })) {
  const clock = { now: 1_790_000_000 };
  const fetchPublic = vi.fn<FetchPublic>(async () => ({
    status: 200,
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify(serve()),
  }));
  const warn = vi.fn();
  const context = { now: () => clock.now, memos: createMemos(), fetchPublic, log: { warn } };
  const find = (kid?: string, alg = 'ES256', client_id = 'app') =>
    clientKeys(context, { client_id, jwks: undefined, jwks_uri })({ alg, ...(kid ? { kid } : {}) });
  return { clock, fetchPublic, warn, find };
}
const noKey = errors.JWKSNoMatchingKey;

describe('the keys of a client at its jwks_uri', () => {
  test('are fetched when they are first needed, and then known for ten minutes', async () => {
    const { clock, fetchPublic, find } = remoteClient();
    expect(fetchPublic).not.toHaveBeenCalled();
    await find('a');
    clock.now += 599;
    await find('a');
    expect(fetchPublic).toHaveBeenCalledTimes(1);
    expect(fetchPublic.mock.calls[0]?.[0]).toBe(jwks_uri);
    clock.now += 1;
    await find('a');
    expect(fetchPublic).toHaveBeenCalledTimes(2);
  });

  test('are fetched anew once for an unknown kid, and not again for 30 seconds', async () => {
    const kids = ['a'];
    const { clock, fetchPublic, find } = remoteClient(() => ({
      keys: kids.map((kid) => jwkOf(ec.publicKey, { kid })),
    }));
    await find('a');
    kids.push('b');
    clock.now += 30;
    await find('b');
    expect(fetchPublic).toHaveBeenCalledTimes(2);
    for (let attempt = 0; attempt < 50; attempt++) await expect(find(`unknown ${attempt}`)).rejects.toThrow(noKey);
    clock.now += 29;
    await expect(find('c')).rejects.toThrow(noKey);
    expect(fetchPublic).toHaveBeenCalledTimes(2);
    clock.now += 1;
    await expect(find('c')).rejects.toThrow(noKey);
    expect(fetchPublic).toHaveBeenCalledTimes(3);
  });

  test('are fetched by one call for all who wait', async () => {
    const { fetchPublic, find } = remoteClient();
    await Promise.all(Array.from({ length: 20 }, () => find('a')));
    expect(fetchPublic).toHaveBeenCalledTimes(1);
  });

  test('are asked for by no client on behalf of another', async () => {
    const { fetchPublic, find } = remoteClient();
    await find('a', 'ES256', 'one');
    await find('a', 'ES256', 'two');
    expect(fetchPublic).toHaveBeenCalledTimes(2);
  });

  test('are gone when they are no longer there', async () => {
    let kid = 'a';
    const { clock, find } = remoteClient(() => ({ keys: [jwkOf(ec.publicKey, { kid })] }));
    await find('a');
    kid = 'b';
    clock.now += 600;
    await expect(find('a')).rejects.toThrow(noKey);
  });

  test('that cannot be fetched are asked for again after 30 seconds', async () => {
    const { clock, fetchPublic, warn, find } = remoteClient();
    fetchPublic.mockRejectedValueOnce(new OutboundError(new Error('refused')));
    await expect(find('a')).rejects.toThrow(noKey);
    await expect(find('a')).rejects.toThrow(noKey);
    expect(fetchPublic).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledTimes(1);
    clock.now += 30;
    await find('a');
  });

  test('serve an hour longer while their place does not answer, and no longer', async () => {
    const { clock, fetchPublic, find } = remoteClient();
    await find('a');
    fetchPublic.mockRejectedValue(new OutboundError(new Error('refused')));
    clock.now += 3599;
    await find('a');
    clock.now += 1;
    await expect(find('a')).rejects.toThrow(noKey);
  });

  test.each<[string, unknown]>([
    ['no JSON object', 'text'],
    ['null', null],
    ['no keys', {}],
    ['an error', { error: 'not found' }],
    ['a private key', { keys: [jwkOf(ec.privateKey, { kid: 'a' })] }],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'a', alg: 'HS256' }] }],
    ['a point off the curve', { keys: [{ ...ecKey, kid: 'a', x: ecKey.y, y: ecKey.x }] }],
  ])('are none when there is %s', async (_title, document) => {
    const { find } = remoteClient(() => document);
    await expect(find('a')).rejects.toThrow(noKey);
  });

  test('are none when the answer is an error', async () => {
    const { fetchPublic, find } = remoteClient();
    const body = JSON.stringify({ keys: [jwkOf(ec.publicKey, { kid: 'a' })] });
    fetchPublic.mockResolvedValue({ status: 404, contentType: 'application/json', headers: {}, body });
    await expect(find('a')).rejects.toThrow(noKey);
  });

  test('are good beside a bad one', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const keys = [jwkOf(weak.publicKey, { kid: 'old' }), jwkOf(ec.publicKey, { kid: 'a' })];
    const { find } = remoteClient(() => ({ keys }));
    await find('a');
    await expect(find('old', 'RS256')).rejects.toThrow(noKey);
  });
});

describe('a key', () => {
  test('alone and without kid is the one, whatever the header calls it', async () => {
    const { find } = remoteClient(() => ({ keys: [ecKey] }));
    expect(await find('any')).toBe(await find());
  });

  test('is found without kid when no other fits, and otherwise not', async () => {
    const keys = [jwkOf(ec.publicKey, { kid: 'a' }), jwkOf(rsa.publicKey, { kid: 'b' })];
    const { find } = remoteClient(() => ({ keys }));
    expect(await find()).toBe(await find('a'));
    keys.push(jwkOf(ec.publicKey, { kid: 'c' }));
    const other = remoteClient(() => ({ keys }));
    await expect(other.find()).rejects.toThrow(errors.JWKSMultipleMatchingKeys);
  });

  test.each<[string, JWK, string]>([
    ['for encryption', { use: 'enc' }, 'ES256'],
    ['for something else than verifying', { key_ops: ['deriveKey'] }, 'ES256'],
    ['of another algorithm', { alg: 'ES384' }, 'ES256'],
    ['of another kind than the header says', {}, 'RS256'],
    ['of a MAC', {}, 'HS256'],
    ['of none', {}, 'none'],
  ])('%s does not sign', async (_title, members, alg) => {
    const { find } = remoteClient(() => ({ keys: [jwkOf(ec.publicKey, { kid: 'a', ...members })] }));
    await expect(find('a', alg)).rejects.toThrow(errors.JOSEError);
  });

  test.each(['../../etc/passwd', "' OR 1=1 --", '__proto__', 'constructor', '\0', 'x'.repeat(8000)])(
    'of the name %s is just unknown',
    async (kid) => {
      await expect(remoteClient().find(kid)).rejects.toThrow(noKey);
    },
  );
});
