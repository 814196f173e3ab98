import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';

/** A one-time link for a person. */
export interface Link {
  readonly id: string;
  readonly verifier_hash: string;
  readonly purpose: LinkPurpose;
  readonly user_id: string | null;
  /** What comes of it, as its purpose wants it. */
  readonly detail: Readonly<Record<string, string>>;
  /** Of a code that does the same as the link. */
  readonly code_hash: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly consumed_at: number | null;
}

/**
 * What a link does: `setup` makes an administrator; with `recovery` (made by an administrator) and `password-reset`
 * (asked for by whoever) its user chooses a password; `email-sign-in` signs in; `email-confirmation` gives the account
 * its address; `email-undo` gives it the one back that it had; `sign-up` makes the account of who signed up.
 */
export type LinkPurpose =
  | 'setup'
  | 'recovery'
  | 'password-reset'
  | 'email-sign-in'
  | 'email-confirmation'
  | 'email-undo'
  | 'sign-up';

/** What a new row needs. */
export type NewLink = Omit<Link, 'consumed_at'>;

/** The statement that inserts a link, for a batch. */
export function linkInsert(link: NewLink): Sql {
  const { id, verifier_hash, purpose, user_id, detail, code_hash, created_at, expires_at } = link;
  return sql`
    INSERT INTO links (id, verifier_hash, purpose, user_id, detail, code_hash, created_at, expires_at)
    VALUES (${id}, ${verifier_hash}, ${purpose}, ${user_id}, ${JSON.stringify(detail)}, ${code_hash}, ${created_at},
            ${expires_at})`;
}

/** Inserts a link, with what else is to be written; the older ones of the same purpose and user are dead from then on. */
export async function insertLink(
  database: Database,
  link: NewLink,
  event: AuditEvent,
  more: readonly Sql[] = [],
): Promise<void> {
  const { id, purpose, user_id, created_at } = link;
  await database.batch([
    linkInsert(link),
    sql`UPDATE links SET consumed_at = ${created_at}
         WHERE purpose = ${purpose} AND COALESCE(user_id, '') = ${user_id ?? ''} AND id <> ${id} AND consumed_at IS NULL`,
    auditEventInsert(event),
    ...more,
  ]);
}

/** Inserts a link beside the older ones, with what else is to be written. */
export async function insertLinkBesideOthers(
  database: Database,
  link: NewLink,
  event: AuditEvent,
  more: readonly Sql[],
): Promise<void> {
  await database.batch([linkInsert(link), auditEventInsert(event), ...more]);
}

/** The link of this selector that can still be used; the verifier is the caller's to compare. */
export async function findUsableLink(
  database: Database,
  { id, purpose, now }: { id: string; purpose: LinkPurpose; now: number },
): Promise<Link | undefined> {
  const row = await database.get<LinkRow>(sql`
    SELECT * FROM links WHERE id = ${id} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${now}`);
  return row && toLink(row);
}

/** The link of this selector, also when it can no longer be used; the verifier is the caller's to compare. */
export async function findLinkEver(
  database: Database,
  { id, purpose }: { id: string; purpose: LinkPurpose },
): Promise<Link | undefined> {
  const row = await database.get<LinkRow>(sql`SELECT * FROM links WHERE id = ${id} AND purpose = ${purpose}`);
  return row && toLink(row);
}

/** The newest link of this purpose that a user can still use. */
export async function findUsableLinkOf(
  database: Database,
  { user_id, purpose, now }: { user_id: string; purpose: LinkPurpose; now: number },
): Promise<Link | undefined> {
  const row = await database.get<LinkRow>(sql`
    SELECT * FROM links
     WHERE user_id = ${user_id} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${now}
     ORDER BY id DESC LIMIT 1`);
  return row && toLink(row);
}

/** Takes a link, for the head of a batch: of any number of callers at the same instant, exactly one changes a row. */
export function consumeLink(id: string, now: number): Sql {
  return sql`UPDATE links SET consumed_at = ${now} WHERE id = ${id} AND consumed_at IS NULL AND expires_at > ${now}`;
}

/**
 * The statement that makes every link of a user useless, for a batch. Only those that bring back a former address stay,
 * for whoever got hold of an account would kill them first.
 */
export function consumeLinksOf(user_id: string, now: number): Sql {
  return sql`
    UPDATE links SET consumed_at = ${now}
     WHERE user_id = ${user_id} AND purpose <> 'email-undo' AND consumed_at IS NULL`;
}

/** The same with those that bring back a former address, for an administrator who says which address it is. */
export function consumeAllLinksOf(user_id: string, now: number): Sql {
  return sql`UPDATE links SET consumed_at = ${now} WHERE user_id = ${user_id} AND consumed_at IS NULL`;
}

/** The statement that makes the links of a user useless that were made after this one. */
export function consumeLaterLinksOf(user_id: string, id: string, now: number): Sql {
  return sql`UPDATE links SET consumed_at = ${now} WHERE user_id = ${user_id} AND id > ${id} AND consumed_at IS NULL`;
}

type LinkRow = Omit<Link, 'detail'> & { readonly detail: string | null };

function toLink(row: LinkRow): Link {
  return { ...row, detail: row.detail === null ? {} : JSON.parse(row.detail) };
}
