import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { claimsForScope } from '../../identity/claims.ts';
import { findUser } from '../../identity/users.ts';
import { insufficientScope, invalidRequest, invalidToken, OAuthError } from '../../lib/errors.ts';
import { requestedClaims } from '../../protocol/authorization-requests/claims-parameter.ts';
import { subjectOf } from '../../protocol/subjects.ts';
import { findLiveAccessToken } from '../../protocol/tokens/access-token.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';
import { answerWithJsonError } from './json-error.ts';

const path = '/oidc/userinfo';

/** The userinfo endpoint (OpenID Connect Core §5.3), a resource protected by bearer tokens (RFC 6750). */
export const userinfo: Endpoint = {
  name: 'userinfo_endpoint',
  paths: [path],
  crossOrigin: 'registered',
  answerError: answerWithBearerChallenge,
  routes(app, context) {
    app.get(path, (request) => answer(context, request));
    app.post(path, (request) => answer(context, request));
  },
};

async function answer(context: Context, request: FastifyRequest): Promise<Record<string, unknown>> {
  const accessToken = await findLiveAccessToken(context, bearerToken(request));
  if (!accessToken) throw invalidToken('the access token is unknown, expired or revoked');
  const { authorization, payload, scope } = accessToken;
  const audience = Array.isArray(payload.aud) ? payload.aud : [payload.aud];
  if (!audience.includes(context.config.issuer)) throw invalidToken('the access token is for another audience');
  if (!authorization || !scope.includes('openid')) throw insufficientScope('the access token has not the scope openid');
  const user = await findUser(context, authorization.user_id);
  if (!user) throw invalidToken('the access token is unknown, expired or revoked');
  return {
    ...requestedClaims(authorization.claims, 'userinfo', user),
    ...claimsForScope(user, scope),
    sub: subjectOf(context, accessToken.client, user.id),
  };
}

/** The one access token of the request, in the header or in a form (RFC 6750 §2); a token in the URL is refused. */
function bearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  const inHeader =
    authorization === undefined ? undefined : /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1];
  if (authorization !== undefined && inHeader === undefined)
    throw invalidRequest('the Authorization header is not of the form: Bearer access_token');
  const { parameters, repeated } = request.method === 'POST' ? formOf(request) : { parameters: {}, repeated: [] };
  if (repeated.includes('access_token')) throw invalidRequest('the parameter access_token is repeated');
  if (queryOf(request).parameters.access_token !== undefined)
    throw invalidRequest('an access token must not be in the URL');
  const inBody: string | undefined = parameters.access_token;
  if (inHeader !== undefined && inBody !== undefined) throw invalidRequest('the request carries two access tokens');
  const token = inHeader ?? inBody;
  if (token === undefined) throw new NoToken();
  return token;
}

/** RFC 6750 §3: what is wrong is also told in WWW-Authenticate. */
function answerWithBearerChallenge(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof NoToken) return reply.code(401).header('www-authenticate', 'Bearer').send();
  if (error instanceof OAuthError && error.status < 500) {
    const scope = error.error === 'insufficient_scope' ? ', scope="openid"' : '';
    reply.header(
      'www-authenticate',
      `Bearer error="${error.error}", error_description="${error.error_description}"${scope}`,
    );
  }
  return answerWithJsonError(error, request, reply);
}

/** The request says nothing about who it is, which is answered without an error code (RFC 6750 §3.1). */
class NoToken extends Error {}
