import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { isSignUpOffered, signUp } from '../../../identity/sign-ups.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { currentSession, requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { languageOf, textsFor } from '../../ui/languages.ts';
import {
  type NewAccountForm,
  newAccountFields,
  newAccountFrom,
  newAccountProblems,
  strengthScript,
  tooManyAttempts,
} from '../../ui/new-account/index.ts';
import { sendPage } from '../../ui/page.ts';
import { browserMark, sealAskedCode } from '../email-code/asked-code.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { continuationField, frame, path as signInPath } from '../sign-in-page.ts';
import { signInTexts } from '../texts/index.ts';
import { finish } from './finish.ts';
import { codePath, signUpPath, withContinuation } from './paths.ts';
import { signUpTexts } from './texts/index.ts';

/** A longer continuation does not come along in the link, whose holder then starts at the application again. */
const longestContinuation = 8000;

/** The page on which somebody says who they are. */
export function formPages(app: FastifyInstance, context: Context): void {
  app.get(signUpPath, async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    if (!isSignUpOffered(context)) return reply.redirect(withContinuation(signInPath, purpose), 303);
    if (purpose.isOwn && (await currentSession(context, request))) return reply.redirect('/', 303);
    const values = purpose.login_hint?.includes('@') ? { email: purpose.login_hint } : {};
    return show(context, request, reply, purpose, { values, problems: {} });
  });

  app.post(signUpPath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, ...values } = { ...requireUnrepeated(formOf(request)) };
    const purpose = await readPurpose(context, request, reply, continuation);
    if (!isSignUpOffered(context)) return reply.redirect(withContinuation(signInPath, purpose), 303);
    const { sealed } = purpose;
    const { password, ...person } = newAccountFrom(values);
    try {
      const made = await signUp(context, {
        ...{ person, password, language: languageOf(context, request) },
        from: { address: request.ip, request_id: request.id },
        detail: {
          browser: browserMark(context, request, reply),
          ...(sealed !== undefined && sealed.length <= longestContinuation && { continuation: sealed }),
        },
      });
      if (made.outcome === 'created') return await finish(context, request, reply, purpose, made.proof);
      if (made.outcome === 'asked') {
        const asked = sealAskedCode(context, request, reply, { id: made.id, email: person.email ?? '' });
        const query = new URLSearchParams({ ...(sealed !== undefined && { continuation: sealed }), asked });
        return reply.redirect(`${codePath}?${query}`, 303);
      }
      const { refusedForSeconds } = made;
      reply.header('retry-after', String(refusedForSeconds));
      const problems = tooManyAttempts(context, request, refusedForSeconds);
      return show(context, request, reply, purpose, { values, problems, status: 429 });
    } catch (error) {
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return show(context, request, reply, purpose, { values, problems, status: 400 });
    }
  });
}

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  form: NewAccountForm & { readonly status?: number },
): FastifyReply {
  const t = textsFor(context, request, signUpTexts);
  const { summary, fields } = newAccountFields(context, request, { ...form, prefix: 'sign-up' });
  return sendPage(context, reply, {
    title: t('createAccount'),
    ...(form.status !== undefined && { status: form.status }),
    ...frame(textsFor(context, request, signInTexts), purpose),
    scripts: [strengthScript],
    body: html`${summary}${postForm({
      action: signUpPath,
      body: html`${continuationField(purpose)}${fields}
${buttonRow(submitButton({ id: 'sign-up-submit', label: t('submit'), wide: true }))}`,
    })}
<p class="aside"><a id="sign-up-have-account" href="${withContinuation(signInPath, purpose)}">${t('haveAccount')}</a></p>`,
  });
}
