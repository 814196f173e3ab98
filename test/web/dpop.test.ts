import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import * as fc from 'fast-check';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deleteOldReplays } from '../../src/jobs/delete-expired-replays.ts';
import { sql } from '../../src/storage/database.ts';
import { obtainCode, payloadOf, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  boundUserinfo,
  codeForm,
  makeProofKey,
  obtainBoundTokens,
  type ProofChanges,
  type ProofKey,
  requestToken,
  signProof,
  signUse,
} from '../support/dpop.ts';
import { type Provider, type RegisteredClient, startProvider, type TestBrowser } from '../support/provider.ts';
import { push, pushedUrl, requestParameters } from '../support/pushed-request.ts';

let provider: Provider;
let browser: TestBrowser;
/** Confidential, and acts for itself too. */
let client: RegisteredClient;
let publicClient: RegisteredClient;
let key: ProofKey;
let otherKey: ProofKey;

beforeAll(async () => {
  provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
  await provider.addUser({ claims: { name: 'Alice Example' } });
  client = await provider.register({
    first_party: true,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    scope: 'openid profile offline_access api:read',
  });
  publicClient = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
  browser = provider.browser();
  await browser.signIn();
  [key, otherKey] = await Promise.all([makeProofKey(), makeProofKey()]);
});
afterAll(() => provider.close());

const clientCredentials = { grant_type: 'client_credentials', scope: 'api:read' };

/** Asks for a token with a proof that has these changes, or with this header. */
async function tokenWith(proof: ProofChanges | string | undefined) {
  const header = typeof proof === 'object' ? await signProof(provider, key, proof) : proof;
  return requestToken(provider, client, clientCredentials, header);
}

describe('a token request with a good proof', () => {
  test.each(['ES256', 'PS256', 'EdDSA', 'Ed25519', 'RS256'])('gives tokens bound to its %s key', async (alg) => {
    const algKey = await makeProofKey(alg);
    const tokens = await obtainBoundTokens(provider, browser, { client, key: algKey });
    expect(tokens.token_type).toBe('DPoP');
    expect(payloadOf(tokens.access_token).cnf).toEqual({ jkt: algKey.jkt });
    expect(payloadOf(tokens.id_token).cnf).toBeUndefined();
    const response = await boundUserinfo(
      provider,
      tokens.access_token,
      await signUse(provider, algKey, tokens.access_token),
    );
    expect(response.statusCode).toBe(200);
    expect(response.json().sub).toBe(payloadOf(tokens.id_token).sub);
  });

  test('and introspection shows cnf and token_type, and Bearer for one that is bound to nothing', async () => {
    const introspect = async (token: string) =>
      (await provider.post('/oidc/oauth2/introspect', { token }, client)).json();
    const bound = (await tokenWith({})).json();
    expect(await introspect(bound.access_token)).toMatchObject({
      active: true,
      cnf: { jkt: key.jkt },
      token_type: 'DPoP',
    });
    const unbound = (await tokenWith(undefined)).json();
    expect(unbound.token_type).toBe('Bearer');
    const answer = await introspect(unbound.access_token);
    expect(answer).toMatchObject({ active: true, token_type: 'Bearer' });
    expect(answer.cnf).toBeUndefined();
  });

  test.each([-60, -10, 0, 10, 60])('takes an iat %i seconds from our clock', async (seconds) => {
    expect((await tokenWith({ claims: { iat: provider.clock.now + seconds } })).statusCode).toBe(200);
  });

  test.each<[string, ProofChanges]>([
    ['nbf and exp', { claims: { nbf: Math.floor(Date.now() / 1000) - 5, exp: Math.floor(Date.now() / 1000) + 60 } }],
    ['a fraction in iat', { claims: { iat: Math.floor(Date.now() / 1000) + 0.5 } }],
    ['other claims and header members', { claims: { extra: { a: 1 } }, header: { kid: 'a', extra: true } }],
    ['an ath, which is for elsewhere', { claims: { ath: 'x' } }],
    ['a nonce that nobody asked for', { claims: { nonce: 'x' } }],
  ])('takes one with %s', async (_title, changes) => {
    expect((await tokenWith(changes)).json()).toMatchObject({ token_type: 'DPoP' });
  });

  test.each([
    'https://id.example/oidc/oauth2/token?a=b',
    'https://id.example/oidc/oauth2/token#fragment',
    'https://id.example:443/oidc/oauth2/token',
    'HTTPS://ID.Example/oidc/oauth2/token',
    'https://id.example/%6Fidc/oauth2/%74oken',
    'https://id.example/oidc/x/../oauth2/./token',
  ])('takes %s for the address of the token endpoint (RFC 3986)', async (htu) => {
    expect((await tokenWith({ claims: { htu } })).statusCode).toBe(200);
  });
});

