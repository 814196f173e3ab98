import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, empty, type Sql, sql } from './database.ts';
import { consumeLaterLinksOf, consumeLink, consumeLinksOf } from './links.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';

/** An e-mail address as it stands in the row of its user. */
export interface EmailColumns {
  readonly email: string | null;
  readonly email_key: string | null;
  readonly email_verified_at: number | null;
  /** Set for an address that nobody but the person says is theirs. */
  readonly email_claimed_at: number | null;
}

/** An address that somebody has proven; a user name that was the address goes along. */
export interface EmailAddress {
  readonly user_id: string;
  readonly username: string;
  readonly username_key: string;
  readonly email: string;
  readonly email_key: string;
}

/**
 * Gives a user an address, in a batch after its claim. One that was proven, or given by an administrator, is taken off
 * whoever merely claims it, and `lost` tells that person; one that is merely claimed is left out when another has it.
 * The batch rejects when the address is another's for good.
 */
export function giveEmailAddress(user_id: string, address: EmailColumns, lost: AuditEvent): Sql[] {
  const { email, email_key, email_verified_at, email_claimed_at } = address;
  const holder = sql`email_key = ${email_key} AND id <> ${user_id}`;
  const isFree = sql`NOT EXISTS (SELECT 1 FROM users AS others WHERE others.email_key = ${email_key} AND others.id <> ${user_id})`;
  const taking =
    email_key === null || email_claimed_at !== null
      ? []
      : [
          sql`
    INSERT INTO audit_events (id, at, actor, action, target, detail)
    SELECT ${lost.id}, CAST(${lost.at} AS BIGINT), ${lost.actor}, ${lost.action}, id, ${JSON.stringify(lost.detail)}
      FROM users WHERE ${holder} AND email_claimed_at IS NOT NULL`,
          sql`
    UPDATE users SET email = NULL, email_key = NULL, email_claimed_at = NULL, updated_at = ${lost.at}
     WHERE ${holder} AND email_claimed_at IS NOT NULL`,
        ];
  return [
    ...taking,
    sql`
    UPDATE users SET email = ${email}, email_key = ${email_key}, email_claimed_at = ${email_claimed_at},
                     email_verified_at = CASE WHEN CAST(${email_verified_at} AS BIGINT) IS NULL THEN NULL
                                              WHEN email_key = ${email_key} THEN COALESCE(email_verified_at, ${email_verified_at})
                                              ELSE ${email_verified_at} END
     WHERE id = ${user_id} ${email_claimed_at === null ? empty : sql`AND ${isFree}`}`,
  ];
}

/**
 * Takes the link or code of a sign-in by mail and notes that the address is the person's, all or nothing: of any number
 * of callers exactly one gets true.
 */
export function consumeEmailSignIn(
  database: Database,
  {
    id,
    code_hash,
    user_id,
    email_key,
    now,
  }: {
    id: string;
    /** What was typed in, where it was the code. */
    code_hash: string | undefined;
    user_id: string;
    email_key: string;
    now: number;
  },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE links SET consumed_at = ${now}
         WHERE id = ${id} AND purpose = 'email-sign-in' AND user_id = ${user_id} AND consumed_at IS NULL
           AND expires_at > ${now} AND code_hash = ${code_hash === undefined ? sql`code_hash` : code_hash}`,
    sql`UPDATE users SET email_verified_at = ${now}, updated_at = ${now}
         WHERE id = ${user_id} AND email_key = ${email_key} AND email_verified_at IS NULL`,
  ]);
}

/**
 * Takes a link and gives the user this address, verified; with `endLinks` every other link of the user is dead, but for
 * those that bring an address back. All or nothing: of any number of callers exactly one gets true. Rejects when the
 * address or user name is taken.
 */
export function confirmEmailAddress(
  database: Database,
  link_id: string,
  address: EmailAddress,
  {
    now,
    event,
    lost,
    endLinks,
    more,
  }: { now: number; event: AuditEvent; lost: AuditEvent; endLinks: boolean; more: readonly Sql[] },
): Promise<boolean> {
  return database.batch([
    consumeLink(link_id, now),
    ...emailUpdate(address, now, lost),
    ...(endLinks ? [consumeLinksOf(address.user_id, now)] : []),
    auditEventInsert(event),
    ...more,
  ]);
}

/**
 * Takes a link and gives the user the address back that it was made for. Every session, authorization, trusted device
 * and later link of the user ends with it. All or nothing, as `confirmEmailAddress`.
 */
export function restoreEmailAddress(
  database: Database,
  link_id: string,
  address: EmailAddress,
  { now, event, lost }: { now: number; event: AuditEvent; lost: AuditEvent },
): Promise<boolean> {
  const { user_id } = address;
  return database.batch([
    consumeLink(link_id, now),
    ...emailUpdate(address, now, lost),
    logoutDeliveriesInsert(sql`sessions.user_id = ${user_id}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${user_id}`,
    sql`UPDATE authorizations SET revoked_at = ${now} WHERE user_id = ${user_id} AND revoked_at IS NULL`,
    sql`DELETE FROM trusted_devices WHERE user_id = ${user_id}`,
    consumeLinksOf(user_id, now),
    consumeLaterLinksOf(user_id, link_id, now),
    auditEventInsert(event),
  ]);
}

function emailUpdate(
  { user_id, username, username_key, email, email_key }: EmailAddress,
  now: number,
  lost: AuditEvent,
) {
  return [
    sql`UPDATE users SET username = ${username}, username_key = ${username_key}, updated_at = ${now} WHERE id = ${user_id}`,
    ...giveEmailAddress(user_id, { email, email_key, email_verified_at: now, email_claimed_at: null }, lost),
  ];
}
