import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { confirmByLink, findSignUp } from '../../../identity/sign-ups.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { continuationOfLink } from '../../ui/browser-mark.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField, passwordField, problemSummary } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { newAccountProblems, tooManyAttempts, usernameField } from '../../ui/new-account/index.ts';
import { sendPage } from '../../ui/page.ts';
import { browserMark } from '../email-code/asked-code.ts';
import { readPurpose } from '../purpose.ts';
import { path as signInPath } from '../sign-in-page.ts';
import { finish } from './finish.ts';
import { linkPath, signUpPath, withContinuation } from './paths.ts';
import { signUpTexts } from './texts/index.ts';

interface LinkForm {
  readonly token: string;
  readonly username?: string | undefined;
  readonly problems: FormProblems;
  readonly status?: number;
}

/**
 * Where the link of the mail leads. It asks first, for programs that read mails open links; and elsewhere than at the
 * browser that signed up, for the password, so that nobody confirms what somebody else began with their address.
 */
export function linkPages(app: FastifyInstance, context: Context): void {
  app.get(linkPath, (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    return show(context, request, reply, { token, problems: {} });
  });

  app.post(linkPath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', password = '', username } = requireUnrepeated(formOf(request));
    const found = await findSignUp(context, token);
    if (!found) throw await linkIsDead(context, request, reply, token);
    const { link } = found;
    const browser = browserMark(context, request, reply);
    const isSame = link.detail.browser === browser;
    // First, so that a sign-in that cannot go on leaves the link as it is.
    const purpose = await readPurpose(context, request, reply, isSame ? link.detail.continuation : undefined);
    const form = { token, username };
    const from = { address: request.ip, request_id: request.id };
    try {
      const made = await confirmByLink(context, { link, browser, password, username }, from);
      if (made?.outcome === 'created') return await finish(context, request, reply, purpose, made.proof);
      if (made) {
        reply.header('retry-after', String(made.refusedForSeconds));
        const problems = tooManyAttempts(context, request, made.refusedForSeconds);
        return await show(context, request, reply, { ...form, problems, status: 429 });
      }
      const problems = { password: textsFor(context, request, signUpTexts)('passwordWrong') };
      return await show(context, request, reply, { ...form, problems, status: 403 });
    } catch (error) {
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return show(context, request, reply, { ...form, problems, status: 400 });
    }
  });
}

/** The page, as long as the link can be used. Throws PageError. */
async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, username, problems, status }: LinkForm,
): Promise<FastifyReply> {
  const found = await findSignUp(context, token);
  if (!found) throw await linkIsDead(context, request, reply, token);
  const { link, form } = found;
  const t = textsFor(context, request, signUpTexts);
  const isElsewhere = link.detail.browser !== browserMark(context, request, reply);
  const sealed = isElsewhere ? undefined : link.detail.continuation;
  const asksForName = problems.username !== undefined;
  const summary = Object.entries(problems).map(([member, text]) =>
    member === 'password' || member === 'username' ? { text, fieldId: `sign-up-${member}` } : { text },
  );
  return sendPage(context, reply, {
    title: t('linkTitle'),
    lead: t.rich('linkLead', {
      username: html`<strong>${form.username}</strong>`,
      email: html`<strong>${form.email}</strong>`,
    }),
    above: icon('mail'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary(summary)}${postForm({
      action: linkPath,
      body: html`${hiddenField('token', token)}${
        (asksForName || isElsewhere) &&
        usernameField(context, request, {
          prefix: 'sign-up',
          username: username ?? form.username,
          problems,
          readonly: !asksForName,
        })
      }${
        isElsewhere &&
        passwordField({
          name: 'password',
          id: 'sign-up-password',
          label: t('linkPassword'),
          hint: t('linkPasswordHint'),
          autofocus: true,
          required: true,
          ...(problems.password !== undefined && { problem: problems.password }),
        })
      }${buttonRow(submitButton({ id: 'sign-up-confirm', label: t('codeSubmit'), wide: true }))}`,
    })}
<p class="hint">${t('notYou')}</p>
${asksForName && html`<p class="aside"><a id="sign-up-have-account" href="${withContinuation(signInPath, { sealed })}">${t('haveAccount')}</a></p>`}`,
  });
}

async function linkIsDead(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<PageError> {
  const sealed = await continuationOfLink(context, request, reply, { purpose: 'sign-up', token });
  const t = textsFor(context, request, signUpTexts);
  return new PageError({
    heading: t('dead'),
    message: t('deadText'),
    whatToDo: buttonRow(
      linkButton({ id: 'error-sign-in', label: t('signIn'), href: withContinuation(signInPath, { sealed }) }),
      linkButton({
        id: 'error-again',
        label: t('again'),
        href: withContinuation(signUpPath, { sealed }),
        kind: 'quiet',
      }),
    ),
    status: 400,
  });
}
