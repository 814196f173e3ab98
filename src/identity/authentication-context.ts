/**
 * What we say of how a person signed in (acr, OpenID Connect Core §2): names that claim no level of a foreign
 * framework, for only the operator knows how people were identified before they got their account. Weakest first.
 */
const levels = [
  'urn:castellan:acr:one-factor',
  'urn:castellan:acr:two-factors',
  'urn:castellan:acr:phishing-resistant',
] as const;

/** The values that discovery announces, the weakest first. */
export const acrValuesSupported: readonly string[] = levels;

/** The acr of a sign-in by these methods (amr, RFC 8176): `pop` is a passkey, and `mfa` says that there were two factors. */
export function acrOf(amr: readonly string[]): string {
  if (amr.length === 0) throw new Error('nobody signs in without proving anything');
  if (!amr.includes('mfa')) return levels[0];
  return amr.includes('pop') ? levels[2] : levels[1];
}

/** Whether a sign-in of this acr is as strong as the wanted one, or stronger. False for a value that is not ours. */
export function isAcrAtLeast(acr: string, wanted: string): boolean {
  const [reached, needed] = [acrValuesSupported.indexOf(acr), acrValuesSupported.indexOf(wanted)];
  return needed >= 0 && reached >= needed;
}
