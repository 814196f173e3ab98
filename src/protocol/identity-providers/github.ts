import type { Configuration } from 'openid-client';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type IdentityProvider, type IdentityProviderKind, UpstreamError, type UpstreamIdentity } from './kind.ts';
import { credentialsProblem } from './openid-connect-kind.ts';
import { upstreamClaims } from './upstream-claims.ts';
import { openidClient, upstreamClient, upstreamError } from './upstream-client.ts';

const scope = 'read:user user:email';

/**
 * GitHub, also GitHub Enterprise Server at an address of its own. It speaks OAuth 2.0 and not OpenID Connect: who
 * somebody is tells its API, by the number of the account, which never changes and is given to nobody else.
 */
export const github: IdentityProviderKind = {
  name: 'github',
  title: 'GitHub',
  guide: 'At GitHub: Settings, Developer settings, OAuth Apps, New OAuth app.',
  place: { member: 'issuer', required: false },
  scope,
  tellsEmailVerified: true,
  async authorizationUrl(context, provider, { redirect_uri, state, code_verifier, again }) {
    const client = await openidClient();
    return client.buildAuthorizationUrl(await configurationOf(context, provider), {
      redirect_uri,
      scope: provider.settings.scope ?? scope,
      state,
      code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
      code_challenge_method: 'S256',
      ...(again && { prompt: 'select_account' }),
    });
  },
  async redeem(context, provider, url, { state, code_verifier }) {
    const client = await openidClient();
    const configuration = await configurationOf(context, provider);
    try {
      const { access_token } = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        pkceCodeVerifier: code_verifier,
      });
      return await identityOf(context, provider, access_token);
    } catch (error) {
      throw await upstreamError(error);
    }
  },
  async test(context, provider, redirect_uri) {
    const client = await openidClient();
    try {
      const made = new URL(`${redirect_uri}?code=castellan-test&state=test`);
      await client.authorizationCodeGrant(await configurationOf(context, provider), made, {
        expectedState: 'test',
        pkceCodeVerifier: 'castellan-test'.repeat(4),
      });
    } catch (error) {
      if ((await upstreamError(error)).reason === 'unreachable')
        return [`There was no answer from ${placesOf(provider).site}. The log says more.`];
      return problemIn(error, await credentialsProblem(error));
    }
    return [];
  },
};

/** GitHub answers an error with the status 200, so that openid-client takes it for a malformed answer. */
function problemIn(error: unknown, problem: string | undefined): string[] {
  const said = JSON.stringify(error instanceof Error ? causesOf(error) : '');
  if (said.includes('bad_verification_code')) return [];
  if (said.includes('incorrect_client_credentials') || said.includes('404'))
    return ['It does not know this client ID with this secret. Copy both again.'];
  return problem === undefined ? [] : [problem];
}

function causesOf(error: Error): unknown[] {
  const { cause } = error;
  return [cause instanceof Response ? cause.status : cause, ...(cause instanceof Error ? causesOf(cause) : [])];
}

function placesOf({ settings: { issuer } }: IdentityProvider): { readonly site: string; readonly api: string } {
  if (issuer === undefined) return { site: 'https://github.com', api: 'https://api.github.com' };
  const site = issuer.replace(/\/+$/, '');
  return { site, api: `${site}/api/v3` };
}

async function configurationOf(context: Context, provider: IdentityProvider): Promise<Configuration> {
  const client = await openidClient();
  const { site } = placesOf(provider);
  const { metadata, authentication, fetch, execute } = await upstreamClient(context, provider, site);
  const configuration = new client.Configuration(
    {
      issuer: site,
      authorization_endpoint: `${site}/login/oauth/authorize`,
      token_endpoint: `${site}/login/oauth/access_token`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
    provider.settings.client_id,
    metadata,
    authentication,
  );
  configuration[client.customFetch] = fetch;
  for (const extend of execute) extend(configuration);
  return configuration;
}

const accountSchema = z.object({
  id: z.number().int().positive(),
  login: z.string(),
  name: z.string().nullish(),
});

const addressesSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

async function identityOf(
  context: Context,
  provider: IdentityProvider,
  access_token: string,
): Promise<UpstreamIdentity> {
  const account = accountSchema.parse(await ask(context, provider, access_token, '/user'));
  return {
    sub: String(account.id),
    amr: [],
    acr: undefined,
    async claims() {
      try {
        const addresses = addressesSchema.parse(await ask(context, provider, access_token, '/user/emails'));
        const address = addresses.find(({ primary }) => primary);
        return upstreamClaims({
          name: account.name ?? undefined,
          preferred_username: account.login,
          email: address?.email,
          email_verified: address?.verified,
        });
      } catch (error) {
        throw await upstreamError(error);
      }
    },
  };
}

async function ask(context: Context, provider: IdentityProvider, access_token: string, path: string): Promise<unknown> {
  const { status, body } = await context.fetchPublic(`${placesOf(provider).api}${path}`, {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${access_token}`,
  });
  if (status !== 200)
    throw new UpstreamError(status >= 500 ? 'unreachable' : 'refused', `${path} answers with the status ${status}`);
  return JSON.parse(body);
}
