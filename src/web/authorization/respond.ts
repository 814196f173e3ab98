import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import type { OAuthError } from '../../lib/errors.ts';
import { html } from '../../lib/html.ts';
import type { RedirectTarget } from '../../protocol/authorization-requests/index.ts';
import { submitButton } from '../ui/button.ts';
import { hiddenField } from '../ui/form.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { authorizationTexts } from './texts/index.ts';

/**
 * Sends the browser back to the client with these parameters, the request's state and our `iss` (RFC 9207). The only
 * place from which a browser is sent to an address that is not ours, and it takes nothing but a RedirectTarget.
 */
export async function respond(
  context: Context,
  reply: FastifyReply,
  target: RedirectTarget,
  parameters: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const { response_mode, state, client } = target;
  const answer = await response_mode.answer(context, target, {
    ...parameters,
    ...(state === undefined ? {} : { state }),
    iss: context.config.issuer,
  });
  if ('location' in answer)
    return reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .redirect(answer.location, 303);
  const { action, fields } = answer.form;
  const t = textsFor(context, reply.request, authorizationTexts);
  return sendPage(context, reply, {
    title: t('oneMoment'),
    lead: t('takenBack', { client: client.client_name }),
    formAction: [action],
    scripts: ['form-post.js'],
    body: html`<form method="post" action="${action}">
${Object.entries(fields).map(([name, value]) => hiddenField(name, value))}
${submitButton({ label: t('continue'), wide: true })}
</form>`,
  });
}

/** Tells the client of an error (RFC 6749 §4.1.2.1). */
export function respondWithError(
  context: Context,
  reply: FastifyReply,
  target: RedirectTarget,
  { error, error_description }: OAuthError,
): Promise<FastifyReply> {
  return respond(context, reply, target, { error, error_description });
}
