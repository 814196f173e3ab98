import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { changeOwnPassword } from '../../../identity/passwords.ts';
import { attemptLogin } from '../../../identity/user-authentication/index.ts';
import { password as passwordMethod } from '../../../identity/user-authentication/password.ts';
import { type User, UserError } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { knownDevice } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { passwordField, problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import {
  newPasswordField,
  newPasswordTexts,
  passwordProblemText,
  strengthScript,
} from '../../ui/new-password/index.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { section } from '../../ui/section.ts';
import { actorOf, isRecentlySignedIn, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { freshSignIn } from './fresh-sign-in.ts';
import type { SecuritySection } from './security-section.ts';
import { securityTexts } from './texts/index.ts';

const page = '/account/security';
const path = `${page}/password`;

/** The password, changed with the old one or after a recent sign-in. */
export const password: SecuritySection = {
  name: 'password',
  section(context, request, _reply, { user }) {
    const t = textsFor(context, request, securityTexts);
    return section({
      id: 'account-password',
      heading: t('password'),
      body: html`<p>${user.hasPassword ? t('hasPassword') : t('hasNoPassword')}</p>${linkButton({
        id: 'account-password-change',
        label: user.hasPassword ? t('changePassword') : t('setPassword'),
        href: path,
        kind: 'quiet',
      })}`,
    });
  },
  routes(app, context) {
    app.get(path, async (request, reply) => {
      const { user } = await visitorSession(context, request);
      const toSignIn = user.hasPassword ? undefined : await freshSignIn(context, request, reply, path);
      return toSignIn === undefined ? show(context, request, reply, {}) : reply.redirect(toSignIn, 303);
    });
    app.post(path, (request, reply) => change(context, request, reply));
  },
};

async function change(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user, id: keepSession } = await visitorSession(context, request);
  const typed = requireUnrepeated(formOf(request));
  if (user.hasPassword && !(await isRecentlySignedIn(context, request))) {
    const refused = await checkCurrent(context, request, reply, user, typed.current_password ?? '');
    if (refused) return show(context, request, reply, refused);
  } else if (!user.hasPassword) {
    const toSignIn = await freshSignIn(context, request, reply, path);
    if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
  }
  try {
    const actor = await actorOf(context, request);
    await changeOwnPassword(context, user, typed.password ?? '', actor, { keepSession });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problem = passwordProblemText(textsFor(context, request, newPasswordTexts), error);
    return show(context, request, reply, { problem, status: 400 });
  }
  const t = textsFor(context, request, securityTexts);
  return redirectWithNews(context, request, reply, page, { text: t('passwordChanged') });
}

async function checkCurrent(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { username }: User,
  presented: string,
): Promise<{ readonly currentProblem: string; readonly status: number } | undefined> {
  const device = knownDevice(context, request);
  const attempt = { usernameOrEmail: username, presented, address: request.ip, device };
  const { outcome, ...answer } = await attemptLogin(context, passwordMethod, attempt);
  if (outcome === 'authenticated') return undefined;
  const t = textsFor(context, request, securityTexts);
  if (outcome === 'refused') return { currentProblem: t('wrongCurrentPassword'), status: 403 };
  const seconds = 'refusedForSeconds' in answer ? answer.refusedForSeconds : 60;
  reply.header('retry-after', String(seconds));
  return { currentProblem: t('tooManyAttempts', { seconds }), status: 429 };
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { readonly currentProblem?: string; readonly problem?: string; readonly status?: number },
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, securityTexts);
  const asksCurrent = user.hasPassword && !(await isRecentlySignedIn(context, request));
  const { problem, currentProblem, status } = form;
  const problems = [
    ...(currentProblem === undefined ? [] : [{ text: currentProblem, fieldId: 'account-current-password' }]),
    ...(problem === undefined ? [] : [{ text: problem, fieldId: 'account-new-password' }]),
  ];
  return sendAccountPage(context, request, reply, {
    title: user.hasPassword ? t('changePassword') : t('setPassword'),
    lead: t('changePasswordLead'),
    scripts: [strengthScript],
    ...(status !== undefined && { status }),
    body: html`${problemSummary(problems)}${postForm({
      action: path,
      body: html`${textField({ name: 'username', id: 'account-username', label: t('username'), value: user.username, autocomplete: 'username', readonly: true })}${
        asksCurrent &&
        passwordField({
          name: 'current_password',
          id: 'account-current-password',
          label: t('currentPassword'),
          required: true,
          ...(currentProblem !== undefined && { problem: currentProblem }),
        })
      }${newPasswordField(textsFor(context, request, newPasswordTexts), {
        id: 'account-new-password',
        problem,
        owner: user,
      })}
${buttonRow(
  submitButton({ id: 'account-password-submit', label: t('save') }),
  linkButton({ label: t('cancel'), href: page, kind: 'quiet' }),
)}`,
    })}`,
  });
}
