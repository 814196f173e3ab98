/**
 * The recovery page: whoever holds a one-time link that an administrator made chooses a new password for the user of
 * that link. Looking at it consumes nothing; the user is the link's, never one named in the form.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { findUserToRecover, recoverPassword } from '../../identity/recovery.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { problemsOf } from '../ui/form-problems.ts';
import { sendPage } from '../ui/page.ts';
import { path, recoveredPage, recoveryPage } from './recovery-page.ts';

export function recoveryPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    const user = await findUserToRecover(context, token);
    if (!user) throw linkIsDead();
    return sendPage(context, reply, recoveryPage({ token, username: user.username, problems: {} }));
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', password = '' } = requireUnrepeated(formOf(request));
    const user = await findUserToRecover(context, token);
    if (!user) throw linkIsDead();
    const from = { address: request.ip, request_id: request.id };
    try {
      if (!(await recoverPassword(context, token, password, from))) throw linkIsDead();
      return reply.redirect(`${path}/done`, 303);
    } catch (error) {
      const problems = problemsOf(error);
      if (!problems) throw error;
      return sendPage(context, reply, recoveryPage({ token, username: user.username, problems, status: 400 }));
    }
  });

  app.get(`${path}/done`, (_request, reply) => sendPage(context, reply, recoveredPage()));
}

function linkIsDead(): PageError {
  return new PageError({
    heading: 'This link no longer works',
    message: 'It has been used, is older than a day, or a newer one has been made.',
    whatToDo: html`<a href="/login">Sign in</a>, or ask your administrator for a new link.`,
    status: 400,
  });
}
