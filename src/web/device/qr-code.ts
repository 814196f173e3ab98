import type { FastifyReply, FastifyRequest } from 'fastify';
import encodeQR from 'qr';
import type { Context } from '../../context.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { readUserCode } from '../../protocol/device-authorization.ts';
import { sendNotFound } from '../ui/error-page.ts';
import { queryOf } from '../ui/form-body.ts';

/**
 * The picture that takes a phone to the device page with the code filled in (RFC 8628 §3.3.1), for our page and for
 * devices that can show a picture but not draw one. It knows nothing that its address does not say.
 */
export function qrCode(context: Context, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const user_code = readUserCode(requireUnrepeated(queryOf(request)).user_code ?? '');
  if (user_code === undefined) return sendNotFound(context, request, reply);
  const picture = encodeQR(`${context.config.publicUrl}/device?user_code=${user_code}`, 'svg', { border: 4 });
  return reply
    .headers({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    .send(picture);
}
