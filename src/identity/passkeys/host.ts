import { isIP } from 'node:net';
import type { Context } from '../../context.ts';

/**
 * The host that passkeys are made for, the RP ID (WebAuthn §5.1.2): that of the public URL, never one of a request.
 * Undefined where that is an IP address, for which no browser makes any.
 */
export function passkeyHost({ config: { publicUrl } }: Context): string | undefined {
  const { hostname } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : undefined;
}

/** The same for a statement: at an address for which there are no passkeys, it finds none. */
export function rpIdOf(context: Context): string {
  return passkeyHost(context) ?? '';
}

/**
 * What a passkey knows its owner by (user handle, WebAuthn §14.6.1): derived under the secret key, so that it tells
 * nothing of the person and is not the id that applications know. base64url.
 */
export function userHandle(context: Context, user_id: string): string {
  return context.secretKey.derive('passkey-user-handle', user_id).toString('base64url');
}
