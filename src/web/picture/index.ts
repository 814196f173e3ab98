/**
 * The pictures that people uploaded of themselves, at the address that the `picture` claim tells applications. Whoever
 * has the address may see the picture; nothing in it may run or be taken for something else.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { findOwnPicture } from '../../identity/own-profile.ts';
import { answerWithErrorPage, sendNotFound } from '../ui/error-page.ts';

export function pictures(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get<{ Params: { picture_id: string } }>('/picture/:picture_id', async (request, reply) => {
    const picture = await findOwnPicture(context, request.params.picture_id);
    if (!picture) return sendNotFound(context, request, reply);
    return reply
      .headers({
        'content-type': picture.content_type,
        // A new picture has a new address.
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        // Pages of other sites show it: that is what the claim is for.
        'cross-origin-resource-policy': 'cross-origin',
      })
      .send(Buffer.from(picture.content, 'base64'));
  });
}
