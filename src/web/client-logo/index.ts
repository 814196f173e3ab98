/**
 * The logos of clients, from our own origin: pages show them without loading anything from elsewhere. A picture may be
 * anybody's, so nothing in it may run or be taken for something else.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { findClientLogo } from '../../protocol/client-logo.ts';
import { findClient } from '../../protocol/clients.ts';
import { answerWithErrorPage, sendNotFound } from '../ui/error-page.ts';

export function clientLogos(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get<{ Params: { client_id: string } }>('/client-logo/:client_id', async (request, reply) => {
    const client = await findClient(context, request.params.client_id);
    const logo = client && !client.disabled ? await findClientLogo(context, client) : undefined;
    if (!logo) return sendNotFound(context, request, reply);
    return reply
      .headers({
        'content-type': logo.contentType,
        'cache-control': 'public, max-age=3600',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'content-disposition': 'attachment',
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(logo.bytes);
  });
}
