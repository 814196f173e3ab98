import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import { accountSelectionRequired } from '../../../lib/errors.ts';
import { html } from '../../../lib/html.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { clientLogoPath, redirectHost } from '../../ui/client-links.ts';
import { completeStep, denyUrl, stepUrl } from '../../ui/continuation.ts';
import { hiddenField } from '../../ui/form.ts';
import { sendPage } from '../../ui/page.ts';
import { clientHeader } from '../../ui/portrait.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import { readStepPage, requireSessionOf } from '../step-page.ts';
import type { Step } from './step.ts';

const path = '/select-account';

/** With which account: prompt=select_account. */
export const selectAccount: Step = {
  name: 'select-account',
  path,
  silentError: accountSelectionRequired,
  isMissing({ request, session, done }) {
    if (!session || !request.prompt.has('select_account')) return false;
    return done['select-account'] !== session.user.id && done['sign-in'] !== session.verifier_hash;
  },
  pages,
};

function pages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { sealed, authorizationRequest } = await readStepPage(context, request, reply);
    const { client, redirect_uri } = authorizationRequest;
    const { user } = await requireSessionOf(context, request);
    const { name } = user.claims;
    return sendPage(context, reply, {
      title: 'Choose an account',
      above: clientHeader({ name: client.client_name, logo: clientLogoPath(client), host: redirectHost(redirect_uri) }),
      formAction: [redirect_uri],
      body: postForm({
        action: path,
        body: html`${visitorChip(user)}
${hiddenField('continuation', sealed)}${hiddenField('user', user.id)}
${submitButton({ label: `Continue as ${name ?? user.username}`, name: 'decision', value: 'continue', wide: true })}
${buttonRow(
  submitButton({ label: 'Use another account', name: 'decision', value: 'other', kind: 'quiet' }),
  submitButton({ label: 'Cancel', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
      }),
    });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, parameters } = await readStepPage(context, request, reply);
    if (parameters.decision === 'deny') return reply.redirect(denyUrl(context, request, reply, continuation), 303);
    if (parameters.decision === 'other')
      return reply.redirect(stepUrl(context, request, reply, '/login', continuation), 303);
    const { user } = await requireSessionOf(context, request, parameters.user ?? '');
    const done = { step: 'select-account', as: user.id };
    return reply.redirect(completeStep(context, request, reply, continuation, done), 303);
  });
}
