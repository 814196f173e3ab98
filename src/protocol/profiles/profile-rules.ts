import type { ClientMetadata, MetadataProblem } from '../client-metadata.ts';
import { isDemandedBy, senderConstraints } from '../sender-constraints/index.ts';
import { profileOf, profiles } from './index.ts';

/** The metadata as its profile completes it, before it is read; what has no profile, or no form, stays as it is. */
export function withProfileDefaults(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('profile' in input)) return input;
  const profile = typeof input.profile === 'string' ? profiles.get(input.profile) : undefined;
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return profile ? { ...profile.defaults, ...Object.fromEntries(given) } : input;
}

/** What of the metadata is against the client's profile. */
export function metadataObeysItsProfile(metadata: ClientMetadata): MetadataProblem[] {
  const profile = profileOf(metadata);
  const values = Object.entries(profile.values).filter(([member, allowed]) =>
    [memberOf(metadata, member)].flat().some((value) => !allowed.includes(value)),
  );
  const algs = Object.entries(metadata).filter(
    ([member, alg]) =>
      isSigningAlg(member) && profile.signingAlgs?.includes(String(alg ?? profile.signingAlgs[0])) === false,
  );
  const { longestCodeSeconds = Number.POSITIVE_INFINITY, bindsTokens, title } = profile;
  const constraints = [...senderConstraints.values()];
  const bindings = constraints.map(({ clientMember }) => clientMember);
  const isUnbound = bindsTokens && !constraints.some((constraint) => isDemandedBy(metadata, constraint));
  const codeIsTooLong = (metadata.authorization_code_seconds ?? 0) > longestCodeSeconds;
  const redirectUris = metadata.redirect_uris.flatMap((uri) => profile.redirectUriProblem(uri, metadata) ?? []);
  const problem = (member: string, message: string) => ({ member, message: `${message} (${title})` });
  return [
    ...values.map(([member, allowed]) => problem(member, `must be ${namesOf(allowed)}`)),
    ...algs.map(([member]) => problem(member, `must be one of ${namesOf(profile.signingAlgs ?? [])}`)),
    ...(isUnbound ? [problem(bindings[0] ?? '', `${bindings.join(' or ')} must be true`)] : []),
    ...(codeIsTooLong ? [problem('authorization_code_seconds', `must be at most ${longestCodeSeconds}`)] : []),
    ...redirectUris.map((message) => problem('redirect_uris', message)),
  ];
}

function isSigningAlg(member: string): boolean {
  return /_(?:signing|signed_response)_alg$/.test(member);
}

function memberOf(metadata: ClientMetadata, member: string): unknown {
  return Object.entries(metadata).find(([name]) => name === member)?.[1];
}

function namesOf(values: readonly unknown[]): string {
  return values.filter((value) => value !== undefined).join(', ');
}
