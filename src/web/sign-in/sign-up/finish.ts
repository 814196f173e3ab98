import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import type { Proof } from '../../../identity/user-authentication/index.ts';
import { findUser } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { proceed } from '../proceed.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { continuationField, path as signInPath } from '../sign-in-page.ts';
import { waitingPath, withContinuation } from './paths.ts';
import { signUpTexts } from './texts/index.ts';

/** Goes on with an account that was just made: into a session, or to the page that says that it waits. */
export async function finish(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  proof: Proof,
): Promise<FastifyReply> {
  const user = await findUser(context, proof.user_id);
  if (user?.awaitsApproval) return reply.redirect(withContinuation(waitingPath, purpose), 303);
  return proceed(context, request, reply, purpose, proof);
}

/** What somebody is told whose account waits to be let in; the same for whoever opens it. */
export function waitingPage(app: FastifyInstance, context: Context): void {
  app.get(waitingPath, async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const { client, redirect_uri } = purpose;
    const t = textsFor(context, request, signUpTexts);
    return sendPage(context, reply, {
      title: t('waitingTitle'),
      lead: isMailConfigured(context) ? t('waiting') : t('waitingWithoutMail'),
      above: icon('clock'),
      ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
      body: client
        ? postForm({
            action: signInPath,
            body: html`${continuationField(purpose)}${submitButton({
              id: 'login-cancel',
              label: t('backTo', { client: client.client_name }),
              name: 'decision',
              value: 'deny',
              kind: 'quiet',
            })}`,
          })
        : buttonRow(linkButton({ label: t('signIn'), href: signInPath, kind: 'quiet' })),
    });
  });
}
