import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { findUser } from '../../identity/users.ts';
import { insufficientScope, insufficientUserAuthentication, invalidToken } from '../../lib/errors.ts';
import { userinfoClaims } from '../../protocol/claims.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { subjectOf } from '../../protocol/subjects.ts';
import { signJwt } from '../../protocol/tokens/jwt.ts';
import type { Endpoint } from './endpoint.ts';
import { answerWithChallenge, usedAccessToken } from './protected-resource.ts';

const path = '/oidc/userinfo';

/** The userinfo endpoint (OpenID Connect Core §5.3), a resource protected by access tokens (RFC 6750, RFC 9449 §7). */
export const userinfo: Endpoint = {
  name: 'userinfo_endpoint',
  paths: [path],
  crossOrigin: 'registered',
  answerError: answerWithChallenge,
  routes(app, context) {
    app.get(path, (request, reply) => answer(context, request, reply));
    app.post(path, (request, reply) => answer(context, request, reply));
  },
};

async function answer(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Record<string, unknown> | string> {
  const { authorization, client, scope } = await usedAccessToken(context, request, reply, path);
  if (!authorization || !scope.includes('openid'))
    throw insufficientScope('the access token has not the scope openid', { challenge: { scope: 'openid' } });
  requireRecentSignIn(context, client, authorization.auth_time);
  const user = await findUser(context, authorization.user_id);
  if (!user) throw invalidToken('the access token is unknown, expired or revoked');
  const claims = {
    ...userinfoClaims(context, client, user, { scope, claims: authorization.claims }),
    sub: subjectOf(context, client, user.id),
  };
  const alg = client.userinfo_signed_response_alg;
  if (alg === undefined) return claims;
  // Without exp, so that it can never be taken for an ID Token of ours.
  const { issuer } = context.config;
  const signed = { ...claims, iss: issuer, aud: client.client_id, iat: context.now() };
  reply.type('application/jwt');
  return signJwt(context, { alg, typ: 'JWT', payload: signed });
}

/** Sends the client back for a step-up where the sign-in is older than its registration lets userinfo be asked with. */
function requireRecentSignIn(context: Context, { userinfo_max_age }: Client, auth_time: number): void {
  if (userinfo_max_age === undefined || context.now() <= auth_time + userinfo_max_age) return;
  throw insufficientUserAuthentication('the person must sign in again: ask with this max_age', {
    challenge: { max_age: String(userinfo_max_age) },
  });
}
