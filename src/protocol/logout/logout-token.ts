import type { Context } from '../../context.ts';
import { newId } from '../../lib/split-token.ts';
import type { Client } from '../client-metadata.ts';
import { sidOf, subjectOf } from '../subjects.ts';
import { signJwt } from '../tokens/jwt.ts';

/** Long enough for one attempt and the clocks of two machines; each attempt gets a token of its own. */
const lifeSeconds = 120;

/**
 * A logout token (OpenID Connect Back-Channel Logout 1.0 §2.4), signed as the client's ID Tokens are. It always has the
 * sid beside the sub: a sub alone would end every session that this person has at the client.
 */
export function issueLogoutToken(
  context: Context,
  client: Client,
  { user_id, session_id }: { readonly user_id: string; readonly session_id: string },
): Promise<string> {
  const iat = context.now();
  return signJwt(context, {
    alg: client.id_token_signed_response_alg,
    typ: 'logout+jwt',
    payload: {
      iss: context.config.issuer,
      sub: subjectOf(context, client, user_id),
      aud: client.client_id,
      iat,
      exp: iat + lifeSeconds,
      jti: newId(context),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      sid: sidOf(context, client, session_id),
    },
  });
}
