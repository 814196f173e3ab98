import { type Database, empty, type Sql, sql } from './database.ts';

/** A mail that is to be sent, was sent, or waits for an administrator to hand over what it says. */
export interface OutgoingMail {
  readonly id: string;
  /** An e-mail address; empty when none is known of the person. */
  readonly recipient: string;
  readonly user_id: string | null;
  readonly purpose: MailPurpose;
  readonly subject: string;
  /** Null once what it says is of no more use. */
  readonly sealed_content: string | null;
  readonly created_at: number;
  /** Until when what it says is of use; it is not sent afterwards. */
  readonly expires_at: number;
  readonly attempts: number;
  /** When to try next; null when it was sent, given up, or is not to be sent. */
  readonly next_attempt_at: number | null;
  readonly sent_at: number | null;
  /** What the mail server said last, in one line. */
  readonly problem: string | null;
}

/** What a mail is for. */
export type MailPurpose =
  | 'sign-in'
  | 'password-reset'
  | 'email-confirmation'
  | 'invitation'
  | 'registration'
  | 'notice'
  | 'test';

/** What a new row needs. */
export type NewOutgoingMail = Omit<OutgoingMail, 'attempts' | 'sent_at' | 'problem'>;

/** The statement that queues a mail, to stand in one batch with what the mail is about. */
export function outgoingMailInsert(mail: NewOutgoingMail): Sql {
  return sql`
    INSERT INTO outgoing_mails (id, recipient, user_id, purpose, subject, sealed_content, created_at, expires_at,
                                attempts, next_attempt_at)
    VALUES (${mail.id}, ${mail.recipient}, ${mail.user_id}, ${mail.purpose}, ${mail.subject}, ${mail.sealed_content},
            ${mail.created_at}, ${mail.expires_at}, 0, ${mail.next_attempt_at})`;
}

/** Queues a mail. */
export async function insertOutgoingMail(database: Database, mail: NewOutgoingMail): Promise<void> {
  await database.run(outgoingMailInsert(mail));
}

/** Mails whose time has come, first tries before later ones; only one of them, where its id is given. */
export function listDueOutgoingMails(
  database: Database,
  { now, limit, id }: { now: number; limit: number; id?: string | undefined },
): Promise<OutgoingMail[]> {
  return database.all<OutgoingMail>(sql`
    SELECT * FROM outgoing_mails
     WHERE next_attempt_at <= ${now} ${id === undefined ? empty : sql`AND id = ${id}`}
     ORDER BY attempts, next_attempt_at LIMIT ${limit}`);
}

/**
 * Takes a mail for one attempt, until `next_attempt_at`, when another may try. Of any number of callers that saw the
 * mail as it is, exactly one gets true.
 */
export async function claimOutgoingMail(
  database: Database,
  { id, attempts }: OutgoingMail,
  next_attempt_at: number,
): Promise<boolean> {
  const claimed = await database.run(sql`
    UPDATE outgoing_mails SET attempts = attempts + 1, next_attempt_at = ${next_attempt_at}
     WHERE id = ${id} AND attempts = ${attempts} AND next_attempt_at IS NOT NULL`);
  return claimed === 1;
}

/** Notes how an attempt went. */
export async function updateOutgoingMail(
  database: Database,
  id: string,
  { next_attempt_at, sent_at, problem }: Pick<OutgoingMail, 'next_attempt_at' | 'sent_at' | 'problem'>,
): Promise<void> {
  await database.run(sql`
    UPDATE outgoing_mails SET next_attempt_at = ${next_attempt_at}, sent_at = ${sent_at}, problem = ${problem}
     WHERE id = ${id}`);
}

/** The mail of this id. */
export function findOutgoingMail(database: Database, id: string): Promise<OutgoingMail | undefined> {
  return database.get<OutgoingMail>(sql`SELECT * FROM outgoing_mails WHERE id = ${id}`);
}

/** Mails, the newest first; `before` is the id of the last one of the page before. */
export function listOutgoingMails(
  database: Database,
  {
    before,
    limit,
    recipient,
    unsent,
  }: {
    before?: string | undefined;
    limit: number;
    recipient?: string | undefined;
    unsent?: boolean | undefined;
  },
): Promise<OutgoingMail[]> {
  return database.all<OutgoingMail>(sql`
    SELECT * FROM outgoing_mails
     WHERE 1 = 1
       ${before === undefined ? empty : sql`AND id < ${before}`}
       ${recipient === undefined ? empty : sql`AND lower(recipient) = ${recipient.toLowerCase()}`}
       ${unsent ? sql`AND sent_at IS NULL` : empty}
     ORDER BY id DESC LIMIT ${limit}`);
}
