import { isLoopbackHost } from '../../lib/network-address.ts';

/** What we are called ourselves. */
export const ownName = 'Castellan';

/**
 * What the house is called as long as nobody gave it a name in the console: the name in MAIL_FROM, otherwise the host
 * that people know; on one's own machine, whose host names nobody, as we are.
 */
export function defaultHouseName(
  publicUrl: string,
  sender: { readonly name?: string | undefined } | undefined,
): string {
  const { hostname } = new URL(publicUrl);
  return sender?.name ?? (isLoopbackHost(hostname) ? ownName : hostname);
}
