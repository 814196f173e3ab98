/**
 * What a brand brings to our pages, from our own origin: a stylesheet of custom properties, and pictures. Both stand
 * under addresses that change with what is in them.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { brandSettingsSchema, findBrand, findPicture } from '../../identity/brands/index.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { brandStylesheet, sampleStylesheet } from '../ui/brand/stylesheet.ts';
import { answerWithErrorPage, sendNotFound } from '../ui/error-page.ts';
import { queryOf } from '../ui/form-body.ts';

const forEver = 'public, max-age=31536000, immutable';
const cssType = 'text/css; charset=utf-8';
const guarded = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};

export function brandFiles(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));

  app.get<{ Params: { file: string } }>('/brand/:file', async (request, reply) => {
    const { client_id, accent, background, corners } = requireUnrepeated(queryOf(request));
    if (request.params.file === 'sample.css') {
      const css = sampleStylesheet(context, {
        ...(await findBrand(context, client_id)),
        ...wellFormed({ accent, background, corners }),
      });
      return reply
        .headers({ ...guarded, 'cache-control': 'no-store' })
        .type(cssType)
        .send(css);
    }
    const looks = brandStylesheet(context, await findBrand(context, client_id), client_id);
    const isThisOne = looks !== undefined && request.params.file === `${looks.hash}.css`;
    // A page that was sent before a change, or by another node meanwhile: what holds now, and not to be kept.
    return reply
      .headers({ ...guarded, 'cache-control': isThisOne ? forEver : 'no-store' })
      .type(cssType)
      .send(looks?.css ?? '');
  });

  app.get<{ Params: { image_id: string } }>('/brand-image/:image_id', async (request, reply) => {
    const picture = await findPicture(context, request.params.image_id);
    if (!picture) return sendNotFound(context, request, reply);
    return reply
      .headers({ ...guarded, 'cache-control': forEver })
      .type(picture.content_type)
      .send(Buffer.from(picture.content, 'base64'));
  });
}

/** What the console asks a sample of: each setting for itself, and none that is half typed. */
function wellFormed(given: Readonly<Record<string, string | undefined>>) {
  const settings = Object.entries(given).map(([name, value]) => {
    const parsed = brandSettingsSchema.safeParse({ [name]: value?.trim() });
    return parsed.success ? parsed.data : { [name]: undefined };
  });
  return Object.assign({}, ...settings);
}