/** What no proof may be, at any endpoint. */
const badProofs: readonly [string, ProofChanges][] = [
  ['typ JWT', { header: { typ: 'JWT' } }],
  ['typ at+jwt', { header: { typ: 'at+jwt' } }],
  ['no typ', { header: { typ: undefined } }],
  ['no jwk', { header: { jwk: undefined } }],
  ['only a kid', { header: { jwk: undefined, kid: 'a' } }],
  ['a jwk that is text', { header: { jwk: 'key' } }],
  ['an empty jwk', { header: { jwk: {} } }],
  ['a symmetric jwk', { header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } }],
  [
    'a point that is not on the curve',
    { header: { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) } } },
  ],
  ['no jti', { claims: { jti: undefined } }],
  ['an empty jti', { claims: { jti: '' } }],
  ['a jti that is a number', { claims: { jti: 7 } }],
  ['no htm', { claims: { htm: undefined } }],
  ['another method', { claims: { htm: 'PUT' } }],
  ['the method in small letters', { claims: { htm: 'post' } }],
  ['no htu', { claims: { htu: undefined } }],
  ['an htu that is a number', { claims: { htu: 7 } }],
  ['an htu that is a path', { claims: { htu: '/oidc/oauth2/token' } }],
  ['the htu of another host', { claims: { htu: 'https://evil.example/oidc/oauth2/token' } }],
  ['the htu of another path', { claims: { htu: 'https://id.example/oidc/oauth2/introspect' } }],
  ['the htu of another port', { claims: { htu: 'https://id.example:8443/oidc/oauth2/token' } }],
  ['an htu with http behind a TLS proxy', { claims: { htu: 'http://id.example/oidc/oauth2/token' } }],
  ['an htu with a user', { claims: { htu: 'https://id.example@evil.example/oidc/oauth2/token' } }],
  ['an htu with backslashes', { claims: { htu: 'https://id.example\\oidc\\oauth2\\token' } }],
  ['no iat', { claims: { iat: undefined } }],
  ['an iat that is text', { claims: { iat: '1' } }],
  ['an iat of an hour ago', { claims: { iat: Math.floor(Date.now() / 1000) - 3600 } }],
  ['an iat an hour ahead', { claims: { iat: Math.floor(Date.now() / 1000) + 3600 } }],
  ['an exp that is over', { claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }],
  ['an nbf that is ahead', { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }],
  ['a nonce that is a number', { claims: { nonce: 7 } }],
];

