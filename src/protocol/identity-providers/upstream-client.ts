/** What we are to a provider: a client of openid-client, which is loaded when somebody first comes this way. */
import type { ClientAuth, ClientMetadata, CustomFetch, DiscoveryRequestOptions } from 'openid-client';
import type { Context } from '../../context.ts';
import { OutboundError } from '../../lib/outbound-fetch.ts';
import { type IdentityProvider, UpstreamError } from './kind.ts';
import { upstreamFetch } from './upstream-fetch.ts';

/** How far, in seconds, a provider's clock may be from ours. */
const clockTolerance = 60;

export const openidClient = () => import('openid-client');

/** Where a provider's secret is sealed to. */
export const sealedFor = (name: string): string => `identity_providers/${name}`;

/** Our client metadata, our authentication, and our way to the Internet, as openid-client takes them. */
export async function upstreamClient(
  context: Context,
  provider: IdentityProvider,
  address: string,
): Promise<{
  readonly metadata: Partial<ClientMetadata>;
  readonly authentication: ClientAuth;
  readonly fetch: CustomFetch;
  readonly execute: NonNullable<DiscoveryRequestOptions['execute']>;
}> {
  const client = await openidClient();
  // fetchPublic takes http for hosts that the operator lists; of any other issuer every address must be https.
  const insecure = address.startsWith('http:') ? [client.allowInsecureRequests] : [];
  return {
    metadata: { [client.clockTolerance]: clockTolerance },
    authentication: await authenticationOf(context, provider),
    fetch: upstreamFetch(context),
    execute: [client.enableNonRepudiationChecks, ...insecure],
  };
}

/** What went wrong, as far as it makes a difference to a person. */
export async function upstreamError(error: unknown): Promise<UpstreamError> {
  if (error instanceof UpstreamError) return error;
  const { AuthorizationResponseError } = await openidClient();
  const message = error instanceof Error ? error.message : 'something that is no error was thrown';
  if (error instanceof AuthorizationResponseError)
    return new UpstreamError(error.error === 'access_denied' ? 'cancelled' : 'refused', message, error);
  return new UpstreamError(isAway(error) ? 'unreachable' : 'refused', message, error);
}

/** The method that was set, otherwise the one that providers have unless they say otherwise (OpenID Connect Core §9). */
async function authenticationOf(
  { secretKey }: Context,
  { name, settings, sealed_client_secret }: IdentityProvider,
): Promise<ClientAuth> {
  const client = await openidClient();
  if (sealed_client_secret === undefined) return client.None();
  const secret = secretKey.unseal(sealed_client_secret, sealedFor(name));
  const methods = {
    client_secret_basic: client.ClientSecretBasic(secret),
    client_secret_post: client.ClientSecretPost(secret),
    none: client.None(),
  };
  return (server, metadata, body, headers) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const usual = supported.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post';
    return methods[settings.token_endpoint_auth_method ?? usual](server, metadata, body, headers);
  };
}

function isAway(error: unknown): boolean {
  if (error instanceof OutboundError) return true;
  if (error instanceof Response) return error.status >= 500;
  if (!(error instanceof Error)) return false;
  if ('status' in error && typeof error.status === 'number' && error.status >= 500) return true;
  return isAway(error.cause);
}
