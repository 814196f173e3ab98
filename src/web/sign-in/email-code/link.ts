import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { consumeSignInLink, findEmailSignIn } from '../../../identity/user-authentication/index.ts';
import type { User } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { continuationOfLink } from '../../ui/browser-mark.ts';
import { currentSession, requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { resumeUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import { proceed } from '../proceed.ts';
import { readPurpose } from '../purpose.ts';
import { browserMark } from './asked-code.ts';
import { emailCodePath, linkPath } from './paths.ts';
import { emailCodeTexts } from './texts/index.ts';

/**
 * Where the link of the mail leads. At the browser that asked for it, it goes on with that sign-in. Everywhere else it
 * may be a program that reads mails, so that a page asks first, and the sign-in is for the launcher.
 */
export function linkPages(app: FastifyInstance, context: Context): void {
  app.get(linkPath, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    const found = await findEmailSignIn(context, token);
    if (!found) return deadLink(context, request, reply, token);
    const { browser, continuation } = found.link.detail;
    if (browser !== browserMark(context, request, reply)) return ask(context, request, reply, token, found.user);
    return signIn(context, request, reply, token, continuation);
  });

  app.post(linkPath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '' } = requireUnrepeated(formOf(request));
    return signIn(context, request, reply, token, undefined);
  });
}

async function signIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  continuation: string | undefined,
): Promise<FastifyReply> {
  // First, so that a sign-in that cannot go on leaves the link as it is.
  const purpose = await readPurpose(context, request, reply, continuation);
  const proof = await consumeSignInLink(context, token);
  if (!proof) return deadLink(context, request, reply, token);
  return proceed(context, request, reply, purpose, proof);
}

function ask(context: Context, request: FastifyRequest, reply: FastifyReply, token: string, user: User): FastifyReply {
  const t = textsFor(context, request, emailCodeTexts);
  return sendPage(context, reply, {
    title: t('signIn'),
    lead: t('otherBrowser'),
    above: icon('mail'),
    body: html`${visitorChip(user)}${postForm({
      action: linkPath,
      body: html`${hiddenField('token', token)}${buttonRow(
        submitButton({ id: 'login-link-submit', label: t('signIn') }),
        linkButton({ label: t('cancel'), href: '/', kind: 'quiet' }),
      )}`,
    })}`,
  });
}

/** Whoever opens the link once more where it signed them in goes on. All others hear that it is dead, and may ask again. */
async function deadLink(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<FastifyReply> {
  const sealed = await continuationOfLink(context, request, reply, { purpose: 'email-sign-in', token });
  if (sealed !== undefined && (await currentSession(context, request))) {
    const { continuation } = await readPurpose(context, request, reply, sealed);
    const goal = continuation.kind === 'page' ? continuation.path : resumeUrl(context, request, reply, continuation);
    return reply.redirect(goal, 303);
  }
  const t = textsFor(context, request, emailCodeTexts);
  throw new PageError({
    heading: t('linkDead'),
    message: t('linkDeadText'),
    whatToDo: linkButton({
      id: 'error-again',
      label: t('again'),
      href: emailCodePath({ sealed }),
      kind: 'quiet',
      wide: true,
    }),
    status: 400,
  });
}
