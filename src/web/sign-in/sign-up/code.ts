import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { confirmByCode, isSignUpOffered } from '../../../identity/sign-ups.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { newAccountProblems, tooManyAttempts, usernameField } from '../../ui/new-account/index.ts';
import { sendPage } from '../../ui/page.ts';
import { type AskedCode, unsealAskedCode } from '../email-code/asked-code.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { continuationField, path as signInPath } from '../sign-in-page.ts';
import { finish } from './finish.ts';
import { codePath, signUpPath, withContinuation } from './paths.ts';
import { signUpTexts } from './texts/index.ts';

interface CodeForm {
  readonly asked: AskedCode;
  readonly sealedAsked: string;
  readonly username?: string | undefined;
  readonly problems: FormProblems;
  readonly status?: number;
}

/** The page on which the code of the mail is typed in: the same whichever mail was sent. */
export function codePages(app: FastifyInstance, context: Context): void {
  app.get(codePath, async (request, reply) => {
    const { continuation, asked: sealedAsked = '' } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const asked = unsealAskedCode(context, request, reply, sealedAsked);
    if (!asked || !isSignUpOffered(context)) return reply.redirect(withContinuation(signUpPath, purpose), 303);
    return show(context, request, reply, purpose, { asked, sealedAsked, problems: {} });
  });

  app.post(codePath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, asked: sealedAsked = '', code = '', username } = requireUnrepeated(formOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const asked = unsealAskedCode(context, request, reply, sealedAsked);
    if (!asked || !isSignUpOffered(context)) return reply.redirect(withContinuation(signUpPath, purpose), 303);
    const form = { asked, sealedAsked, username };
    const from = { address: request.ip, request_id: request.id };
    try {
      const made = await confirmByCode(context, { id: asked.id, code, username }, from);
      if (made?.outcome === 'created') return await finish(context, request, reply, purpose, made.proof);
      if (made) {
        reply.header('retry-after', String(made.refusedForSeconds));
        const problems = tooManyAttempts(context, request, made.refusedForSeconds);
        return show(context, request, reply, purpose, { ...form, problems, status: 429 });
      }
      const problems = { code: textsFor(context, request, signUpTexts)('codeWrong') };
      return show(context, request, reply, purpose, { ...form, problems, status: 403 });
    } catch (error) {
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return show(context, request, reply, purpose, { ...form, problems, status: 400 });
    }
  });
}

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  { asked, sealedAsked, username, problems, status }: CodeForm,
): FastifyReply {
  const t = textsFor(context, request, signUpTexts);
  const { redirect_uri } = purpose;
  const asksForName = username !== undefined || problems.username !== undefined;
  const summary = Object.entries(problems).map(([member, text]) => ({ text, fieldId: `sign-up-${member || 'code'}` }));
  return sendPage(context, reply, {
    title: t('codeTitle'),
    lead: t.rich('codeLead', { email: html`<strong>${asked.email}</strong>` }),
    above: icon('mail'),
    ...(status !== undefined && { status }),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
    body: html`${problemSummary(summary)}${postForm({
      action: codePath,
      body: html`${continuationField(purpose)}${hiddenField('asked', sealedAsked)}${textField({
        name: 'code',
        id: 'sign-up-code',
        label: t('code'),
        inputmode: 'numeric',
        autocomplete: 'one-time-code',
        autofocus: true,
        required: true,
        maxlength: 32,
        code: true,
        ...(problems.code !== undefined && { problem: problems.code }),
      })}${asksForName && usernameField(context, request, { prefix: 'sign-up', username, problems })}${buttonRow(
        submitButton({ id: 'sign-up-confirm', label: t('codeSubmit') }),
        linkButton({ label: t('again'), href: withContinuation(signUpPath, purpose), kind: 'quiet' }),
      )}`,
    })}
<p class="hint">${t('notThere')}</p>
<p class="aside"><a id="sign-up-have-account" href="${withContinuation(signInPath, purpose)}">${t('haveAccount')}</a></p>`,
  });
}
