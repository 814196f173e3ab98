/**
 * The playground: a relying party built in, for administrators. It walks the authorization code flow with PKCE against
 * this very server as any application does, over the same HTTP, and shows each request and each answer. A station of
 * the walk is a page; to add one, write its file, name it in `frame.ts` and list it here.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import { answerPage } from './answer.ts';
import { startPage } from './start.ts';
import { tokensPage } from './tokens.ts';
import { userinfoPage } from './userinfo.ts';

/** The pages under /playground. */
export function playgroundPages(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  for (const page of [startPage, answerPage, tokensPage, userinfoPage]) page(app, context);
}
