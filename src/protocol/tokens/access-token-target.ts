import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';
import { type AccessTokenFormat, findResources, type Resource } from '../resources.ts';
import { lifetimesOf } from './lifetimes.ts';
import type { SigningAlg } from './signing-algs.ts';

/** For whom an access token is, and how they want it. */
export interface AccessTokenTarget {
  readonly aud: string | readonly string[];
  readonly scope: readonly string[];
  readonly seconds: number;
  readonly format: AccessTokenFormat;
  readonly alg: SigningAlg;
}

/**
 * The audience is the resources that were asked for, or else that of the client. Of the scope those values are left that
 * mean something to the resources that were asked for. What registered resources want of their tokens holds either way:
 * the shortest life, opaque when one of them wants it so, and the algorithm on which they agree.
 */
export async function accessTokenTarget(
  context: Context,
  client: Client,
  { resource, scope }: { resource: readonly string[] | undefined; scope: readonly string[] },
): Promise<AccessTokenTarget> {
  const audience = resource ?? audienceOf(context, client, scope);
  const resources = await findResources(context, audience);
  const seconds = resources.flatMap(({ access_token_seconds }) => access_token_seconds ?? []);
  return {
    aud: audience.length === 1 && audience[0] !== undefined ? audience[0] : audience,
    scope: resource ? scopeFor(resources, scope) : scope,
    seconds: Math.min(lifetimesOf(context, client).accessTokenSeconds, ...seconds),
    format: resources.some(({ access_token_format }) => access_token_format === 'opaque') ? 'opaque' : 'jwt',
    alg: algFor(client, resources),
  };
}

/** The client's registered audience, and our own userinfo when openid was granted; never nobody (RFC 9068 §2.2). */
function audienceOf({ config: { issuer } }: Context, client: Client, scope: readonly string[]): string[] {
  const audience = [...client.audience];
  if ((scope.includes('openid') || audience.length === 0) && !audience.includes(issuer)) audience.push(issuer);
  return audience;
}

function scopeFor(resources: readonly Resource[], scope: readonly string[]): readonly string[] {
  if (resources.some((each) => each.scope.length === 0)) return scope;
  return scope.filter((value) => resources.some((each) => each.scope.includes(value)));
}

function algFor(client: Client, resources: readonly Resource[]): SigningAlg {
  const [alg, ...others] = new Set(resources.flatMap(({ access_token_signing_alg }) => access_token_signing_alg ?? []));
  const isUsable = alg !== undefined && others.length === 0 && profileOf(client).signingAlgs?.includes(alg) !== false;
  return isUsable ? alg : client.access_token_signed_response_alg;
}
