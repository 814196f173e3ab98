import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { SealError } from '../../../lib/seal.ts';
import { browserMark } from '../../ui/browser-mark.ts';

export { browserMark } from '../../ui/browser-mark.ts';

const askedSchema = z.object({
  /** What the code is presented with. */
  id: z.string(),
  /** As it was typed in: nobody has looked whether there is such an account. */
  email: z.string(),
});

/** A code that was asked for at this browser; it travels sealed, so that nothing is stored for who has not signed in. */
export type AskedCode = z.output<typeof askedSchema>;

export function sealAskedCode(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedCode,
): string {
  return context.secretKey.seal(JSON.stringify(asked), boundTo(context, request, reply));
}

/** The code that was asked for; undefined when that was at another browser, or the address is incomplete. */
export function unsealAskedCode(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): AskedCode | undefined {
  try {
    const opened = context.secretKey.unseal(sealed ?? '', boundTo(context, request, reply));
    return askedSchema.parse(JSON.parse(opened));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (context: Context, request: FastifyRequest, reply: FastifyReply): string =>
  `email-code/${browserMark(context, request, reply)}`;
