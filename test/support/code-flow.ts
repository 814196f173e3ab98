import { createHash } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import {
  answerOf,
  encode,
  type Form,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  type TestBrowser,
} from './provider.ts';

/** A verifier of RFC 7636 with its challenge, the same in every test. */
export const code_verifier = 'a-code-verifier-of-sufficient-length-for-rfc-7636';
export const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');

/** The address of an authorization request; a parameter given as undefined is left out. */
export function authorizationUrl(client: { client_id: string }, changes: Form = {}): string {
  const parameters = {
    client_id: client.client_id,
    redirect_uri,
    response_type: 'code',
    scope: 'openid',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  return `/oidc/oauth2/auth?${encode(parameters)}`;
}

/** Walks the whole way of an authorization request: signs in and consents wherever it is asked to. */
export async function authorize(
  browser: TestBrowser,
  url: string,
  sign: { username?: string; password?: string } = {},
): Promise<LightMyRequestResponse> {
  let response = await browser.open(url);
  for (let pages = 0; pages < 4 && locationOf(response) === undefined; pages++) {
    if (response.body.includes('id="login-password"'))
      response = await browser.submit(response, {
        username: sign.username ?? 'alice',
        password: sign.password ?? 'correct horse battery staple',
      });
    else if (response.body.includes('id="consent-allow"'))
      response = await browser.submit(response, { decision: 'allow' });
    else break;
  }
  return response;
}

/** A code for this client, from a browser that signs in and consents if need be. */
export async function obtainCode(
  browser: TestBrowser,
  client: { client_id: string },
  changes: Form = {},
): Promise<string> {
  const answer = answerOf(await authorize(browser, authorizationUrl(client, changes)));
  if (answer.code === undefined) throw new Error(`no code but ${JSON.stringify(answer)}`);
  return answer.code;
}

/** Redeems a code at the token endpoint; a parameter given as undefined is left out. */
export function redeem(
  provider: Provider,
  client: RegisteredClient,
  code: string,
  changes: Form = {},
): Promise<LightMyRequestResponse> {
  const isPublic = client.token_endpoint_auth_method === 'none';
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier,
    ...(isPublic ? { client_id: client.client_id } : {}),
    ...changes,
  };
  return provider.post('/oidc/oauth2/token', form, isPublic ? undefined : client);
}

/** Uses a refresh token at the token endpoint. */
export function refresh(
  provider: Provider,
  client: RegisteredClient,
  refresh_token: string,
  changes: Form = {},
): Promise<LightMyRequestResponse> {
  const isPublic = client.token_endpoint_auth_method === 'none';
  const form = {
    grant_type: 'refresh_token',
    refresh_token,
    ...(isPublic ? { client_id: client.client_id } : {}),
    ...changes,
  };
  return provider.post('/oidc/oauth2/token', form, isPublic ? undefined : client);
}

/** Tokens as the token endpoint gave them. */
export interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

/** Tokens for this client, all the way from the authorization request. */
export async function obtainTokens(
  provider: Provider,
  browser: TestBrowser,
  client: RegisteredClient,
  changes: Form = {},
): Promise<Tokens> {
  const code = await obtainCode(browser, client, changes);
  const response = await redeem(provider, client, code);
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json<Tokens>();
}

/** The payload of a JWT, unverified. */
export function payloadOf(jwt: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

/** Asks userinfo with a bearer token. */
export function userinfo(provider: Provider, access_token: string): Promise<LightMyRequestResponse> {
  return provider.app.inject({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${access_token}` } });
}
