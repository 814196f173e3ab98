import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { browserId } from './browser-session.ts';

/** What a mailed link knows this browser by; nobody who reads the database learns its random name. */
export function browserMark(context: Context, request: FastifyRequest, reply: FastifyReply): string {
  return context.secretKey.derive('browser-mark', browserId(context, request, reply)).toString('base64url');
}