/** Proofs that no changes of a good one make. */
const forgedProofs: readonly [string, () => Promise<string>][] = [
  ['garbage', async () => 'garbage'],
  ['nothing in it', async () => ''],
  ['three dots', async () => '...'],
  ['alg none', async () => forged({ alg: 'none' }, '')],
  ['alg ES384', async () => forged({ alg: 'ES384' }, 'AAAA')],
  ['alg HS256 over its own public key', () => hmacOverPublicKey()],
  ['a signature of zeros', async () => forged({ alg: 'ES256' }, Buffer.alloc(64).toString('base64url'))],
  ['the signature of another key', () => signProof(provider, otherKey, { header: { jwk: key.jwk } })],
  ['an altered payload', async () => (await signProof(provider, key)).replace(/\.[^.]{4}/, '.eyJr')],
  [
    'a private key in its jwk',
    async () => signProof(provider, key, { header: { jwk: await exportJWK(key.privateKey) } }),
  ],
  ['alg ES256 and an RSA key', async () => forged({ jwk: (await makeProofKey('PS256')).jwk }, 'A'.repeat(86))],
  ['alg EdDSA and a key on P-256', async () => forged({ alg: 'EdDSA' }, 'A'.repeat(86))],
  [
    'crit, though in it is only what libraries know',
    () => signProof(provider, key, { header: { b64: true, crit: ['b64'] } }),
  ],
  [
    'two of them, joined by a comma',
    async () => `${await signProof(provider, key)}, ${await signProof(provider, key)}`,
  ],
  [
    'a jti of 100 kB cut to what a header may be',
    () => signProof(provider, key, { claims: { jti: 'x'.repeat(20_000) } }),
  ],
  ['15000 levels of JSON', async () => forgedFrom(goodHeader(), `${'['.repeat(5000)}${']'.repeat(5000)}`)],
];

const goodHeader = () => ({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk });

function forged(header: Record<string, unknown>, signature: string): string {
  const claims = { jti: 'a', htm: 'POST', htu: 'https://id.example/oidc/oauth2/token', iat: provider.clock.now };
  return `${forgedFrom({ ...goodHeader(), ...header }, JSON.stringify(claims)).replace(/[^.]*$/, '')}${signature}`;
}

