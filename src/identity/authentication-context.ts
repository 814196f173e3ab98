/**
 * What we say of how a person signed in (acr, OpenID Connect Core §2): a name that claims no level of a foreign
 * framework, for only the operator knows how people were identified before they got their password.
 */
const passwordAcr = 'urn:castellan:acr:password';

/** The values that discovery announces, the weakest first. */
export const acrValuesSupported: readonly string[] = [passwordAcr];

/** The acr of a sign-in by these methods (amr, RFC 8176). */
export function acrOf(amr: readonly string[]): string {
  if (amr.includes('pwd')) return passwordAcr;
  throw new Error(`no acr is defined for a sign-in by ${amr.join(' ')}`);
}
