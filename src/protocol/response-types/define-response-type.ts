import type { Context } from '../../context.ts';
import { newSplitToken, type SplitToken } from '../../lib/split-token.ts';
import { insertAuthorization } from '../../storage/authorizations.ts';
import { keepClient } from '../clients.ts';
import { fragment } from '../response-modes/fragment.ts';
import { query } from '../response-modes/query.ts';
import { confirmationText } from '../sender-constraints/binding.ts';
import { subjectOf } from '../subjects.ts';
import { issueAccessToken } from '../tokens/access-token.ts';
import { issueIdToken } from '../tokens/id-token.ts';
import { issuesOfflineAccess, lifetimesOf } from '../tokens/lifetimes.ts';
import type { Allowed, ResponseType } from './response-type.ts';

/** A value of the response_type parameter, in alphabetical order. */
type Part = 'code' | 'id_token' | 'token';

/** The authorization of an answer, as it is stored. */
type Authorization = Parameters<typeof insertAuthorization>[1];

/**
 * The response type that answers with these parts; without any it is `none`. All parts hang from one authorization,
 * which is written once, so that a sign-in answers once.
 */
export function defineResponseType(...parts: readonly Part[]): ResponseType {
  const answersWithCode = parts.includes('code');
  const answersWithIdToken = parts.includes('id_token');
  const answersWithAccessToken = parts.includes('token');
  const answersWithTokens = answersWithIdToken || answersWithAccessToken;
  const type = {
    name: parts.length > 0 ? parts.join(' ') : 'none',
    grantTypes: [...(answersWithCode ? ['authorization_code'] : []), ...(answersWithTokens ? ['implicit'] : [])],
    defaultMode: answersWithTokens ? fragment : query,
    answersWithCode,
    answersWithIdToken,
    answersWithAccessToken,
    answersWithTokens,
  };
  return { ...type, issue: (context, allowed) => issue(context, type, allowed) };
}

async function issue(
  context: Context,
  type: Omit<ResponseType, 'issue'>,
  allowed: Allowed,
): Promise<Record<string, string> | undefined> {
  const code = type.answersWithCode ? newSplitToken(context) : undefined;
  const authorization = authorizationOf(context, type, allowed);
  const tokens = await tokensOf(context, type, { ...allowed, authorization, code: code?.token });
  const { request, consent } = allowed;
  await keepClient(context, request.client);
  const written = await insertAuthorization(
    context.database,
    authorization,
    code && codeRowOf(context, allowed, code),
    { pushed_request_id: request.pushed_request_id, consent },
  );
  return written ? { ...(code ? { code: code.token } : {}), ...tokens } : undefined;
}

function authorizationOf(
  context: Context,
  { answersWithCode }: Omit<ResponseType, 'issue'>,
  { request, session, authorization_id }: Allowed,
): Authorization {
  const { client, scope } = request;
  const now = context.now();
  const { authorizationSeconds, accessTokenSeconds } = lifetimesOf(context, client);
  return {
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
    resource: request.resource?.join(' ') ?? null,
    offline_at: issuesOfflineAccess(client, scope) ? now : null,
    created_at: now,
    expires_at: now + (answersWithCode ? authorizationSeconds : accessTokenSeconds),
  };
}

/** The tokens of the answer; each hash in the ID Token binds what stands beside it (OpenID Connect Core §3.3.2.11). */
async function tokensOf(
  context: Context,
  type: Omit<ResponseType, 'issue'>,
  answer: Allowed & { readonly authorization: Authorization; readonly code: string | undefined },
): Promise<Record<string, string>> {
  const { request, session, authorization, code } = answer;
  const { client, scope } = request;
  const issued = type.answersWithAccessToken
    ? await issueAccessToken(context, client, {
        sub: subjectOf(context, client, session.user.id),
        scope,
        resource: request.resource,
        authorization,
        binding: undefined,
      })
    : undefined;
  const id_token = type.answersWithIdToken
    ? await issueIdToken(context, client, {
        ...authorization,
        amr: session.amr,
        user: session.user,
        scope,
        standsAlone: !type.answersWithCode && !type.answersWithAccessToken,
        access_token: issued?.access_token,
        code,
      })
    : undefined;
  return {
    ...(issued ? { ...issued, expires_in: String(issued.expires_in) } : {}),
    ...(id_token === undefined ? {} : { id_token }),
  };
}

function codeRowOf(context: Context, { request }: Allowed, { id, verifier_hash }: SplitToken) {
  const { client, redirect_uri, code_challenge = null, cnf } = request;
  return {
    id,
    verifier_hash,
    redirect_uri,
    code_challenge,
    cnf: confirmationText(cnf),
    expires_at: context.now() + lifetimesOf(context, client).authorizationCodeSeconds,
  };
}
