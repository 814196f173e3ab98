import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { invalidRequest, invalidToken, OAuthError } from '../../lib/errors.ts';
import { ownResourceMetadataPath } from '../../protocol/resource-metadata.ts';
import { checkTokenSender, constraintOfScheme } from '../../protocol/sender-constraints/binding.ts';
import { findLiveAccessToken, type LiveAccessToken } from '../../protocol/tokens/access-token.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { answerWithJsonError } from './json-error.ts';

/**
 * The access token that a request to one of our own resources uses: live, meant for us, and sent by whom it is bound to
 * (RFC 6750 §2, RFC 9449 §7). The only way to one, so that no resource can forget a part of it; `path` is the resource.
 */
export async function usedAccessToken(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<LiveAccessToken> {
  const { scheme, token } = presentedToken(request);
  const accessToken = await findLiveAccessToken(context, token);
  if (!accessToken) throw invalidToken('the access token is unknown, expired or revoked');
  const { client, payload } = accessToken;
  reply.headers(await checkTokenSender(context, request, { token, scheme, cnf: payload.cnf, client, path }));
  if (![payload.aud].flat().includes(context.config.issuer))
    throw invalidToken('the access token is for another audience');
  return accessToken;
}

/** The one access token of the request, in the header or in a form (RFC 6750 §2); a token in the URL is refused. */
function presentedToken(request: FastifyRequest): { scheme: string; token: string } {
  const { authorization } = request.headers;
  const inHeader =
    authorization === undefined ? undefined : /^([A-Za-z]+) +([A-Za-z0-9\-._~+/]+=*)$/.exec(authorization);
  const [, scheme = 'Bearer', headerToken] = inHeader ?? [];
  if (authorization !== undefined && (headerToken === undefined || !isScheme(scheme)))
    throw invalidRequest('the Authorization header is not of the form: Bearer access_token, or DPoP access_token');
  const { parameters, repeated } = request.method === 'POST' ? formOf(request) : { parameters: {}, repeated: [] };
  if (repeated.includes('access_token')) throw invalidRequest('the parameter access_token is repeated');
  if (queryOf(request).parameters.access_token !== undefined)
    throw invalidRequest('an access token must not be in the URL');
  const inBody: string | undefined = parameters.access_token;
  if (headerToken !== undefined && inBody !== undefined) throw invalidRequest('the request carries two access tokens');
  const token = headerToken ?? inBody;
  if (token === undefined) throw new NoToken();
  return { scheme, token };
}

function isScheme(scheme: string): boolean {
  return scheme.toLowerCase() === 'bearer' || constraintOfScheme(scheme) !== undefined;
}

/**
 * RFC 6750 §3 and RFC 9449 §7.1: what is wrong is also told in WWW-Authenticate, for the scheme that is to be used, with
 * where to learn who gives tokens for us (RFC 9728 §5.1).
 */
export function answerWithChallenge(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { config }: Context,
): FastifyReply {
  const resource_metadata = `${config.publicUrl}${ownResourceMetadataPath}`;
  if (error instanceof NoToken)
    return reply.code(401).header('www-authenticate', `Bearer resource_metadata="${resource_metadata}"`).send();
  if (error instanceof OAuthError && error.status < 500) {
    const constraint = constraintOfScheme(error.scheme ?? request.headers.authorization?.split(' ', 1)[0] ?? '');
    const parameters = {
      error: error.error,
      error_description: error.error_description,
      ...error.challenge,
      ...constraint?.challenge,
      resource_metadata,
    };
    const text = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
    reply.header('www-authenticate', `${constraint?.token_type ?? 'Bearer'} ${text.join(', ')}`);
  }
  return answerWithJsonError(error, request, reply);
}

/** The request says nothing about who it is, which is answered without an error code (RFC 6750 §3.1). */
class NoToken extends Error {}
