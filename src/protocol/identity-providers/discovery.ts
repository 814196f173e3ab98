import type { Configuration } from 'openid-client';
import type { Context } from '../../context.ts';
import { type IdentityProvider, UpstreamError } from './kind.ts';
import { openidClient, upstreamClient, upstreamError } from './upstream-client.ts';

/** What is known of a provider is asked for again after this time, in seconds. */
const freshSeconds = 3600;
/** How long it serves when the provider no longer answers. */
const staleSeconds = 86_400;
/** A provider that did not answer is left alone for this long. */
const coolDownSeconds = 10;

/** What is known of an OpenID Provider; times are epoch seconds. */
export interface Upstream {
  configuration: Configuration | undefined;
  fetched_at: number;
  failed_at: number;
  failure: UpstreamError | undefined;
  /** The call under way, which everybody waits for. */
  fetching: Promise<void> | undefined;
}

/** The configuration of a provider (OpenID Connect Discovery §4), at most an hour old while it answers. Throws UpstreamError. */
export async function discovered(context: Context, provider: IdentityProvider, issuer: string): Promise<Configuration> {
  const upstream = upstreamOf(context, provider);
  const isYoungerThan = (seconds: number) => upstream.fetched_at > context.now() - seconds;
  if (upstream.configuration && isYoungerThan(freshSeconds)) return upstream.configuration;
  // A time ahead of ours was set by a clock that has been put back since.
  if (upstream.fetching || Math.abs(context.now() - upstream.failed_at) >= coolDownSeconds) {
    upstream.fetching ??= fetchInto(context, provider, issuer, upstream);
    await upstream.fetching;
  }
  if (upstream.configuration && isYoungerThan(staleSeconds)) return upstream.configuration;
  throw upstream.failure ?? new UpstreamError('unreachable', `${issuer} was not reached`);
}

/** Asks a provider for its configuration now. Throws UpstreamError. */
export async function discover(context: Context, provider: IdentityProvider, issuer: string): Promise<Configuration> {
  const client = await openidClient();
  const { metadata, authentication, fetch, execute } = await upstreamClient(context, provider, issuer);
  try {
    return await client.discovery(new URL(issuer), provider.settings.client_id, metadata, authentication, {
      [client.customFetch]: fetch,
      execute,
    });
  } catch (error) {
    throw await upstreamError(error);
  }
}

/** After a failure the provider is asked anew what it is like, for it may have moved; what is known serves until then. */
export function doubt(context: Context, provider: IdentityProvider): void {
  upstreamOf(context, provider).fetched_at = Math.min(
    upstreamOf(context, provider).fetched_at,
    context.now() - freshSeconds,
  );
}

function upstreamOf({ memos }: Context, { name, settings, sealed_client_secret }: IdentityProvider): Upstream {
  const key = JSON.stringify([name, settings, sealed_client_secret]);
  const known = memos.upstreams.get(key);
  if (known) return known;
  const upstream = { configuration: undefined, fetched_at: 0, failed_at: 0, failure: undefined, fetching: undefined };
  memos.upstreams.set(key, upstream);
  return upstream;
}

/** Never rejects: what went wrong is logged for the operator and kept for whoever waits. */
async function fetchInto(
  context: Context,
  provider: IdentityProvider,
  issuer: string,
  upstream: Upstream,
): Promise<void> {
  try {
    upstream.configuration = await discover(context, provider, issuer);
    upstream.fetched_at = context.now();
    upstream.failure = undefined;
  } catch (error) {
    upstream.failure = await upstreamError(error);
    upstream.failed_at = context.now();
    context.log.warn({ err: error, provider: provider.name, issuer }, 'an identity provider could not be discovered');
  } finally {
    upstream.fetching = undefined;
  }
}
