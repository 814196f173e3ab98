/**
 * The one-time setup page: whoever holds the printed link becomes an administrator. Looking at it consumes nothing; the
 * link and the new user are written together, so that one link makes one administrator.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { completeSetup, isSetupToken } from '../../identity/setup.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { requireSameOrigin, startBrowserSession } from '../ui/browser-session.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { problemsOf } from '../ui/form-problems.ts';
import { sendPage } from '../ui/page.ts';
import { path, setupPage } from './setup-page.ts';

export function setupPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    if (!(await isSetupToken(context, token))) throw linkIsDead(token);
    return sendPage(context, reply, setupPage({ token, values: {}, problems: {} }));
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', ...values } = { ...requireUnrepeated(formOf(request)) };
    if (!(await isSetupToken(context, token))) throw linkIsDead(token);
    const { username = '', email, name, password = '' } = values;
    const from = { address: request.ip, request_id: request.id };
    try {
      const administrator = {
        username,
        password,
        ...(email !== undefined && { email }),
        claims: name === undefined ? {} : { name },
      };
      const user = await completeSetup(context, token, administrator, from);
      if (!user) throw linkIsDead(token);
      await startBrowserSession(context, request, reply, { user, amr: ['pwd'] });
      return reply.redirect('/admin', 303);
    } catch (error) {
      const problems = problemsOf(error);
      if (!problems) throw error;
      return sendPage(context, reply, setupPage({ token, values, problems, status: 400 }));
    }
  });
}

function linkIsDead(token: string): PageError {
  return new PageError({
    heading: token === '' ? 'A setup link is needed' : 'This link no longer works',
    message:
      token === ''
        ? 'Castellan printed a link when it started. Open that link.'
        : 'It has been used, is older than it may be, or a newer one has been made.',
    whatToDo: html`To print a new one, run <code>castellan setup-link</code> on the server, or in a checkout
<code>npm run -s castellan -- setup-link</code>.`,
    status: 400,
  });
}
