import type { Context } from '../../context.ts';
import type { Html } from '../../lib/html.ts';
import { providerMetadata } from '../../protocol/metadata.ts';
import { copyable, definitionList } from '../ui/list.ts';

/** The address that an application needs, from which it learns all others (OpenID Connect Discovery §4). */
export function discoveryUrl({ config: { issuer } }: Context): string {
  return `${issuer}/.well-known/openid-configuration`;
}

/** The addresses that the metadata of this provider names, ready to copy. */
export function endpointsList(context: Context): Html {
  const addresses = Object.entries(providerMetadata(context)).flatMap(([member, value]) =>
    /_(endpoint|uri)$/.test(member) && typeof value === 'string' ? [{ term: labelOf(member), value }] : [],
  );
  return definitionList(addresses.map(({ term, value }) => ({ term, value: copyable(value, term) })));
}

/** The words of a member, as a label: `jwks_uri` is `JWKS URI`. */
function labelOf(member: string): string {
  const words = member.replaceAll('_', ' ').replace(/\b(jwks|uri)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