function forgedFrom(header: Record<string, unknown>, payload: string): string {
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from(payload).toString('base64url')}.AAAA`;
}

function hmacOverPublicKey(): Promise<string> {
  return new SignJWT({ jti: 'a', htm: 'POST', htu: 'https://id.example/oidc/oauth2/token', iat: provider.clock.now })
    .setProtectedHeader({ ...goodHeader(), alg: 'HS256' })
    .sign(new TextEncoder().encode(JSON.stringify(key.jwk)));
}

describe('the token endpoint refuses a proof with', () => {
  test.each(badProofs)('%s', async (_title, changes) => {
    const response = await tokenWith(changes);
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_dpop_proof']);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json().access_token).toBeUndefined();
  });

  test.each(forgedProofs)('%s', async (_title, make) => {
    const response = await tokenWith(await make());
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_dpop_proof']);
  });

  test('an RSA key of less than 2048 bits', async () => {
    const { n, ...jwk } = (await makeProofKey('PS256')).jwk;
    const response = await tokenWith(forged({ alg: 'PS256', jwk: { ...jwk, n: n?.slice(0, 171) } }, 'AAAA'));
    expect(response.json().error).toBe('invalid_dpop_proof');
  });

  test('and keeps the code for whoever has the right one', async () => {
    const code = await obtainCode(browser, client);
    const refused = await requestToken(provider, client, codeForm(code), 'garbage');
    expect(refused.json().error).toBe('invalid_dpop_proof');
    const response = await requestToken(provider, client, codeForm(code), await signProof(provider, key));
    expect(response.statusCode).toBe(200);
  });

  test('a host that only the Host header and the proxy headers name', async () => {
    const response = await provider.post('/oidc/oauth2/token', clientCredentials, client, {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      dpop: await signProof(provider, key, { claims: { htu: 'https://evil.example/oidc/oauth2/token' } }),
    });
    expect(response.json().error).toBe('invalid_dpop_proof');
  });
});

describe('userinfo refuses a bound token with', () => {
  let access_token: string;
  beforeAll(async () => {
    access_token = (await obtainBoundTokens(provider, browser, { client, key })).access_token;
  });

  const expectRefusal = (response: Awaited<ReturnType<typeof boundUserinfo>>, error: string) => {
    expect([response.statusCode, response.json().error]).toEqual([401, error]);
    expect(response.headers['www-authenticate']).toMatch(
      new RegExp(
        `^DPoP error="${error}", error_description="[^"]+", algs="ES256 PS256 [^"]+", resource_metadata="[^"]+"$`,
      ),
    );
  };

  test.each([
    ...badProofs.filter(([title]) => !title.startsWith('the htu') && !title.startsWith('an htu with')),
    ['no ath', { claims: { ath: undefined } }] as const,
    ['the ath of another token', { claims: { ath: 'A'.repeat(43) } }] as const,
    ['an ath that is a number', { claims: { ath: 7 } }] as const,
    ['a proof for the token endpoint', { claims: { htu: 'https://id.example/oidc/oauth2/token' } }] as const,
    ['a proof for POST', { claims: { htm: 'POST' } }] as const,
  ])('%s', async (_title, changes) => {
    const proof = await signUse(provider, key, access_token, changes);
    expectRefusal(await boundUserinfo(provider, access_token, proof), 'invalid_dpop_proof');
  });

  test.each(forgedProofs)('%s', async (_title, make) => {
    expectRefusal(await boundUserinfo(provider, access_token, await make()), 'invalid_dpop_proof');
  });

  test('no proof', async () => {
    expectRefusal(await boundUserinfo(provider, access_token, undefined), 'invalid_dpop_proof');
  });

  test('the proof of another key', async () => {
    const proof = await signUse(provider, otherKey, access_token);
    expectRefusal(await boundUserinfo(provider, access_token, proof), 'invalid_token');
  });

  test('a proof that was used before', async () => {
    const proof = await signUse(provider, key, access_token);
    expect((await boundUserinfo(provider, access_token, proof)).statusCode).toBe(200);
    expectRefusal(await boundUserinfo(provider, access_token, proof), 'invalid_dpop_proof');
  });

  test('the scheme Bearer, with a proof or without, in the header or in a form', async () => {
    const proof = await signUse(provider, key, access_token);
    expectRefusal(await boundUserinfo(provider, access_token, proof, 'Bearer'), 'invalid_token');
    expectRefusal(await userinfo(provider, access_token), 'invalid_token');
    expectRefusal(await provider.post('/oidc/userinfo', { access_token }), 'invalid_token');
  });

  test('the token in the URL', async () => {
    const response = await provider.app.inject({
      url: `/oidc/userinfo?access_token=${access_token}`,
      headers: { dpop: await signUse(provider, key, access_token) },
    });
    expect(response.statusCode).toBe(400);
  });

  test('and takes the scheme in any case', async () => {
    for (const scheme of ['dpop', 'DPOP', 'DPoP']) {
      const proof = await signUse(provider, key, access_token);
      expect((await boundUserinfo(provider, access_token, proof, scheme)).statusCode).toBe(200);
    }
  });

  test('and an unbound token with the scheme DPoP', async () => {
    const code = await obtainCode(browser, client);
    const unbound = (await requestToken(provider, client, codeForm(code), undefined)).json().access_token;
    const proof = await signUse(provider, key, unbound);
    expectRefusal(await boundUserinfo(provider, unbound, proof), 'invalid_token');
    expect((await userinfo(provider, unbound)).statusCode).toBe(200);
  });
});

