import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { houseName } from '../../../identity/brands/index.ts';
import { mailAddressOf } from '../../../identity/email-claims.ts';
import { languageOfUser } from '../../../identity/languages.ts';
import { isMailConfigured, queueMail } from '../../../identity/mails.ts';
import { deleteOwnAccount, deletionRefusal } from '../../../identity/own-account.ts';
import { type User, UserError } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { endBrowserSession } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor, textsIn } from '../../ui/languages.ts';
import { notice } from '../../ui/list.ts';
import { tellApplications } from '../../ui/tell-applications.ts';
import { actorOf, isRecentlySignedIn, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { deletedUrl } from './deleted.ts';
import { type DataTexts, dataTexts } from './texts/index.ts';

export const deletePath = '/account/data/delete';

/** How long the mail that tells of it is worth sending. */
const mailSeconds = 2 * 86_400;

/** The question whether to delete the account, and its end. */
export function deletionRoutes(app: FastifyInstance, context: Context): void {
  app.get(deletePath, async (request, reply) => {
    if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, deletePath);
    return sendQuestion(context, request, reply, {});
  });
  app.post(deletePath, async (request, reply) => {
    if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, deletePath);
    return remove(context, request, reply);
  });
}

/** Why the account cannot be deleted here, and what to do. */
export function refusalText(t: DataTexts, refusal: 'switched-off' | 'last-administrator'): Html {
  if (refusal === 'switched-off') return notice('neutral', t('deletionOff'));
  const people = html`<a href="/admin/users">${t('people')}</a>`;
  return notice('warning', html`${t.rich('lastAdministrator', { people })}`);
}

async function remove(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const { username = '' } = requireUnrepeated(formOf(request));
  let ended: readonly string[];
  try {
    ended = await deleteOwnAccount(context, user, username, await actorOf(context, request));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return sendQuestion(context, request, reply, { typed: username, isWrong: true });
  }
  await tellApplications(context, request, ended);
  await endBrowserSession(context, request, reply);
  await tellOwner(context, user);
  return reply.redirect(deletedUrl(context, request, reply, ended), 303);
}

async function sendQuestion(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { typed = '', isWrong = false }: { readonly typed?: string; readonly isWrong?: boolean },
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, dataTexts);
  const refusal = await deletionRefusal(context, user);
  const title = t('question');
  if (refusal !== undefined)
    return sendAccountPage(context, request, reply, {
      title,
      status: refusal === 'switched-off' ? 403 : 409,
      body: html`${refusalText(t, refusal)}${buttonRow(linkButton({ label: t('back'), href: '/account/data', kind: 'quiet' }))}`,
    });
  const problem = isWrong ? t('notTheName') : undefined;
  return sendAccountPage(context, request, reply, {
    title,
    ...(isWrong && { status: 400 }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'account-delete-username' }])}
<ul><li>${t('everythingGoes')}</li><li>${t('applicationsAreTold')}</li><li>${t('recordStays')}</li><li>${t('forGood')}</li></ul>
${postForm({
  action: deletePath,
  body: html`${textField({
    name: 'username',
    id: 'account-delete-username',
    label: t.rich('typeName', { username: html`<code>${user.username}</code>` }),
    value: typed,
    code: true,
    maxlength: 256,
    ...(problem !== undefined && { problem }),
  })}${buttonRow(
    submitButton({ id: 'account-delete-confirm', label: t('delete'), kind: 'danger' }),
    linkButton({ label: t('keep'), href: '/account/data', kind: 'quiet' }),
  )}`,
})}`,
  });
}

async function tellOwner(context: Context, user: User): Promise<void> {
  const recipient = mailAddressOf(user);
  if (!isMailConfigured(context) || recipient === undefined) return;
  const language = languageOfUser(user);
  const t = textsIn(context, language, dataTexts);
  const subject = t('mailSubject');
  const text = t('mailText', { username: user.username, house: await houseName(context) });
  const expires_at = context.now() + mailSeconds;
  await queueMail(context, { recipient, purpose: 'notice', language, subject, text, expires_at });
}
