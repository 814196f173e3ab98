import type { LightMyRequestResponse } from 'fastify';
import { code_challenge } from './code-flow.ts';
import { encode, type Form, type Provider, type RegisteredClient, redirect_uri } from './provider.ts';

/** The parameters of an authorization request that is in order. */
export const requestParameters = {
  redirect_uri,
  response_type: 'code',
  scope: 'openid',
  state: 'the-state',
  nonce: 'the-nonce',
  code_challenge,
  code_challenge_method: 'S256',
};

/** Pushes an authorization request; a parameter given as undefined is left out. */
export function push(
  provider: Provider,
  client: RegisteredClient,
  changes: Form = {},
): Promise<LightMyRequestResponse> {
  const isPublic = client.token_endpoint_auth_method === 'none';
  const form = { ...requestParameters, ...(isPublic ? { client_id: client.client_id } : {}), ...changes };
  return provider.post('/oidc/oauth2/par', form, isPublic ? undefined : client);
}

/** The address that a browser is sent to for a pushed request; `more` is what should not count there. */
export function pushedUrl({ client_id }: { client_id: string }, request_uri: string, more: Form = {}): string {
  return `/oidc/oauth2/auth?${encode({ client_id, request_uri, ...more })}`;
}

/** The address for a request that is pushed now. */
export async function pushedRequestUrl(
  provider: Provider,
  client: RegisteredClient,
  changes: Form = {},
): Promise<string> {
  const response = await push(provider, client, changes);
  if (response.statusCode !== 201) throw new Error(response.body);
  return pushedUrl(client, response.json<{ request_uri: string }>().request_uri);
}
