import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { senderConstraints } from '../../protocol/sender-constraints/index.ts';
import { isClientOrigin } from '../../storage/clients.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * Lets scripts of other web origins call an endpoint (the Fetch standard's CORS): of any origin for public documents,
 * otherwise of the origins of registered redirect URIs. Never with cookies, and never for the opaque origin `null`.
 */
export function allowCrossOrigin(
  app: FastifyInstance,
  context: Context,
  { crossOrigin, paths, methods }: Endpoint,
): void {
  if (crossOrigin === 'none') return;
  const constraints = [...senderConstraints.values()].map(({ headers }) => headers);
  app.addHook('onRequest', async (request, reply) => {
    if (crossOrigin === 'any') {
      reply.header('access-control-allow-origin', '*');
      return;
    }
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !/^https?:\/\/[^\s/]{1,300}$/.test(origin)) return;
    if (await isClientOrigin(context.database, origin))
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': [
          'WWW-Authenticate',
          'Retry-After',
          ...constraints.flatMap((each) => each.answer),
        ].join(', '),
      });
  });
  for (const path of paths)
    app.options(path, async (_request, reply) =>
      reply
        .headers({
          'access-control-allow-methods': (methods ?? ['GET', 'POST']).join(', '),
          'access-control-allow-headers': [
            'Authorization',
            'Content-Type',
            ...constraints.flatMap((each) => each.request),
          ].join(', '),
          'access-control-max-age': '600',
        })
        .code(204)
        .send(),
    );
}
