import { createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CompactEncrypt, CompactSign, exportJWK, exportSPKI, generateKeyPair, importJWK } from 'jose';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createSecretKey } from '../../src/lib/seal.ts';
import { createMemos } from '../../src/memos.ts';
import { signJwt, verifyOwnJwt } from '../../src/protocol/tokens/jwt.ts';
import { signingAlgs } from '../../src/protocol/tokens/signing-algs.ts';
import { createSigningKeys } from '../../src/protocol/tokens/signing-keys.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

const start = 1_790_000_000;
const database = await openDatabase('sqlite::memory:');
await migrate(database, { schema: readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8') });
afterAll(() => database.close());

const clock = { time: start };
const config = readConfig({ CASTELLAN_PUBLIC_URL: 'http://localhost:9000' });
const now = () => clock.time;
const secretKey = createSecretKey(Buffer.alloc(32, 1), randomBytes);
const signingKeys = createSigningKeys({ config, database, now, secretKey, log: pino({ level: 'silent' }) });
const context = { config, now, signingKeys, memos: createMemos() };

const claims = { iss: config.issuer, aud: 'client', sub: 'user', iat: start, exp: start + 600 };
const typ = 'at+jwt';
const es256 = await signingKeys.current('ES256');
const rs256 = await signingKeys.current('RS256');
const own = await signJwt(context, { alg: 'ES256', typ, payload: claims });
const ownRs256 = await signJwt(context, { alg: 'RS256', typ, payload: claims });
const [ownHeader = '', ownPayload = '', ownSignature = ''] = own.split('.');

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token that is really signed by our ES256 key, whatever is in it. */
async function signedByUs(header: object | string, payload: unknown): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    es256.privateKey,
    new TextEncoder().encode(input),
  );
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

const goodHeader = { alg: 'ES256', typ, kid: es256.kid };

test.each(signingAlgs)('a JWT signed with %s is verified, with every member it was given', async (alg) => {
  const payload = { ...claims, scope: 'openid', act: { sub: 'x' } };
  const token = await signJwt(context, { alg, typ, payload });
  expect(await verifyOwnJwt(context, token, { typ })).toEqual(payload);
});

test('the header names the key, the algorithm and the purpose, and nothing else', () => {
  expect(JSON.parse(Buffer.from(ownHeader, 'base64url').toString())).toEqual(goodHeader);
});

test('what the tests sign by hand is verified when nothing is wrong with it', async () => {
  expect(await verifyOwnJwt(context, await signedByUs(goodHeader, claims), { typ })).toEqual(claims);
});

const foreign = await generateKeyPair('ES256', { extractable: true });
const foreignJwk = await exportJWK(foreign.publicKey);
const rsaPublicKey = createPublicKey({ key: rs256.publicJwk, format: 'jwk' });
const rsaPem = await exportSPKI(await importJWK({ ...rs256.publicJwk, kty: 'RSA' }, 'RS256', { extractable: true }));
const hmac = (secret: string) => {
  const input = `${encode({ alg: 'HS256', typ, kid: rs256.kid })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const foreignToken = (header: object) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ, ...header })
    .sign(foreign.privateKey);
const derInteger = (value: Buffer) => Buffer.concat([Buffer.of(2, value.length + 1, 0), value]);
const derSignature = () => {
  const raw = Buffer.from(ownSignature, 'base64url');
  const integers = Buffer.concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32))]);
  return `${ownHeader}.${ownPayload}.${Buffer.concat([Buffer.of(0x30, integers.length), integers]).toString('base64url')}`;
};
const encrypted = (options: object) =>
  new CompactEncrypt(Buffer.from(own))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ, ...options })
    .encrypt(rsaPublicKey);
const deepJson = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each<[string, () => string | Promise<string>]>([
  ['nothing', () => ''],
  ['one part', () => ownHeader],
  ['two parts', () => `${ownHeader}.${ownPayload}`],
  ['no signature', () => `${ownHeader}.${ownPayload}.`],
  ['a fourth part', () => `${own}.${ownSignature}`],
  ['a line end', () => `${own}\n`],
  ['padding', () => `${own}=`],
  ['alg none without a signature', () => `${encode({ ...goodHeader, alg: 'none' })}.${ownPayload}.`],
  ['alg none with a signature', () => `${encode({ ...goodHeader, alg: 'none' })}.${ownPayload}.${ownSignature}`],
  ['alg NoNe', () => signedByUs({ ...goodHeader, alg: 'NoNe' }, claims)],
  ['HS256 with our RSA key as PEM', () => hmac(rsaPem)],
  ['HS256 with our RSA key as PEM after a line end', () => hmac(`\n${rsaPem}`)],
  ['HS256 with our RSA key as JWK', () => hmac(JSON.stringify(rs256.publicJwk))],
  ['HS256 with our RSA modulus', () => hmac(rs256.publicJwk.n ?? '')],
  ['an altered payload', () => `${ownHeader}.${encode({ ...claims, sub: 'other' })}.${ownSignature}`],
  [
    'another algorithm of the same key',
    () => ownRs256.replace(/^[^.]+/, encode({ alg: 'PS256', typ, kid: rs256.kid })),
  ],
  ['the kid of another key of ours', () => signedByUs({ ...goodHeader, kid: rs256.kid }, claims)],
  ['a foreign signature under our kid', () => foreignToken({ kid: es256.kid })],
  ['an embedded jwk', () => foreignToken({ kid: es256.kid, jwk: foreignJwk })],
  ['an embedded jwk without kid', () => foreignToken({ jwk: foreignJwk })],
  ['a jku', () => foreignToken({ kid: es256.kid, jku: 'https://attacker.example/jwks.json' })],
  ['an unknown kid', () => foreignToken({ kid: randomBytes(32).toString('base64url') })],
  ['crit that we do not know', () => signedByUs({ ...goodHeader, crit: ['exp'], exp: 1 }, claims)],
  ['empty crit', () => signedByUs({ ...goodHeader, crit: [] }, claims)],
  ['crit that names alg', () => signedByUs({ ...goodHeader, crit: ['alg'] }, claims)],
  ['an unencoded payload', () => signedByUs({ ...goodHeader, b64: false, crit: ['b64'] }, claims)],
  ['zip', () => signedByUs({ ...goodHeader, zip: 'DEF' }, claims)],
  ['cty', () => signedByUs({ ...goodHeader, cty: 'JWT' }, claims)],
  ['no typ', () => signedByUs({ alg: 'ES256', kid: es256.kid }, claims)],
  ['typ of an ID Token', () => signedByUs({ ...goodHeader, typ: 'JWT' }, claims)],
  ['typ of a logout token', () => signedByUs({ ...goodHeader, typ: 'logout+jwt' }, claims)],
  ['typ of a DPoP proof', () => signedByUs({ ...goodHeader, typ: 'dpop+jwt' }, claims)],
  ['typ in other letters', () => signedByUs({ ...goodHeader, typ: 'AT+JWT' }, claims)],
  ['typ in its long form', () => signedByUs({ ...goodHeader, typ: 'application/at+jwt' }, claims)],
  ['no kid', () => signedByUs({ alg: 'ES256', typ }, claims)],
  ['a number as kid', () => signedByUs({ ...goodHeader, kid: 1 }, claims)],
  ['a kid that is a path', () => foreignToken({ kid: '../../../dev/null' })],
  ['a kid that is SQL', () => foreignToken({ kid: "' UNION SELECT 1 --" })],
  ['a kid with NUL', () => foreignToken({ kid: `${es256.kid}\0` })],
  ['a kid of __proto__', () => foreignToken({ kid: '__proto__' })],
  ['a kid of 5 kB', () => foreignToken({ kid: 'k'.repeat(5000) })],
  ['a header that is a list', () => signedByUs('["ES256"]', claims)],
  ['a header that is not JSON', () => signedByUs('{', claims)],
  [
    'a header that is not UTF-8',
    () => `${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.${ownPayload}.${ownSignature}`,
  ],
  [
    'a header with a second alg',
    () => `${encode(`{"alg":"none",${JSON.stringify(goodHeader).slice(1)}`)}.${ownPayload}.${ownSignature}`,
  ],
  [
    'a payload with a second sub',
    () => `${ownHeader}.${encode(`{"sub":"other",${JSON.stringify(claims).slice(1)}`)}.${ownSignature}`,
  ],
  ['a signature of zeros', () => `${ownHeader}.${ownPayload}.${Buffer.alloc(64).toString('base64url')}`],
  ['a signature of one byte', () => `${ownHeader}.${ownPayload}.AA`],
  ['a DER signature', derSignature],
  ['a JWE for our RSA key', () => encrypted({})],
  ['a JWE in five parts under our kid', () => `${ownHeader}.a.b.c.d`],
  ['60 000 dots', () => '.'.repeat(60_000)],
  ['a header of 60 kB', () => `${'A'.repeat(60_000)}.${ownPayload}.${ownSignature}`],
  ['one character more than allowed', () => signedByUs(goodHeader, { ...claims, pad: 'p'.repeat(8192) })],
  ['a header of 2000 levels', () => `${encode(deepJson(2000))}.${ownPayload}.${ownSignature}`],
  ['JSON of 15 000 levels', () => `${ownHeader}.${encode(deepJson(15_000))}.${ownSignature}`],
  ['a payload that is a list', () => signedByUs(goodHeader, [claims])],
  ['a payload that is a text', () => signedByUs(goodHeader, '"text"')],
  ['a payload that is null', () => signedByUs(goodHeader, null)],
  ['a payload that is not JSON', () => signedByUs(goodHeader, 'payload')],
  ['another issuer', () => signedByUs(goodHeader, { ...claims, iss: 'https://attacker.example/oidc' })],
  ['our issuer with a slash', () => signedByUs(goodHeader, { ...claims, iss: `${config.issuer}/` })],
  ['no issuer', () => signedByUs(goodHeader, { ...claims, iss: undefined })],
  ['no exp', () => signedByUs(goodHeader, { ...claims, exp: undefined })],
  ['no iat', () => signedByUs(goodHeader, { ...claims, iat: undefined })],
  ['an exp that is now', () => signedByUs(goodHeader, { ...claims, exp: start })],
  ['an nbf to come', () => signedByUs(goodHeader, { ...claims, nbf: start + 1 })],
  ['an audience of numbers', () => signedByUs(goodHeader, { ...claims, aud: [1] })],
])('%s is not a token of ours, and does no harm', async (_what, make) => {
  expect(await verifyOwnJwt(context, await make(), { typ })).toBeUndefined();
});

test.each(
  ['exp', 'iat', 'nbf'].flatMap((member) =>
    [`${start + 600}`, start + 0.5, -1, 1e308, [start + 600], {}, true, null, 2 ** 53, start * 1000].map(
      (value) => [member, value] as const,
    ),
  ),
)('%s as %j is refused', async (member, value) => {
  const token = await signedByUs(goodHeader, { ...claims, [member]: value });
  expect(await verifyOwnJwt(context, token, { typ, allowExpired: true })).toBeUndefined();
});

test.each([
  ['client', 'client', true],
  [['other', 'client'], 'client', true],
  ['other', 'client', false],
  [['other'], 'client', false],
  ['client2', 'client', false],
  [[], 'client', false],
  [undefined, 'client', false],
])('a token for %j is for %j: %s', async (aud, audience, isFor) => {
  const token = await signedByUs(goodHeader, { ...claims, aud });
  expect((await verifyOwnJwt(context, token, { typ, audience })) !== undefined).toBe(isFor);
});

test('a token that has expired is believed only where an expired one may be', async () => {
  const token = await signJwt(context, { alg: 'ES256', typ: 'JWT', payload: { ...claims, exp: start - 1 } });
  expect(await verifyOwnJwt(context, token, { typ: 'JWT' })).toBeUndefined();
  expect(await verifyOwnJwt(context, token, { typ: 'JWT', allowExpired: true })).toMatchObject({ sub: 'user' });
});

test('no text whatever is believed or makes it throw', async () => {
  const part = fc.oneof(
    fc.constant(ownHeader),
    fc.constant(ownPayload),
    fc.string({ maxLength: 50 }),
    fc.json({ maxDepth: 3 }).map(encode),
    fc
      .record({ alg: fc.constantFrom('ES256', 'none', 'HS256'), typ: fc.constant(typ), kid: fc.constant(es256.kid) })
      .map(encode),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (token) => {
      expect(await verifyOwnJwt(context, token, { typ })).toBeUndefined();
    }),
  );
});

test('tokens signed while the keys rotate all verify, and those of the old key until the last of them has expired', async () => {
  const signing: Promise<string>[] = [];
  for (let i = 0; i < 100; i++) {
    signing.push(
      signJwt(context, { alg: 'ES256', typ, payload: { ...claims, iat: clock.time, exp: clock.time + 86_400 } }),
    );
    if (i === 50) await signingKeys.rotate({ alg: 'ES256', immediately: true });
  }
  const tokens = await Promise.all(signing);
  expect(new Set(tokens.map((token) => token.split('.')[0])).size).toBe(2);
  for (const token of tokens) expect(await verifyOwnJwt(context, token, { typ })).toBeDefined();
  clock.time += 86_399;
  for (const token of tokens) expect(await verifyOwnJwt(context, token, { typ })).toBeDefined();
  clock.time = start;
});

test('a key that is no longer published verifies nothing but hints', async () => {
  const before = await signJwt(context, { alg: 'ES256', typ: 'JWT', payload: { ...claims, exp: start + 10 * 86_400 } });
  await signingKeys.rotate({ alg: 'ES256', immediately: true });
  clock.time = start + 2 * 86_400;
  expect(await verifyOwnJwt(context, before, { typ: 'JWT' })).toBeUndefined();
  expect(await verifyOwnJwt(context, before, { typ: 'JWT', allowExpired: true })).toBeDefined();
  clock.time = start;
});
