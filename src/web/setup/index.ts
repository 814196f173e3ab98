/**
 * The one-time setup page: whoever holds the printed link becomes an administrator. Looking at it consumes nothing; the
 * link and the new user are written together, so that one link makes one administrator.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { completeSetup, isSetupToken } from '../../identity/setup.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { requireSameOrigin, startBrowserSession } from '../ui/browser-session.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { newAccountFrom, newAccountProblems } from '../ui/new-account/index.ts';
import { sendPage } from '../ui/page.ts';
import { path, setupPage } from './setup-page.ts';
import { setupTexts } from './texts/index.ts';

export function setupPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    if (!(await isSetupToken(context, token))) throw linkIsDead(context, request, token);
    return sendPage(context, reply, setupPage(context, request, { token, values: {}, problems: {} }));
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', ...values } = { ...requireUnrepeated(formOf(request)) };
    if (!(await isSetupToken(context, token))) throw linkIsDead(context, request, token);
    const from = { address: request.ip, request_id: request.id };
    try {
      const user = await completeSetup(context, token, newAccountFrom(values), from);
      if (!user) throw linkIsDead(context, request, token);
      await startBrowserSession(context, request, reply, { user, amr: ['pwd'] });
      return reply.redirect('/admin', 303);
    } catch (error) {
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return sendPage(context, reply, setupPage(context, request, { token, values, problems, status: 400 }));
    }
  });
}

function linkIsDead(context: Context, request: FastifyRequest, token: string): PageError {
  const t = textsFor(context, request, setupTexts);
  return new PageError({
    heading: token === '' ? t('linkNeeded') : t('linkDead'),
    message: token === '' ? t('linkNeededText') : t('linkDeadText'),
    whatToDo: t.rich('newLink', {
      command: html`<code>castellan setup-link</code>`,
      commandInCheckout: html`<code>npm run -s castellan -- setup-link</code>`,
    }),
    status: 400,
  });
}
