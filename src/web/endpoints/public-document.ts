import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sha256 } from '../../lib/split-token.ts';

/** A JSON document that anybody may read and keep for a while: its bytes are made once, not for each reader. */
export interface PublicDocument {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Makes the bytes of a document, and a strong ETag from them. */
export function publicDocument(
  value: unknown,
  { contentType, maxAgeSeconds }: { contentType: string; maxAgeSeconds: number },
): PublicDocument {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, etag: `"${sha256(bytes)}"`, contentType, cacheControl: `public, max-age=${maxAgeSeconds}` };
}

/**
 * Serves a document at these paths to GET and HEAD. Who has the bytes already gets 304 (RFC 9110 §13.1.2).
 */
export function servePublicDocument(
  app: FastifyInstance,
  paths: readonly string[],
  current: () => PublicDocument | Promise<PublicDocument>,
): void {
  for (const url of paths)
    app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: async (request, reply) => send(request, reply, await current()),
    });
}

function send(request: FastifyRequest, reply: FastifyReply, document: PublicDocument): FastifyReply {
  reply.headers({ 'cache-control': document.cacheControl, etag: document.etag });
  if (hasAlready(request.headers['if-none-match'], document.etag)) return reply.code(304).send();
  return reply.header('content-type', document.contentType).send(document.bytes);
}

/** Whether If-None-Match names the document; a proxy may have made our strong ETag a weak one. */
function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
