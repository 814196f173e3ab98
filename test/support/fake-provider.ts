import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { actor, locationOf, type Provider, type TestBrowser } from './provider.ts';

/** An OpenID Provider on the loopback that says what a test wants it to say. */
export interface FakeProvider {
  readonly issuer: string;
  /** What the next ID Token says instead of what is right; a claim that is undefined is left out. */
  idToken: Record<string, unknown>;
  userinfo: Record<string, unknown>;
  /** What its configuration says besides what is right. */
  configuration: Record<string, unknown>;
  /** Who signs: its key, one of its key's name that nobody knows, or nobody. */
  signer: 'itself' | 'somebody' | 'nobody';
  /** The status of every answer of its token endpoint. */
  tokenStatus: number;
  /** Never answers at its token endpoint. */
  isSilent: boolean;
  /** Redeems a code more than once. */
  takesCodesAgain: boolean;
  /** Leaves the ID Token out. */
  withoutIdToken: boolean;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** What the provider sends the browser back with, who had been sent there with this address. */
  answer(sent: string, changes?: Record<string, string | undefined>): string;
  /** Nobody is there any more. */
  stop(): Promise<void>;
}

export const fakeClient = { client_id: 'ours', client_secret: 'a secret of ours' };

/** Starts one; it goes when the test ends. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const strangers = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'the-key', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, { nonce: string; challenge: string }>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '', fake.issuer).pathname;
    fake.asked.push(path);
    if (fake.isSilent && path === '/token') return;
    const [status, body] = await respond(path, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the provider has no address');
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(stop);
  const issuer = `http://127.0.0.1:${address.port}`;

  const respond = async (path: string, request: IncomingMessage): Promise<[number, unknown]> => {
    if (path === '/.well-known/openid-configuration')
      return [
        200,
        {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['ES256'],
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          authorization_response_iss_parameter_supported: true,
          ...fake.configuration,
        },
      ];
    if (path === '/jwks') return [200, { keys: [jwk] }];
    if (path === '/userinfo') return [200, { sub: 'person-1', ...fake.userinfo }];
    if (path === '/token') return tokens(new URLSearchParams(await bodyOf(request)), request.headers.authorization);
    return [404, {}];
  };

  const tokens = async (form: URLSearchParams, authorization = ''): Promise<[number, unknown]> => {
    if (fake.tokenStatus !== 200) return [fake.tokenStatus, {}];
    const [id = '', secret = ''] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
    const said = new URLSearchParams(`id=${id}&secret=${secret}`);
    if (said.get('id') !== fakeClient.client_id || said.get('secret') !== fakeClient.client_secret)
      return [401, { error: 'invalid_client' }];
    const code = codes.get(form.get('code') ?? '');
    if (!fake.takesCodesAgain) codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || challenge !== code.challenge) return [400, { error: 'invalid_grant' }];
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, sub: 'person-1', aud: fakeClient.client_id, iat: now, exp: now + 300 };
    const claims = { ...right, nonce: code.nonce, ...fake.idToken };
    const id_token = await sign(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)));
    return [
      200,
      {
        access_token: 'an-access-token',
        token_type: 'Bearer',
        expires_in: 60,
        ...(!fake.withoutIdToken && { id_token }),
      },
    ];
  };

  const sign = async (claims: JWTPayload): Promise<string> => {
    if (fake.signer === 'nobody') {
      const half = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
      return `${half({ alg: 'none' })}.${half(claims)}.`;
    }
    const key = fake.signer === 'itself' ? privateKey : strangers.privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'the-key' }).sign(key);
  };

  const fake: FakeProvider = {
    issuer,
    idToken: {},
    userinfo: {},
    configuration: {},
    signer: 'itself',
    tokenStatus: 200,
    isSilent: false,
    takesCodesAgain: false,
    withoutIdToken: false,
    asked: [],
    answer(sent, changes = {}) {
      const { searchParams } = new URL(sent);
      const code = randomBytes(8).toString('hex');
      codes.set(code, {
        nonce: searchParams.get('nonce') ?? '',
        challenge: searchParams.get('code_challenge') ?? '',
      });
      const parameters = { code, state: searchParams.get('state') ?? '', iss: issuer, ...changes };
      const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
      return `${searchParams.get('redirect_uri')}?${new URLSearchParams(given)}`;
    },
    stop,
  };
  return fake;
}

/** Makes the provider known to us as `fake`. */
export async function addFakeProvider(
  ours: Provider,
  fake: FakeProvider,
  settings: Record<string, unknown> = {},
  name = 'fake',
): Promise<void> {
  const { client_id, client_secret } = fakeClient;
  const whole = { kind: 'openid-connect', label: 'Big Corp', issuer: fake.issuer, client_id, ...settings };
  await addIdentityProvider(ours.context, { name, settings: whole, client_secret }, actor);
}

/** Lets the browser be sent to the provider, and resolves with the address that it is sent to. */
export async function sentTo(browser: TestBrowser, start = '/login/with/fake'): Promise<string> {
  const response = await browser.get(start);
  const location = locationOf(response);
  if (location === undefined) throw new Error(`not sent to the provider but ${response.statusCode}: ${response.body}`);
  return location;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
