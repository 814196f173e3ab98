import type { Configuration, IDToken } from 'openid-client';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { discover, discovered, doubt } from './discovery.ts';
import { type IdentityProvider, type IdentityProviderKind, UpstreamError, type UpstreamIdentity } from './kind.ts';
import { upstreamClaims } from './upstream-claims.ts';
import { openidClient, upstreamError } from './upstream-client.ts';

/** A kind that speaks OpenID Connect and is found by its issuer. */
export function openidConnectKind(
  kind: Pick<IdentityProviderKind, 'name' | 'title' | 'guide' | 'place' | 'tellsEmailVerified'> & {
    issuerOf(settings: IdentityProvider['settings']): string;
    /** The prompt that makes it ask anew who somebody is, as far as it can. */
    readonly promptAgain: 'login' | 'select_account';
  },
): IdentityProviderKind {
  const configurationOf = (context: Context, provider: IdentityProvider) =>
    discovered(context, provider, kind.issuerOf(provider.settings));
  const scope = 'openid email profile';
  return {
    ...kind,
    scope,
    async authorizationUrl(context, provider, { redirect_uri, state, nonce, code_verifier, again }) {
      const client = await openidClient();
      const configuration = await configurationOf(context, provider);
      try {
        return client.buildAuthorizationUrl(configuration, {
          redirect_uri,
          scope: provider.settings.scope ?? scope,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
          code_challenge_method: 'S256',
          ...(again && { prompt: kind.promptAgain }),
        });
      } catch (error) {
        throw await upstreamError(error);
      }
    },
    async redeem(context, provider, url, { state, nonce, code_verifier }) {
      const client = await openidClient();
      const configuration = await configurationOf(context, provider);
      try {
        const tokens = await client.authorizationCodeGrant(configuration, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: code_verifier,
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (!idToken) throw new UpstreamError('refused', 'there is no ID Token');
        return identityOf(configuration, idToken, tokens.access_token);
      } catch (error) {
        const failure = await upstreamError(error);
        if (failure.reason !== 'cancelled') doubt(context, provider);
        throw failure;
      }
    },
    test: (context, provider, redirect_uri) =>
      testOf(context, provider, { issuer: kind.issuerOf(provider.settings), redirect_uri, scope }),
  };
}

const strengthSchema = z.object({
  amr: z.array(z.string()).catch([]),
  acr: z.string().optional().catch(undefined),
});

function identityOf(configuration: Configuration, idToken: IDToken, access_token: string): UpstreamIdentity {
  const { sub } = idToken;
  if (sub === '' || sub.length > 255) throw new UpstreamError('refused', 'the sub has not 1 to 255 characters');
  const { amr, acr } = strengthSchema.parse({ amr: idToken.amr, acr: idToken.acr });
  return {
    sub,
    amr,
    acr,
    async claims() {
      if (idToken.email !== undefined && idToken.name !== undefined) return upstreamClaims(idToken);
      const client = await openidClient();
      if (configuration.serverMetadata().userinfo_endpoint === undefined) return upstreamClaims(idToken);
      try {
        return upstreamClaims({ ...idToken, ...(await client.fetchUserInfo(configuration, access_token, sub)) });
      } catch (error) {
        throw await upstreamError(error);
      }
    },
  };
}

async function testOf(
  context: Context,
  provider: IdentityProvider,
  { issuer, redirect_uri, scope }: { issuer: string; redirect_uri: string; scope: string },
): Promise<string[]> {
  const client = await openidClient();
  let configuration: Configuration;
  try {
    configuration = await discover(context, provider, issuer);
  } catch (error) {
    return [discoveryProblem(issuer, await upstreamError(error))];
  }
  const server = configuration.serverMetadata();
  const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).filter(
    (member) => server[member] === undefined,
  );
  if (missing.length > 0) return [`Its configuration does not tell the ${missing.join(' and the ')}.`];
  const problems: string[] = [];
  const { scopes_supported } = server;
  const unknown = (provider.settings.scope ?? scope)
    .split(' ')
    .filter((value) => scopes_supported !== undefined && !scopes_supported.includes(value));
  if (unknown.length > 0) problems.push(`It does not list these scope values: ${unknown.join(' ')}.`);
  try {
    // Nobody was given this code: a provider that knows us says so, and one that does not says that.
    const made = new URL(
      `${redirect_uri}?${new URLSearchParams({ code: 'castellan-test', state: 'test', iss: server.issuer })}`,
    );
    await client.authorizationCodeGrant(configuration, made, {
      expectedState: 'test',
      pkceCodeVerifier: 'castellan-test'.repeat(4),
    });
  } catch (error) {
    const problem = await credentialsProblem(error);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** In words, why there is no configuration; what there is inside a network stays in the log. */
function discoveryProblem(issuer: string, { reason, cause }: UpstreamError): string {
  if (cause instanceof Error && cause.message.includes('issuer does not match'))
    return `There is a configuration at ${issuer}, but it is that of another issuer: copy the issuer exactly as the provider writes it.`;
  if (reason === 'unreachable')
    return `There was no answer from ${issuer}. Check the address. If it is inside your network, list host and port in the setting OUTBOUND_ALLOW. The log says more.`;
  return `There is no OpenID configuration at ${issuer}/.well-known/openid-configuration. Check the issuer.`;
}

/** What the answer to a made-up code tells about our credentials; undefined when they are right. */
export async function credentialsProblem(error: unknown): Promise<string | undefined> {
  const { ResponseBodyError, WWWAuthenticateChallengeError } = await openidClient();
  const wrong = 'It does not know this client ID with this secret. Copy both again.';
  if (error instanceof WWWAuthenticateChallengeError) return wrong;
  if (error instanceof ResponseBodyError) {
    if (['invalid_client', 'unauthorized_client'].includes(error.error)) return wrong;
    return ['invalid_grant', 'invalid_request'].includes(error.error)
      ? undefined
      : `Its token endpoint answers with the error ${error.error}.`;
  }
  return 'Its token endpoint gave no answer that could be understood. The log says more.';
}
