import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { replaceExpiredPassword } from '../../../identity/passwords.ts';
import { isProvenAnew } from '../../../identity/user-authentication/index.ts';
import { UserError } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { denyUrl } from '../../ui/continuation.ts';
import { problemSummary, textField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import {
  newPasswordField,
  newPasswordTexts,
  passwordProblemText,
  strengthScript,
} from '../../ui/new-password/index.ts';
import { sendPage } from '../../ui/page.ts';
import { accountStateTexts } from '../account-state/texts/index.ts';
import { readPurpose } from '../purpose.ts';
import { continuationField } from '../sign-in-page.ts';
import { readSignInState, startOver } from '../sign-in-state.ts';
import { signInTexts } from '../texts/index.ts';
import { neededSecondFactor } from './needed-second-factor.ts';
import type { Requirement, SignInState } from './requirement.ts';

const path = '/login/new-password';

/** A password of one's own in place of one that somebody else has set for the first time. */
export const newPassword: Requirement = {
  name: 'new-password',
  path,
  isMissing: (_context, _request, { user }) => user.mustChangePassword && user.hasPassword,
  routes(app, context, proceed) {
    app.get(path, async (request, reply) => {
      const { continuation } = requireUnrepeated(queryOf(request));
      const purpose = await readPurpose(context, request, reply, continuation);
      const state = await readSignInState(context, purpose);
      return state?.user.mustChangePassword
        ? show(context, request, reply, state)
        : startOver(context, request, reply, purpose);
    });

    app.post(path, async (request, reply) => {
      requireSameOrigin(context, request);
      const { continuation, decision, password = '' } = requireUnrepeated(formOf(request));
      const purpose = await readPurpose(context, request, reply, continuation);
      if (decision === 'deny') return reply.redirect(denyUrl(context, request, reply, purpose.continuation), 303);
      const state = await readSignInState(context, purpose);
      if (!state?.user.mustChangePassword || !isProvenAnew(state.proof))
        return startOver(context, request, reply, purpose);
      // Whoever has only the password that somebody else knows, too, may not make it their own.
      if ((await neededSecondFactor(context, request, state)).reason !== 'none')
        return proceed(context, request, reply, purpose, state.proof);
      const { proof, user } = state;
      const actor = { id: user.id, address: request.ip, request_id: request.id };
      try {
        const password_changed_at = await replaceExpiredPassword(context, { user, password, proof }, actor);
        return await proceed(context, request, reply, purpose, { ...proof, password_changed_at });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        if (error.member !== 'password') return startOver(context, request, reply, purpose);
        return show(
          context,
          request,
          reply,
          state,
          passwordProblemText(textsFor(context, request, newPasswordTexts), error),
        );
      }
    });
  },
};

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { purpose, user }: SignInState,
  problem?: string,
): FastifyReply {
  const t = textsFor(context, request, accountStateTexts);
  const id = 'login-new-password';
  return sendPage(context, reply, {
    title: t('newPassword'),
    lead: t('newPasswordLead'),
    above: icon('key'),
    scripts: [strengthScript],
    ...(problem !== undefined && { status: 400 }),
    ...(purpose.redirect_uri !== undefined && { formAction: [purpose.redirect_uri] }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: id }])}${postForm({
      action: path,
      body: html`${continuationField(purpose)}
${textField({ name: 'username', id: 'login-username', label: t('username'), value: user.username, autocomplete: 'username', readonly: true })}
${newPasswordField(textsFor(context, request, newPasswordTexts), { id, problem, autofocus: true, owner: user })}
${buttonRow(
  submitButton({ id: 'login-submit', label: t('save') }),
  submitButton({
    id: 'login-cancel',
    label: t.with(signInTexts)('cancel'),
    name: 'decision',
    value: 'deny',
    kind: 'quiet',
    formnovalidate: true,
  }),
)}`,
    })}`,
  });
}
