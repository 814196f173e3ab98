import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { assertionOptions, passkeyHost } from '../../../identity/passkeys/index.ts';
import { attemptPasskey } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { browserId, requireSameOrigin } from '../../ui/browser-session.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import { formOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import {
  passkeyAttempt,
  passkeyField,
  passkeyProblemText,
  passkeyScript,
  passkeyTexts,
} from '../../ui/passkey/index.ts';
import { proceed } from '../proceed.ts';
import { readPurpose } from '../purpose.ts';
import { continuationField } from '../sign-in-page.ts';
import type { ShowProblem, SignInMethod } from './sign-in-method.ts';

const path = '/login/passkey';
const optionsPath = `${path}/options`;

/** A passkey that says by itself who somebody is: by its button, or in the field for the user name. */
export const passkey: SignInMethod = {
  name: 'passkey',
  scripts: [passkeyScript],
  offer(context, request, purpose) {
    if (passkeyHost(context) === undefined) return undefined;
    const t = textsFor(context, request, passkeyTexts);
    return html`<div class="needs-scripts">${postForm({
      action: path,
      id: 'passkey-form',
      body: html`${continuationField(purpose)}${submitButton({
        id: 'login-passkey',
        label: html`${icon('key')}${t('signInWithPasskey')}`,
        kind: 'quiet',
        wide: true,
      })}${passkeyField(t, context, { kind: 'get', options: optionsPath, autofill: true })}`,
    })}</div>`;
  },
  routes(app, context, showProblem) {
    app.post(optionsPath, async (request, reply) => {
      requireSameOrigin(context, request);
      const options = await assertionOptions(context, { browser: browserId(context, request, reply) });
      return reply.header('cache-control', 'no-store').send(options);
    });

    app.post(path, (request, reply) => signIn(context, request, reply, showProblem));
  },
};

async function signIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  showProblem: ShowProblem,
): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const { continuation, credential } = requireUnrepeated(formOf(request));
  const purpose = await readPurpose(context, request, reply, continuation);
  const t = textsFor(context, request, passkeyTexts);
  const attempt = passkeyAttempt(context, request, reply, credential);
  if (!attempt) return showProblem(request, reply, purpose, { problem: t('needsScripts'), status: 400 });
  const answer = await attemptPasskey(context, attempt);
  if (answer.outcome === 'proven') return proceed(context, request, reply, purpose, answer.proof);
  request.log.info({ problem: answer.problem }, 'a passkey was refused');
  const problem = passkeyProblemText(t, context, answer.problem);
  return showProblem(request, reply, purpose, { problem, status: 403 });
}
