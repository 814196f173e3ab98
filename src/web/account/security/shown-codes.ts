import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import type { Session } from '../../../identity/sessions.ts';
import { SealError } from '../../../lib/seal.ts';
import { clearCookie, readCookie, setCookie } from '../../ui/cookies.ts';

const cookie = 'recovery_codes';
const lifeSeconds = 300;
const shownSchema = z.object({ codes: z.array(z.string()), expires_at: z.number() });

/** Carries new codes over the redirect, sealed for this session: they are stored nowhere, and in no address. */
export function keepShownCodes(context: Context, reply: FastifyReply, { id }: Session, codes: readonly string[]): void {
  const shown = { codes, expires_at: context.now() + lifeSeconds };
  setCookie(context, reply, cookie, context.secretKey.seal(JSON.stringify(shown), boundTo(id)), lifeSeconds);
}

/** The codes to show, once; undefined when there are none for this session. */
export function takeShownCodes(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { id }: Session,
): readonly string[] | undefined {
  const sealed = readCookie(context, request, cookie);
  if (sealed === undefined) return undefined;
  clearCookie(context, reply, cookie);
  try {
    const { codes, expires_at } = shownSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(id))));
    return context.now() < expires_at ? codes : undefined;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (session_id: string): string => `recovery-codes/${session_id}`;
