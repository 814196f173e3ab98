import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';

/** Serves the assets under their hashed addresses: `GET /assets/:file`. An address is for one content for ever. */
export function serveAssets(app: FastifyInstance, context: Context): void {
  const assets = new Map(context.assets.all().map((asset) => [asset.url.slice('/assets/'.length), asset]));

  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const asset = assets.get(request.params.file);
    if (asset === undefined) {
      return reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
    }
    reply.headers({
      'cache-control': 'public, max-age=31536000, immutable',
      etag: asset.etag,
      'x-content-type-options': 'nosniff',
      // An SVG opened by itself is a document; nothing in it may run.
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
    return reply.type(asset.contentType).send(asset.content);
  });
}
