import type { Context } from '../../context.ts';
import type { User } from '../../identity/users.ts';
import type { Authorization } from '../../storage/authorizations.ts';
import type { Client } from '../client-metadata.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { subjectOf } from '../subjects.ts';
import { issueAccessToken } from './access-token.ts';
import { issueIdToken } from './id-token.ts';

/** The token endpoint's answer (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
}

/** The tokens of an authorization for a person, with an ID Token when openid is in the scope. */
export async function issueTokens(
  context: Context,
  client: Client,
  grant: {
    authorization: Pick<
      Authorization,
      'id' | 'session_id' | 'auth_time' | 'acr' | 'amr' | 'nonce' | 'claims' | 'expires_at'
    >;
    user: User;
    scope: readonly string[];
    /** What the access token is for; undefined means the client's own audience. */
    resource: readonly string[] | undefined;
    refresh_token: string | undefined;
    binding: Binding | undefined;
  },
): Promise<TokenResponse> {
  const { authorization, user, scope, resource, refresh_token, binding } = grant;
  const issued = await issueAccessToken(context, client, {
    sub: subjectOf(context, client, user.id),
    scope,
    resource,
    authorization,
    binding,
  });
  const id_token = scope.includes('openid')
    ? await issueIdToken(context, client, {
        ...authorization,
        amr: JSON.parse(authorization.amr),
        user,
        scope,
        access_token: issued.access_token,
      })
    : undefined;
  return {
    ...issued,
    ...(refresh_token === undefined ? {} : { refresh_token }),
    ...(id_token === undefined ? {} : { id_token }),
  };
}
