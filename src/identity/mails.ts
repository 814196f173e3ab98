import type { Context } from '../context.ts';
import { oneLine } from '../lib/one-line.ts';
import { newId } from '../lib/split-token.ts';
import type { Sql } from '../storage/database.ts';
import {
  claimOutgoingMail,
  insertOutgoingMail,
  listDueOutgoingMails,
  type MailPurpose,
  type NewOutgoingMail,
  type OutgoingMail,
  outgoingMailInsert,
  updateOutgoingMail,
} from '../storage/outgoing-mails.ts';
import { findBrand } from './brands/index.ts';
import { isLanguage, languages } from './languages.ts';
import { type MailContent, mailContentSchema } from './mail-content.ts';

export type { MailPurpose, OutgoingMail } from '../storage/outgoing-mails.ts';

/** How long to wait after each failed attempt, in seconds; after the last one the mail is given up. */
const backoffSeconds = [60, 300, 900, 3600, 10_800, 21_600, 43_200];
/** An attempt that has left no trace after this time died with its process, and another may try. */
const claimSeconds = 120;
const atOnce = 20;

/** A mail to be sent; the text is paragraphs with an empty line between them. */
export interface Mail extends MailContent {
  /** An e-mail address; undefined when none is known of the person, and an administrator hands over what it says. */
  readonly recipient: string | undefined;
  readonly user_id?: string | undefined;
  readonly purpose: MailPurpose;
  /** Until when what it says is of use, in epoch seconds. */
  readonly expires_at: number;
}

/** Whether Castellan can send mail. Where it cannot, mails are kept for the console to show what they say. */
export function isMailConfigured({ config }: Context): boolean {
  return config.mail !== undefined;
}

/**
 * Queues a mail, which leaves at once where mail can be sent, and is tried again for hours where the mail server is
 * away. What it says is sealed, and the console can show it as long as it is of use.
 */
export async function queueMail(context: Context, mail: Mail): Promise<void> {
  const row = newMail(context, mail);
  await insertOutgoingMail(context.database, row);
  sendSoon(context, row);
}

/** A mail whose row stands in one batch with what it is about; `sendSoon` after it. */
export function prepareMail(context: Context, mail: Mail): { readonly statement: Sql; sendSoon(): void } {
  const row = newMail(context, mail);
  return { statement: outgoingMailInsert(row), sendSoon: () => sendSoon(context, row) };
}

/**
 * Sends mails whose time has come, or one of them. Resolves when each was taken by the mail server or refused; what
 * failed waits for its next time. Resolves with how many there were, at most `atOnce`. Throws only when the storage
 * fails.
 */
export async function deliverMails(context: Context, { id }: { readonly id?: string } = {}): Promise<number> {
  if (!isMailConfigured(context)) return 0;
  const due = await listDueOutgoingMails(context.database, { now: context.now(), limit: atOnce, id });
  await Promise.all(due.map((mail) => attempt(context, mail)));
  return due.length;
}

/** What a mail says; undefined once it is of no more use. Throws a SealError for a row that was tampered with. */
export function contentOf(context: Context, mail: OutgoingMail): MailContent | undefined {
  if (mail.sealed_content === null || mail.expires_at <= context.now()) return undefined;
  return mailContentSchema.parse(JSON.parse(context.secretKey.unseal(mail.sealed_content, boundTo(mail.id))));
}

function newMail(context: Context, mail: Mail): NewOutgoingMail {
  const { recipient = '', user_id = null, purpose, expires_at, ...said } = mail;
  const content = mailContentSchema.parse({ ...said, subject: oneLine(said.subject) });
  const id = newId(context);
  const now = context.now();
  return {
    id,
    recipient,
    user_id,
    purpose,
    subject: content.subject,
    sealed_content: context.secretKey.seal(JSON.stringify(content), boundTo(id)),
    created_at: now,
    expires_at,
    next_attempt_at: isMailConfigured(context) && recipient !== '' ? now : null,
  };
}

const boundTo = (id: string): string => `outgoing_mails/${id}`;

function sendSoon(context: Context, { id, next_attempt_at }: NewOutgoingMail): void {
  if (next_attempt_at !== null) context.inBackground(() => deliverMails(context, { id }));
}

async function attempt(context: Context, mail: OutgoingMail): Promise<void> {
  const { database, now } = context;
  if (!(await claimOutgoingMail(database, mail, now() + claimSeconds))) return;
  const content = contentOf(context, mail);
  if (!content) return updateOutgoingMail(database, mail.id, { ...ended, problem: 'It was too old to be sent.' });
  const failure = await send(context, mail, content);
  await updateOutgoingMail(database, mail.id, outcome(mail, failure, now()));
}

interface Failure {
  readonly problem: string;
  readonly isFinal: boolean;
}

async function send(
  context: Context,
  { id, recipient }: OutgoingMail,
  content: MailContent,
): Promise<Failure | undefined> {
  const { name, accent } = await findBrand(context);
  const dir = isLanguage(content.language) ? languages[content.language].dir : 'ltr';
  const sent = await context.mailer.send({ id, recipient, house: { name, accent, dir }, ...content });
  if (sent.outcome === 'taken') return undefined;
  context.log.warn({ mail: id, problem: sent.problem }, 'a mail could not be sent');
  return { problem: oneLine(sent.problem), isFinal: sent.outcome === 'refused' };
}

const ended = { next_attempt_at: null, sent_at: null, problem: null };

function outcome({ attempts, expires_at }: OutgoingMail, failure: Failure | undefined, now: number) {
  if (!failure) return { ...ended, sent_at: now };
  const { problem, isFinal } = failure;
  const wait = backoffSeconds[attempts];
  if (isFinal || wait === undefined || now + wait >= expires_at) return { ...ended, problem };
  return { ...ended, problem, next_attempt_at: now + wait };
}
