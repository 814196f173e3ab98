import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { findLinkDetail, type LinkPurpose } from '../../identity/links.ts';
import { browserId } from './browser-session.ts';

/** What a mailed link knows this browser by; nobody who reads the database learns its random name. */
export function browserMark(context: Context, request: FastifyRequest, reply: FastifyReply): string {
  return context.secretKey.derive('browser-mark', browserId(context, request, reply)).toString('base64url');
}

/** What the holder of a mailed link wanted who asked for it at this browser, as it came; also when the link is dead. */
export async function continuationOfLink(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  link: { readonly purpose: LinkPurpose; readonly token: string },
): Promise<string | undefined> {
  const detail = await findLinkDetail(context, link.purpose, link.token);
  return detail?.browser === browserMark(context, request, reply) ? detail.continuation : undefined;
}
