import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { findUserToRecover, recoverPassword } from '../../identity/recovery.ts';
import { type User, UserError } from '../../identity/users.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { browserMark, continuationOfLink } from '../ui/browser-mark.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { icon } from '../ui/icon.ts';
import { textsFor } from '../ui/languages.ts';
import { newPasswordField, newPasswordTexts, passwordProblemText, strengthScript } from '../ui/new-password/index.ts';
import { sendPage } from '../ui/page.ts';
import { linkIsDead } from './dead-link.ts';
import { withContinuation } from './paths.ts';
import { recoveryTexts } from './texts/index.ts';

const path = '/recovery';

/** The page on which the holder of a recovery link chooses a new password, and the one after it. */
export function choosePasswordPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    const found = await findUserToRecover(context, token);
    if (!found) throw await deadLink(context, request, reply, token);
    return show(context, request, reply, { token, user: found.user });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', password = '' } = requireUnrepeated(formOf(request));
    const found = await findUserToRecover(context, token);
    if (!found) throw await deadLink(context, request, reply, token);
    const { user, link } = found;
    const from = { address: request.ip, request_id: request.id };
    try {
      if (!(await recoverPassword(context, token, password, from)))
        throw await deadLink(context, request, reply, token);
      // At the browser that asked, the way leads on to what the person wanted when the password was missing.
      const isSame = link.detail.browser === browserMark(context, request, reply);
      return reply.redirect(withContinuation(`${path}/done`, isSame ? link.detail.continuation : undefined), 303);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = passwordProblemText(textsFor(context, request, newPasswordTexts), error);
      return show(context, request, reply, { token, user, problem });
    }
  });

  app.get(`${path}/done`, (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const t = textsFor(context, request, recoveryTexts);
    return sendPage(context, reply, {
      title: t('changed'),
      lead: t('changedLead'),
      above: icon('check'),
      body: buttonRow(
        linkButton({ id: 'recovery-sign-in', label: t('signIn'), href: withContinuation('/login', continuation) }),
      ),
    });
  });
}

async function deadLink(context: Context, request: FastifyRequest, reply: FastifyReply, token: string) {
  const asked = { purpose: 'password-reset', token } as const;
  return linkIsDead(context, request, await continuationOfLink(context, request, reply, asked));
}

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, user, problem }: { readonly token: string; readonly user: User; readonly problem?: string },
): FastifyReply {
  const t = textsFor(context, request, recoveryTexts);
  const { username, email } = user;
  return sendPage(context, reply, {
    title: t('choose'),
    lead: t('chooseLead'),
    above: icon('key'),
    scripts: [strengthScript],
    ...(problem !== undefined && { status: 400 }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'recovery-password' }])}${postForm(
      {
        action: path,
        body: html`${hiddenField('token', token)}
${textField({ name: 'username', id: 'recovery-username', label: t('username'), value: username, autocomplete: 'username', readonly: true })}
${newPasswordField(textsFor(context, request, newPasswordTexts), {
  id: 'recovery-password',
  autofocus: true,
  problem,
  owner: { username, email },
})}
${buttonRow(submitButton({ id: 'recovery-submit', label: t('save') }))}`,
      },
    )}`,
  });
}
