import { newSplitToken } from '../../lib/split-token.ts';
import { insertAuthorization } from '../../storage/authorizations.ts';
import { query } from '../response-modes/query.ts';
import { confirmationText } from '../sender-constraints/binding.ts';
import { issuesOfflineAccess, lifetimesOf } from '../tokens/lifetimes.ts';
import type { ResponseType } from './response-type.ts';

/** The authorization code (RFC 6749 §4.1). */
export const code: ResponseType = {
  name: 'code',
  grantTypes: ['authorization_code'],
  defaultMode: query,
  answersWithTokens: false,
  async issue(context, { request, session, authorization_id }) {
    const { client, scope } = request;
    const now = context.now();
    const lifetimes = lifetimesOf(context, client);
    const issued = newSplitToken(context);
    const written = await insertAuthorization(
      context.database,
      {
        id: authorization_id,
        client_id: client.client_id,
        user_id: session.user.id,
        session_id: session.id,
        scope: scope.join(' '),
        claims: request.claims ? JSON.stringify(request.claims) : null,
        auth_time: session.auth_time,
        amr: JSON.stringify(session.amr),
        acr: session.acr,
        nonce: request.nonce ?? null,
        offline_at: issuesOfflineAccess(client, scope) ? now : null,
        created_at: now,
        expires_at: now + lifetimes.authorizationSeconds,
      },
      {
        id: issued.id,
        verifier_hash: issued.verifier_hash,
        redirect_uri: request.redirect_uri,
        code_challenge: request.code_challenge ?? null,
        cnf: confirmationText(request.cnf),
        expires_at: now + lifetimes.authorizationCodeSeconds,
      },
      request.pushed_request_id,
    );
    return written ? { code: issued.token } : undefined;
  },
};
