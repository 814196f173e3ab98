import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthError } from '../../lib/errors.ts';
import { StorageError } from '../../storage/storage-error.ts';

/**
 * Answers what was thrown as the JSON of RFC 6749 §5.2. What is not an error of the protocol is our bug or the
 * database's: it is logged whole, and the client learns no more than its reference.
 */
export function answerWithJsonError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store');
  if (error instanceof OAuthError) {
    if (error.error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="castellan", charset="UTF-8"');
    if (error.status === 503) reply.header('retry-after', '1');
    if (error.status === 429) reply.header('retry-after', '30');
    reply.headers(error.headers);
    return reply.code(error.status).send({ error: error.error, error_description: error.error_description });
  }
  const status = statusOf(error);
  if (status < 500)
    return reply
      .code(status)
      .send({ error: 'invalid_request', error_description: sentences[status] ?? 'the request is malformed' });
  request.log.error({ err: error }, 'an endpoint failed');
  const error_description = `the request failed; its reference is ${request.id}`;
  if (status === 503)
    return reply.code(503).header('retry-after', '1').send({ error: 'temporarily_unavailable', error_description });
  return reply.code(500).send({ error: 'server_error', error_description });
}

const sentences: Readonly<Record<number, string>> = {
  413: 'the body is too large',
  414: 'the URL is too long',
  415: 'the body must be application/x-www-form-urlencoded',
};

function statusOf(error: unknown): number {
  if (error instanceof StorageError) return error.reason === 'unavailable' ? 503 : 500;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
