import type { Context } from '../../context.ts';
import { sha256 } from '../../lib/split-token.ts';
import { webOrigin } from '../redirect-uris.ts';

/**
 * What the page of the check session iframe may know of a browser's session (OpenID Connect Session Management 1.0
 * §3.2): a value that is the same as long as the session is, and from which nothing else can be told.
 */
export function browserState({ secretKey }: Context, session_id: string): string {
  return secretKey.derive('browser-state', session_id).toString('base64url');
}

/**
 * The `session_state` of an authorization response (§2): the salted hash of client, origin and browser state that the
 * check session iframe computes, too. Undefined for a redirect URI without a web origin, where no frame can ask.
 */
export function sessionStateOf(
  context: Context,
  { client_id, redirect_uri, session_id }: { client_id: string; redirect_uri: string; session_id: string },
): string | undefined {
  const origin = webOrigin(redirect_uri);
  if (origin === undefined) return undefined;
  const salt = context.randomBytes(16).toString('base64url');
  return `${sha256(`${client_id} ${origin} ${browserState(context, session_id)} ${salt}`)}.${salt}`;
}
