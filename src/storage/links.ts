import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';

/** A one-time link for a person: setup makes an administrator, recovery lets its user choose a password. */
export interface Link {
  readonly id: string;
  readonly verifier_hash: string;
  readonly purpose: LinkPurpose;
  readonly user_id: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly consumed_at: number | null;
}

export type LinkPurpose = 'setup' | 'recovery';

/** Inserts a link; the older ones of the same purpose and user are dead from then on. */
export async function insertLink(
  database: Database,
  link: Omit<Link, 'consumed_at'>,
  event: AuditEvent,
): Promise<void> {
  const { id, verifier_hash, purpose, user_id, created_at, expires_at } = link;
  await database.batch([
    sql`INSERT INTO links (id, verifier_hash, purpose, user_id, created_at, expires_at)
        VALUES (${id}, ${verifier_hash}, ${purpose}, ${user_id}, ${created_at}, ${expires_at})`,
    sql`UPDATE links SET consumed_at = ${created_at}
         WHERE purpose = ${purpose} AND COALESCE(user_id, '') = ${user_id ?? ''} AND id <> ${id} AND consumed_at IS NULL`,
    auditEventInsert(event),
  ]);
}

/** The link of this selector that can still be used; the verifier is the caller's to compare. */
export async function findUsableLink(
  database: Database,
  { id, purpose, now }: { id: string; purpose: LinkPurpose; now: number },
): Promise<Link | undefined> {
  return database.get<Link>(sql`
    SELECT id, verifier_hash, purpose, user_id, created_at, expires_at, consumed_at FROM links
     WHERE id = ${id} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${now}`);
}

/** Takes a link, for the head of a batch: of any number of callers at the same instant, exactly one changes a row. */
export function consumeLink(id: string, now: number): Sql {
  return sql`UPDATE links SET consumed_at = ${now} WHERE id = ${id} AND consumed_at IS NULL AND expires_at > ${now}`;
}

/** The statement that makes every link of a user useless, for a batch. */
export function consumeLinksOf(user_id: string, now: number): Sql {
  return sql`UPDATE links SET consumed_at = ${now} WHERE user_id = ${user_id} AND consumed_at IS NULL`;
}
