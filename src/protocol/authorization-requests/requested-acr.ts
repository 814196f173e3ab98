import { acrValuesSupported } from '../../identity/authentication-context.ts';
import type { AuthorizationRequest } from './index.ts';

/**
 * Whether an authentication can be had that the request insists on: an essential acr claim (OpenID Connect Core
 * §5.5.1.1). What is only wished for, in acr_values, is answered by the acr that was really reached.
 */
export function isAcrMet({ claims }: AuthorizationRequest): boolean {
  const acr = claims?.id_token?.acr;
  if (!acr?.essential) return true;
  const wanted = [...(acr.values ?? []), ...(acr.value === undefined ? [] : [acr.value])];
  return wanted.length === 0 || wanted.some((value) => acrValuesSupported.some((supported) => supported === value));
}
