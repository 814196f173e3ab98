import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { recordEvent } from '../../identity/audit.ts';
import { houseName } from '../../identity/brands/index.ts';
import { contentOf, isMailConfigured, type MailPurpose, type OutgoingMail, queueMail } from '../../identity/mails.ts';
import { type Html, html } from '../../lib/html.ts';
import { findOutgoingMail, listOutgoingMails } from '../../storage/outgoing-mails.ts';
import { postForm, submitButton } from '../ui/button.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { checkbox, textField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { badge, dataTable, emptyState, filterForm, notice } from '../ui/list.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { notFound, sendConsolePage } from './console-page.ts';
import { type EventNames, eventParty, namesOf } from './event-names.ts';
import { actorOf, administratorSession, isRecentlySignedIn } from './guard.ts';
import { redirectWithNews } from './news.ts';
import { readPage, searchText } from './paging.ts';

const path = '/admin/mails';
const title = 'Mails';
const testSeconds = 600;
const filtersSchema = z.strictObject({ recipient: searchText, open: z.literal('1').optional() });

type MailRequest = FastifyRequest<{ Params: { mail_id: string } }>;

/** What was mailed to whom, and what would be if there were a mail server: its links can be handed over from here. */
export const mails: AdminPage = {
  name: 'mails',
  path,
  title,
  icon: 'mail',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, (request, reply) => list(context, request, reply));
    app.post(`${path}/test`, (request, reply) => sendTest(context, request, reply));
    app.post(`${path}/:mail_id/show`, (request: MailRequest, reply) => show(context, request, reply));
  },
};

async function list(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { filters, rows, pagination } = await readPage(context, request, {
    path,
    filters: filtersSchema,
    find: ({ recipient, open }, { limit, after }) =>
      listOutgoingMails(context.database, { limit, before: after, recipient, unsent: open === '1' }),
    cursorOf: ({ id }) => id,
  });
  const names = await namesOf(
    context,
    rows.flatMap(({ user_id }) => (user_id === null ? [] : [{ actor: user_id, target: undefined }])),
  );
  const isConfigured = isMailConfigured(context);
  return sendConsolePage(context, request, reply, {
    title,
    lead: 'Links and codes for people, and what they were told. Each works as long as it says, and is forgotten then.',
    ...(isConfigured && { actions: testForm() }),
    body: html`${!isConfigured && withoutMail()}${filterForm({
      everything: path,
      isFiltered: (filters.recipient ?? filters.open) !== undefined,
      fields: [
        textField({ name: 'recipient', label: 'Address', value: filters.recipient ?? '', maxlength: 200 }),
        checkbox({ name: 'open', label: 'Only what was not sent', value: '1', checked: filters.open === '1' }),
      ],
    })}${mailsTable(context, rows, names)}${pagination}`,
  });
}

function withoutMail(): Html {
  return notice(
    'neutral',
    html`<p>Nothing is sent from here, and nothing needs to be: show a link and hand it to the person. To have mails sent, set
<code>SMTP_URL</code> and <code>MAIL_FROM</code>, and start Castellan again.</p>`,
    'No mail server is set',
  );
}

function testForm(): Html {
  return postForm({
    action: `${path}/test`,
    inline: true,
    body: submitButton({ id: 'mails-test', label: 'Send a test mail to me', kind: 'quiet' }),
  });
}

function mailsTable(context: ConsoleContext, rows: readonly OutgoingMail[], names: EventNames): Html {
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({ icon: icon('mail'), heading: 'Nothing here', text: 'No mail fits, or none was needed yet.' }),
    columns: [
      { heading: 'When', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'To', cell: ({ recipient }) => recipient || 'No address is known' },
      { heading: 'Person', cell: ({ user_id }) => (user_id === null ? html`–` : eventParty(user_id, names)) },
      { heading: 'What for', cell: ({ purpose }) => purposes[purpose] },
      { heading: 'State', cell: (mail) => stateOf(context, mail) },
      { heading: 'Link', cell: (mail) => showForm(context, mail) },
    ],
  });
}

const purposes: Readonly<Record<MailPurpose, string>> = {
  'sign-in': 'Signing in',
  'password-reset': 'A new password',
  'email-confirmation': 'Confirming the address',
  invitation: 'An invitation',
  registration: 'A new account',
  notice: 'A notice',
  test: 'A test',
};

function stateOf(context: ConsoleContext, { sent_at, next_attempt_at, attempts, problem }: OutgoingMail): Html {
  if (sent_at !== null) return html`${badge('Sent', 'good')} <small>${timeTag(sent_at)}</small>`;
  const why = problem !== null && html`<br><small>${problem}</small>`;
  if (next_attempt_at === null) return html`${attempts > 0 ? badge('Given up', 'bad') : badge('Not sent')}${why}`;
  if (attempts === 0) return badge('Waiting');
  return html`${badge('Trying again', 'warning')} <small>${timeTag(Math.max(next_attempt_at, context.now()))}</small>${why}`;
}

function showForm(context: ConsoleContext, { id, sealed_content, expires_at }: OutgoingMail): Html {
  if (sealed_content === null || expires_at <= context.now()) return html`<small>No longer works</small>`;
  return postForm({
    action: `${path}/${id}/show`,
    inline: true,
    body: submitButton({
      label: 'Show the link',
      kind: 'quiet',
    }),
  });
}

async function show(context: ConsoleContext, request: MailRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, path);
  const { mail_id } = request.params;
  const mail = /^[0-9a-f]{32}$/.test(mail_id) ? await findOutgoingMail(context.database, mail_id) : undefined;
  if (!mail) throw notFound('mail', { label: 'All mails', href: path });
  const content = contentOf(context, mail);
  if (!content || (content.link ?? content.code) === undefined)
    return redirectWithNews(context, request, reply, path, {
      text: 'There is no link in it, or it works no more.',
      isRefusal: true,
    });
  const { purpose, recipient, user_id } = mail;
  await recordEvent(context, await actorOf(context, request), 'mail.shown', user_id ?? undefined, {
    purpose,
    recipient,
  });
  const { link, code } = content;
  const codeText = code === undefined ? '' : ` The code is ${code}.`;
  return redirectWithNews(context, request, reply, path, {
    text: `Hand it to the person it is for, and to nobody else.${codeText}`,
    ...(link !== undefined && { secret: { label: 'Link', value: link } }),
  });
}

async function sendTest(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await administratorSession(context, request);
  const refuse = (text: string) => redirectWithNews(context, request, reply, path, { text, isRefusal: true });
  if (!isMailConfigured(context)) return refuse('No mail server is set.');
  if (user.email === undefined) return refuse('Your account has no e-mail address to send it to.');
  const actor = await actorOf(context, request);
  await queueMail(context, {
    recipient: user.email,
    user_id: user.id,
    purpose: 'test',
    language: 'en',
    subject: `A test mail from ${await houseName(context)}`,
    text: 'This is a test. It has arrived, so mail works.',
    link: `${context.config.publicUrl}${path}`,
    linkLabel: 'Back to the console',
    expires_at: context.now() + testSeconds,
  });
  await recordEvent(context, actor, 'mail.tested', user.id);
  return redirectWithNews(context, request, reply, path, { text: `A test mail is on its way to ${user.email}.` });
}
