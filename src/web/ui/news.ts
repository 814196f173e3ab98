/**
 * What a page has to say about the form that was just sent, carried over the redirect in a sealed cookie: it is shown
 * once, and a secret in it is never in a URL, never stored, and only for the session and the page it was meant for.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { SealError } from '../../lib/seal.ts';
import { clearCookie, currentSession, readCookie, setCookie } from './browser-session.ts';
import { copyable, notice } from './list.ts';

const lifeSeconds = 300;
const cookie = 'news';

const newsSchema = z.object({
  text: z.string(),
  /** What nobody will see again. */
  secret: z.object({ label: z.string(), value: z.string() }).optional(),
  /** Whether it is rather a warning. */
  isRefusal: z.boolean().optional(),
  expires_at: z.number(),
});

export type News = Omit<z.output<typeof newsSchema>, 'expires_at'>;

/** Sends the browser to a page of the console or the account, which tells the news. Somebody must be signed in. The text is one short sentence of ours. */
export async function redirectWithNews(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  news: News,
): Promise<FastifyReply> {
  const id = await sessionId(context, request);
  const sealed = context.secretKey.seal(
    JSON.stringify({ ...news, expires_at: context.now() + lifeSeconds }),
    boundTo(id, path),
  );
  setCookie(context, reply, cookie, sealed, lifeSeconds);
  return reply.header('cache-control', 'no-store').redirect(path, 303);
}

/** The news for this page as a notice, once. */
export async function takeNews(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Html | undefined> {
  const sealed = readCookie(context, request, cookie);
  if (sealed === undefined) return undefined;
  const id = await sessionId(context, request);
  const news = unseal(context, sealed, boundTo(id, request.url));
  if (!news) return undefined;
  clearCookie(context, reply, cookie);
  if (news.expires_at <= context.now()) return undefined;
  const { text, secret, isRefusal = false } = news;
  return notice(
    isRefusal ? 'warning' : 'good',
    html`<p>${text}</p>${secret && copyable(secret.value, secret.label)}`,
    secret && `${secret.label}: shown once`,
  );
}

function unseal(context: Context, sealed: string, boundTo: string): z.output<typeof newsSchema> | undefined {
  try {
    return newsSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo)));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

async function sessionId(context: Context, request: FastifyRequest): Promise<string> {
  const session = await currentSession(context, request);
  if (!session) throw new Error('news are for somebody who is signed in');
  return session.id;
}

const boundTo = (session_id: string, path: string): string => `news/${session_id}${path}`;
