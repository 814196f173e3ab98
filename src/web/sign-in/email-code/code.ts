import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { attemptLogin, emailCode } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { knownDevice, requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { proceed } from '../proceed.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { continuationField } from '../sign-in-page.ts';
import { type AskedCode, unsealAskedCode } from './asked-code.ts';
import { codePath, emailCodePath } from './paths.ts';
import { emailCodeTexts } from './texts/index.ts';

/** The page on which the code of the mail is typed in: the same whether or not one was sent. */
export function codePages(app: FastifyInstance, context: Context): void {
  app.get(codePath, async (request, reply) => {
    const { continuation, asked: sealedAsked } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const asked = unsealAskedCode(context, request, reply, sealedAsked);
    if (!asked || sealedAsked === undefined) return reply.redirect(emailCodePath(purpose), 303);
    return show(context, request, reply, purpose, { asked, sealedAsked });
  });

  app.post(codePath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, asked: sealedAsked, code = '' } = requireUnrepeated(formOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const asked = unsealAskedCode(context, request, reply, sealedAsked);
    if (!asked || sealedAsked === undefined) return reply.redirect(emailCodePath(purpose), 303);
    const t = textsFor(context, request, emailCodeTexts);
    if (code.trim() === '' || code.length > 64)
      return show(context, request, reply, purpose, { asked, sealedAsked, problem: t('enterCode'), status: 400 });
    const login = await attemptLogin(context, emailCode, {
      usernameOrEmail: asked.email,
      presented: `${asked.id} ${code}`,
      address: request.ip,
      device: knownDevice(context, request),
    });
    if (login.outcome === 'authenticated') return proceed(context, request, reply, purpose, login.proof);
    request.log.info({ outcome: login.outcome }, 'a code by mail was refused');
    if (login.outcome === 'refused')
      return show(context, request, reply, purpose, { asked, sealedAsked, problem: t('wrongCode'), status: 403 });
    const { refusedForSeconds: seconds } = login;
    reply.header('retry-after', String(seconds));
    const problem = t('tooManyCodes', { seconds });
    return show(context, request, reply, purpose, { asked, sealedAsked, problem, status: 429 });
  });
}

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  form: {
    readonly asked: AskedCode;
    readonly sealedAsked: string;
    readonly problem?: string;
    readonly status?: number;
  },
): FastifyReply {
  const t = textsFor(context, request, emailCodeTexts);
  const { asked, sealedAsked, problem, status } = form;
  const { redirect_uri } = purpose;
  return sendPage(context, reply, {
    title: t('codeTitle'),
    lead: t.rich('codeLead', { email: html`<strong>${asked.email}</strong>` }),
    above: icon('mail'),
    ...(status !== undefined && { status }),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'login-code' }])}${postForm({
      action: codePath,
      body: html`${continuationField(purpose)}${hiddenField('asked', sealedAsked)}${textField({
        name: 'code',
        id: 'login-code',
        label: t('code'),
        inputmode: 'numeric',
        autocomplete: 'one-time-code',
        autofocus: true,
        required: true,
        maxlength: 32,
        code: true,
        ...(problem !== undefined && { problem }),
      })}${buttonRow(
        submitButton({ id: 'login-code-submit', label: t('signIn') }),
        linkButton({ label: t('again'), href: emailCodePath(purpose), kind: 'quiet' }),
      )}`,
    })}
<p class="hint">${t('notThere')}</p>`,
  });
}
