import type { Context } from '../../context.ts';
import { verifyOwnJwt } from './jwt.ts';

/** An ID Token that we issued, given back to us as a hint. */
export interface IdTokenHint {
  readonly sub: string;
  readonly client_id: string;
  readonly sid: string | undefined;
}

/**
 * The ID Token behind a hint when we issued it, whether or not it has expired (OpenID Connect Core §3.1.2.1,
 * RP-Initiated Logout §2); undefined for anything else.
 */
export async function verifyIdTokenHint(context: Context, id_token_hint: string): Promise<IdTokenHint | undefined> {
  const payload = await verifyOwnJwt(context, id_token_hint, { typ: 'JWT', allowExpired: true });
  if (!payload || typeof payload.sub !== 'string' || typeof payload.aud !== 'string') return undefined;
  return { sub: payload.sub, client_id: payload.aud, sid: typeof payload.sid === 'string' ? payload.sid : undefined };
}
