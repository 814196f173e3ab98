import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';
import { withQuery } from '../response-modes/query.ts';
import { sidOf } from '../subjects.ts';

/**
 * The address that a frame of the signed-out page opens to tell this client (OpenID Connect Front-Channel Logout 1.0
 * §2), with `iss` and `sid` when the client is registered to need them; undefined for a client without one.
 */
export function frontChannelUrl(context: Context, client: Client, session_id: string): string | undefined {
  const { frontchannel_logout_uri, frontchannel_logout_session_required } = client;
  if (frontchannel_logout_uri === undefined) return undefined;
  const parameters = { iss: context.config.issuer, sid: sidOf(context, client, session_id) };
  return withQuery(frontchannel_logout_uri, frontchannel_logout_session_required ? parameters : {});
}
