import { acrValuesSupported, isAcrAtLeast } from '../../identity/authentication-context.ts';
import { type ClaimsRequest, parseClaims } from './claims-parameter.ts';

/** How strong a sign-in a request asks for, in the values that discovery announces. */
export interface RequestedAcr {
  /** Any of them must be reached: an essential acr claim (OpenID Connect Core §5.5.1.1). Undefined without one. */
  readonly essential: readonly string[] | undefined;
  /** Wished for, the dearest first: acr_values, or an acr claim that is not essential. */
  readonly wished: readonly string[];
}

/** A request for no acr, such as that of a page of ours. */
export const noRequestedAcr: RequestedAcr = { essential: undefined, wished: [] };

/** What a request that was read asks for. */
export function requestedAcr({
  claims,
  acr_values,
}: {
  readonly claims?: ClaimsRequest | undefined;
  readonly acr_values: readonly string[];
}): RequestedAcr {
  const acr = claims?.id_token?.acr;
  const values = [...(acr?.value === undefined ? [] : [acr.value]), ...(acr?.values ?? [])];
  const known = acrValuesSupported.filter((supported) => values.includes(supported));
  if (acr?.essential && values.length > 0) return { essential: known, wished: [] };
  const wished = [...values, ...acr_values].filter((value) => typeof value === 'string');
  return { essential: undefined, wished: wished.filter((value) => acrValuesSupported.includes(value)) };
}

/** The same of parameters as they came. Throws `invalid_request` for a claims parameter that cannot be read. */
export function requestedAcrIn(parameters: Readonly<Record<string, string | undefined>>): RequestedAcr {
  const { claims, acr_values = '' } = parameters;
  return requestedAcr({
    ...(claims !== undefined && { claims: parseClaims(claims) }),
    acr_values: acr_values.split(' '),
  });
}

/** Whether what the request insists on can be had here at all. */
export function isAcrSupported({ essential }: RequestedAcr): boolean {
  return essential === undefined || essential.length > 0;
}

/** Whether a sign-in of this acr is as strong as the request insists on. */
export function isAcrEnough({ essential }: RequestedAcr, acr: string): boolean {
  return essential === undefined || essential.some((value) => isAcrAtLeast(acr, value));
}

/** Whether somebody who reached `acr` can come nearer to what is wished for by another one of those in reach. */
export function isBetterAcrWished(
  { wished }: RequestedAcr,
  { acr, reachable }: { readonly acr: string; readonly reachable: readonly string[] },
): boolean {
  const dearest = wished.find((value) => [acr, ...reachable].some((each) => isAcrAtLeast(each, value)));
  return dearest !== undefined && !isAcrAtLeast(acr, dearest);
}

/**
 * What the client is told of a sign-in of this acr: where it insists on certain values, the strongest of those that was
 * reached, for the claim must match one of them (OpenID Connect Core §5.5.1.1).
 */
export function acrToTell({ essential = [] }: RequestedAcr, acr: string): string {
  return acrValuesSupported.findLast((value) => essential.includes(value) && isAcrAtLeast(acr, value)) ?? acr;
}
