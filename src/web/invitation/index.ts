/**
 * The page of an invitation: whoever holds its link makes an account, with what the invitation says of it. Looking at it
 * consumes nothing; the use and the new user are written together.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { houseName } from '../../identity/brands/index.ts';
import { acceptInvitation, findInvitation } from '../../identity/invitations.ts';
import { chargeNewAccount, refundNewAccount } from '../../identity/new-account-limit.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { currentSession, requireSameOrigin, startBrowserSession } from '../ui/browser-session.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { languageOf, textsFor } from '../ui/languages.ts';
import { type NewAccountForm, newAccountFrom, newAccountProblems, tooManyAttempts } from '../ui/new-account/index.ts';
import { sendPage } from '../ui/page.ts';
import { invitationPage, path } from './invitation-page.ts';
import { invitationTexts } from './texts/index.ts';

export function invitationPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '', mail_proof } = requireUnrepeated(queryOf(request));
    return show(context, request, reply, { token, mail_proof, values: {}, problems: {} });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '', mail_proof, ...values } = { ...requireUnrepeated(formOf(request)) };
    if (!(await findInvitation(context, token))) throw linkIsDead(context, request);
    const form = { token, mail_proof, values };
    const seconds = await chargeNewAccount(context, request.ip);
    if (seconds !== undefined) {
      reply.header('retry-after', String(seconds));
      const problems = tooManyAttempts(context, request, seconds);
      return show(context, request, reply, { ...form, problems, status: 429 });
    }
    const from = { address: request.ip, request_id: request.id };
    try {
      const person = { ...newAccountFrom(values), language: languageOf(context, request) };
      const user = await acceptInvitation(context, { token, mail_proof }, person, from);
      if (!user) throw linkIsDead(context, request);
      await refundNewAccount(context, request.ip);
      await startBrowserSession(context, request, reply, { user, amr: ['pwd'] });
      return reply.redirect('/', 303);
    } catch (error) {
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return show(context, request, reply, { ...form, problems, status: 400 });
    }
  });
}

/** The page, as long as the invitation can be used. Throws PageError. */
async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  form: NewAccountForm & {
    readonly token: string;
    readonly mail_proof: string | undefined;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const invitation = await findInvitation(context, form.token);
  if (!invitation) throw linkIsDead(context, request);
  const session = await currentSession(context, request);
  const house = await houseName(context);
  const isFirstLook = form.status === undefined;
  const values = isFirstLook ? invitation.profile : form.values;
  return sendPage(
    context,
    reply,
    invitationPage(context, request, { ...form, values: { ...values }, house, invitation, visitor: session?.user }),
  );
}

function linkIsDead(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, invitationTexts);
  return new PageError({
    heading: t('dead'),
    message: t('deadText'),
    whatToDo: t.rich('deadWay', { signIn: html`<a href="/login">${t('signIn')}</a>` }),
    status: 400,
  });
}
