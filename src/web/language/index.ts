/** Where the menu of languages at the end of a page leads: it remembers the choice and goes back to the page. */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import { formOf } from '../ui/form-body.ts';
import { isLanguage, rememberLanguage } from '../ui/languages.ts';

export function languageChoice(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.post('/language', async (request, reply) => {
    requireSameOrigin(context, request);
    const { language = '', return: page = '/' } = requireUnrepeated(formOf(request));
    if (isLanguage(language)) rememberLanguage(context, reply, language);
    return reply.redirect(isOwnPath(page) ? page : '/', 303);
  });
}

/** A path of ours in plain characters; what a browser could take for another host is none. */
const isOwnPath = (path: string): boolean => path.length <= 10_000 && /^\/(?![/\\])[\x21-\x7e]*$/.test(path);