describe('a proof', () => {
  test('works once, and its jti is kept hashed and only for its window', async () => {
    const jti = 'a-jti-that-is-looked-for';
    const proof = await signProof(provider, key, { claims: { jti } });
    expect((await tokenWith(proof)).statusCode).toBe(200);
    expect((await tokenWith(proof)).json().error).toBe('invalid_dpop_proof');
    const rows = await provider.context.database.all<{ key: string; expires_at: number }>(sql`SELECT * FROM replays`);
    expect(rows.some((row) => row.key.includes(jti))).toBe(false);
    for (const { expires_at } of rows) expect(expires_at).toBeLessThanOrEqual(provider.clock.now + 121);
  });

  test('leaves nothing behind when nothing is given for it, so that strangers fill no disk', async () => {
    const count = () => provider.context.database.get(sql`SELECT COUNT(*) AS rows FROM replays`);
    const before = await count();
    const refused = await requestToken(provider, publicClient, codeForm('x'), await signProof(provider, key));
    expect(refused.json().error).toBe('invalid_grant');
    expect((await boundUserinfo(provider, 'x', await signUse(provider, key, 'x'))).statusCode).toBe(401);
    expect(await count()).toEqual(before);
  });

  test('is forgotten after its window, so that no more rows are kept than four minutes bring', async () => {
    const busy = await startProvider();
    onTestFinished(() => busy.close());
    const one = await busy.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read' });
    const { signal } = new AbortController();
    const kept: number[] = [];
    for (let minute = 0; minute < 20; minute++) {
      for (let use = 0; use < 10; use++)
        expect((await requestToken(busy, one, clientCredentials, await signProof(busy, key))).statusCode).toBe(200);
      busy.clock.advance(60);
      await deleteOldReplays.run(busy.context, signal);
      kept.push((await busy.context.database.all(sql`SELECT key FROM replays`)).length);
    }
    expect(Math.max(...kept)).toBeLessThanOrEqual(40);
    busy.clock.advance(122);
    await deleteOldReplays.run(busy.context, signal);
    expect(await busy.context.database.all(sql`SELECT key FROM replays`)).toEqual([]);
  });

  test('does not use up the jti of another key', async () => {
    const claims = { jti: 'the-same-jti' };
    expect((await tokenWith({ claims })).statusCode).toBe(200);
    expect((await tokenWith(await signProof(provider, otherKey, { claims }))).statusCode).toBe(200);
  });

  test('sent in two headers is refused', async () => {
    const address = await provider.app.listen({ host: '127.0.0.1', port: 0 });
    const proofs = [await signProof(provider, key), await signProof(provider, key)];
    const sent = httpRequest(`${address}/oidc/oauth2/token`, {
      method: 'POST',
      headers: [
        ...['host', 'id.example', 'content-type', 'application/x-www-form-urlencoded'],
        ...['authorization', `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`],
        ...proofs.flatMap((proof) => ['dpop', proof]),
      ],
    });
    sent.end(new URLSearchParams(clientCredentials).toString());
    const [response] = await once(sent, 'response');
    expect(response.statusCode).toBe(400);
    expect(await new Response(response).json()).toMatchObject({ error: 'invalid_dpop_proof' });
  });

  test('never makes the private key that somebody put into it go to the log or the answer', async () => {
    const lines: string[] = [];
    const logged = await startProvider({ log: { write: (line: string) => void lines.push(line) } });
    try {
      const jwk = await exportJWK(key.privateKey);
      const one = await logged.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read' });
      const proof = await signProof(logged, key, { header: { jwk } });
      const response = await requestToken(logged, one, clientCredentials, proof);
      expect(response.json().error).toBe('invalid_dpop_proof');
      expect(response.body + lines.join('')).not.toContain(jwk.d);
      expect(lines.join('')).not.toContain(proof);
    } finally {
      await logged.close();
    }
  });

  test('of whatever form never gives a token or a 5xx', async () => {
    const members = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue(),
      fc.constantFrom<unknown>('POST', 'https://id.example/oidc/oauth2/token', '__proto__', 1e308, -1, ''),
    );
    const claims = fc.record({
      jti: members,
      htm: members,
      htu: members,
      iat: members,
      nbf: members,
      exp: members,
      nonce: members,
    });
    const header = fc.record({ typ: members, jwk: members, crit: members, kid: members }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(claims, header, async (someClaims, someHeader) => {
        const text = `${Buffer.from(JSON.stringify({ ...goodHeader(), ...someHeader })).toString('base64url')}.${Buffer.from(JSON.stringify(someClaims)).toString('base64url')}.${'A'.repeat(86)}`;
        const response = await tokenWith(text);
        expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_dpop_proof']);
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(claims, async (someClaims) => {
        const response = await tokenWith({ claims: someClaims });
        expect([200, 400]).toContain(response.statusCode);
        if (response.statusCode === 200) expect(someClaims).toMatchObject({ htm: 'POST' });
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(engines)('on %s', (engine) => {
  test('of fifteen requests with one proof at the same instant, one gets a token', async () => {
    const racing = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    try {
      const one = await racing.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read' });
      const proof = await signProof(racing, key);
      const answers = await Promise.all(
        Array.from({ length: 15 }, () => requestToken(racing, one, clientCredentials, proof)),
      );
      expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
      expect(answers.filter((answer) => answer.json().error === 'invalid_dpop_proof')).toHaveLength(14);
    } finally {
      await racing.close();
    }
  });
});

describe('a code whose request names a key', () => {
  const tokensFor = async (code: string, proof: string | undefined) =>
    (await requestToken(provider, client, codeForm(code), proof)).json();

  test('is redeemed with its key', async () => {
    const code = await obtainCode(browser, client, { dpop_jkt: key.jkt });
    expect(await tokensFor(code, await signProof(provider, key))).toMatchObject({ token_type: 'DPoP' });
  });

  test('is refused with another key, and without a proof', async () => {
    const withOther = await obtainCode(browser, client, { dpop_jkt: key.jkt });
    expect((await tokensFor(withOther, await signProof(provider, otherKey))).error).toBe('invalid_grant');
    const without = await obtainCode(browser, client, { dpop_jkt: key.jkt });
    expect((await tokensFor(without, undefined)).error).toBe('invalid_grant');
  });

  test.each(['short', 'A'.repeat(44), `${'A'.repeat(42)}=`])(
    'is not given for a dpop_jkt like %s',
    async (dpop_jkt) => {
      await expect(obtainCode(browser, client, { dpop_jkt })).rejects.toThrow('invalid_request');
    },
  );
});

describe('a pushed request', () => {
  const pushWith = async (changes: Record<string, string | undefined>, proofKey: ProofKey) =>
    provider.post('/oidc/oauth2/par', { ...requestParameters, ...changes }, client, {
      dpop: await signProof(provider, proofKey, { claims: { htu: 'https://id.example/oidc/oauth2/par' } }),
    });
  const codeOf = async (response: Awaited<ReturnType<typeof push>>) => {
    const location = (await browser.open(pushedUrl(client, response.json().request_uri))).headers.location;
    return new URL(String(location)).searchParams.get('code') ?? '';
  };

  test('binds its code to the key of its proof', async () => {
    const good = await codeOf(await pushWith({}, key));
    const tokens = await requestToken(provider, client, codeForm(good), await signProof(provider, key));
    expect(tokens.json().token_type).toBe('DPoP');
    const stolen = await codeOf(await pushWith({ dpop_jkt: key.jkt }, key));
    const refused = await requestToken(provider, client, codeForm(stolen), await signProof(provider, otherKey));
    expect(refused.json().error).toBe('invalid_grant');
    const bare = await codeOf(await pushWith({}, key));
    expect((await requestToken(provider, client, codeForm(bare), undefined)).json().error).toBe('invalid_grant');
  });

  test('uses its proof up', async () => {
    const dpop = await signProof(provider, key, { claims: { htu: 'https://id.example/oidc/oauth2/par' } });
    const once = () => provider.post('/oidc/oauth2/par', requestParameters, client, { dpop });
    expect((await once()).statusCode).toBe(201);
    const again = await once();
    expect([again.statusCode, again.json().error]).toEqual([400, 'invalid_dpop_proof']);
  });

  test('with a dpop_jkt and no proof binds its code too', async () => {
    const code = await codeOf(await push(provider, client, { dpop_jkt: key.jkt }));
    const refused = await requestToken(provider, client, codeForm(code), await signProof(provider, otherKey));
    expect(refused.json().error).toBe('invalid_grant');
  });

  test('is refused when it names another key than that of its proof, or its proof is for another endpoint', async () => {
    const response = await pushWith({ dpop_jkt: otherKey.jkt }, key);
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request']);
    const misdirected = await provider.post('/oidc/oauth2/par', requestParameters, client, {
      dpop: await signProof(provider, key),
    });
    expect([misdirected.statusCode, misdirected.json().error]).toEqual([400, 'invalid_dpop_proof']);
  });
});

describe('a refresh token', () => {
  const use = async (whose: RegisteredClient, refresh_token: string | undefined, proofKey?: ProofKey) => {
    const proof = proofKey && (await signProof(provider, proofKey));
    return (await requestToken(provider, whose, { grant_type: 'refresh_token', refresh_token }, proof)).json();
  };

  test('of a public client is bound to its key: another key or none is refused', async () => {
    const { refresh_token } = await obtainBoundTokens(provider, browser, { client: publicClient, key });
    expect((await use(publicClient, refresh_token, otherKey)).error).toBe('invalid_grant');
    expect((await use(publicClient, refresh_token)).error).toBe('invalid_grant');
    const next = await use(publicClient, refresh_token, key);
    expect(next.token_type).toBe('DPoP');
    expect((await use(publicClient, next.refresh_token, otherKey)).error).toBe('invalid_grant');
    expect((await use(publicClient, next.refresh_token, key)).token_type).toBe('DPoP');
  });

  test('of a public client that shows a key for the first time is bound to it from then on', async () => {
    const code = await obtainCode(browser, publicClient);
    const { refresh_token } = (await requestToken(provider, publicClient, codeForm(code), undefined)).json();
    const next = await use(publicClient, refresh_token, key);
    expect(next.token_type).toBe('DPoP');
    expect((await use(publicClient, next.refresh_token)).error).toBe('invalid_grant');
  });

  test('that was spent is not repeated for another key, though it would be for the same', async () => {
    const code = await obtainCode(browser, publicClient);
    const { refresh_token } = (await requestToken(provider, publicClient, codeForm(code), undefined)).json();
    const next = await use(publicClient, refresh_token, key);
    expect((await use(publicClient, refresh_token, key)).refresh_token).toBe(next.refresh_token);
    expect((await use(publicClient, refresh_token, otherKey)).error).toBe('invalid_grant');
  });

  test('of a confidential client may be used with a new key each time', async () => {
    const { refresh_token } = await obtainBoundTokens(provider, browser, { client, key });
    const response = await use(client, refresh_token, otherKey);
    expect(response.token_type).toBe('DPoP');
    expect(payloadOf(response.access_token).cnf).toEqual({ jkt: otherKey.jkt });
  });
});

describe('a client registered with dpop_bound_access_tokens', () => {
  test.each(['client_secret_basic', 'none'])(
    '(%s) gets no token without a proof',
    async (token_endpoint_auth_method) => {
      const bound = await provider.register({
        first_party: true,
        token_endpoint_auth_method,
        dpop_bound_access_tokens: true,
      });
      const code = await obtainCode(browser, bound);
      const refused = await requestToken(provider, bound, codeForm(code), undefined);
      expect([refused.statusCode, refused.json().error]).toEqual([400, 'invalid_dpop_proof']);
      const tokens = (await requestToken(provider, bound, codeForm(code), await signProof(provider, key))).json();
      expect(tokens.token_type).toBe('DPoP');
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      expect((await requestToken(provider, bound, form, undefined)).json().error).toBe('invalid_dpop_proof');
    },
  );
});

describe('registration', () => {
  test('refuses bound tokens together with response types that would give unbound ones', async () => {
    const refused = provider.register({
      dpop_bound_access_tokens: true,
      response_types: ['code', 'code token'],
      grant_types: ['authorization_code', 'implicit'],
    });
    await expect(refused).rejects.toThrow('dpop_bound_access_tokens');
  });
});

describe('with server nonces', () => {
  let nonces: Provider;
  let one: RegisteredClient;
  beforeAll(async () => {
    nonces = await startProvider({ settings: { CASTELLAN_DPOP_NONCE_SECONDS: '300' } });
    await nonces.addUser();
    const grant_types = ['authorization_code', 'client_credentials'];
    one = await nonces.register({ first_party: true, grant_types, scope: 'openid api:read' });
  });
  afterAll(() => nonces.close());

  const ask = async (claims: Record<string, unknown>) =>
    requestToken(nonces, one, clientCredentials, await signProof(nonces, key, { claims }));
  const freshNonce = async () => String((await ask({})).headers['dpop-nonce']);
  const expectChallenge = (response: Awaited<ReturnType<typeof ask>>, status: number) => {
    expect([response.statusCode, response.json().error]).toEqual([status, 'use_dpop_nonce']);
    expect(response.headers['dpop-nonce']).toMatch(/^[A-Za-z0-9_-]{52}$/);
  };

  test('a proof without one is refused with one', async () => expectChallenge(await ask({}), 400));

  test('a proof with it is taken, whatever its iat, and no new one is given', async () => {
    const response = await ask({ nonce: await freshNonce(), iat: nonces.clock.now - 86_400 });
    expect(response.statusCode).toBe(200);
    expect(response.headers['dpop-nonce']).toBeUndefined();
  });

  test('one that grows old is renewed, and one that is old refused', async () => {
    const nonce = await freshNonce();
    nonces.clock.advance(150);
    const response = await ask({ nonce });
    expect(response.statusCode).toBe(200);
    const renewed = String(response.headers['dpop-nonce']);
    nonces.clock.advance(150);
    expectChallenge(await ask({ nonce }), 400);
    expect((await ask({ nonce: renewed })).statusCode).toBe(200);
  });

  test('a proof with one works once, as long as the nonce lives', async () => {
    const claims = { nonce: await freshNonce(), jti: 'once' };
    expect((await ask(claims)).statusCode).toBe(200);
    nonces.clock.advance(290);
    await nonces.context.database.run(sql`DELETE FROM replays WHERE expires_at <= ${nonces.clock.now}`);
    expect((await ask(claims)).json().error).toBe('invalid_dpop_proof');
  });

  test.each<[string, () => string]>([
    ['a foreign one', () => 'A'.repeat(52)],
    ['one of another secret', () => provider.context.secretKey.seal(String(nonces.clock.now), 'dpop-nonce')],
    ['one from the future', () => nonces.context.secretKey.seal(String(nonces.clock.now + 60), 'dpop-nonce')],
    ['what was sealed for something else', () => nonces.context.secretKey.seal(String(nonces.clock.now), 'other')],
    ['an empty one', () => ''],
    ['one of 5 kB', () => 'A'.repeat(5000)],
  ])('%s is refused with a fresh one', async (_title, nonce) => expectChallenge(await ask({ nonce: nonce() }), 400));

  test('userinfo and the push endpoint ask for one too', async () => {
    const other = nonces.browser();
    await other.signIn();
    const code = await obtainCode(other, one);
    const proof = await signProof(nonces, key, { claims: { nonce: await freshNonce() } });
    const { access_token } = (await requestToken(nonces, one, codeForm(code), proof)).json();
    const challenge = await boundUserinfo(nonces, access_token, await signUse(nonces, key, access_token));
    expectChallenge(challenge, 401);
    expect(challenge.headers['www-authenticate']).toMatch(/^DPoP error="use_dpop_nonce"/);
    const nonce = challenge.headers['dpop-nonce'];
    const again = await signUse(nonces, key, access_token, { claims: { nonce } });
    expect((await boundUserinfo(nonces, access_token, again)).statusCode).toBe(200);
    const pushed = await nonces.post('/oidc/oauth2/par', requestParameters, one, {
      dpop: await signProof(nonces, key, { claims: { htu: `${nonces.config.issuer}/oauth2/par` } }),
    });
    expectChallenge(pushed, 400);
  });
});

describe('scripts of other origins', () => {
  test.each(['/oidc/oauth2/token', '/oidc/oauth2/par', '/oidc/userinfo'])(
    'may send proofs to %s and read nonces',
    async (url) => {
      const preflight = await provider.app.inject({
        method: 'OPTIONS',
        url,
        headers: { origin: 'https://app.example' },
      });
      expect(preflight.headers['access-control-allow-headers']).toMatch(/(^|, )DPoP(,|$)/);
      expect(preflight.headers['access-control-expose-headers']).toMatch(/(^|, )DPoP-Nonce(,|$)/);
    },
  );

  test('are told of the algorithms by discovery', async () => {
    const metadata = (await provider.app.inject('/oidc/.well-known/openid-configuration')).json();
    expect(metadata.dpop_signing_alg_values_supported).toEqual(['ES256', 'PS256', 'EdDSA', 'Ed25519', 'RS256']);
  });
});
