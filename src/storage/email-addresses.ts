import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { consumeLaterLinksOf, consumeLink, consumeLinksOf } from './links.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';

/** An e-mail address as it stands in the row of its user; a user name that was the address goes along. */
export interface EmailAddress {
  readonly user_id: string;
  readonly username: string;
  readonly username_key: string;
  readonly email: string;
  readonly email_key: string;
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
  { now, event, endLinks, more }: { now: number; event: AuditEvent; endLinks: boolean; more: readonly Sql[] },
): Promise<boolean> {
  return database.batch([
    consumeLink(link_id, now),
    emailUpdate(address, now),
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
  { now, event }: { now: number; event: AuditEvent },
): Promise<boolean> {
  const { user_id } = address;
  return database.batch([
    consumeLink(link_id, now),
    emailUpdate(address, now),
    logoutDeliveriesInsert(sql`sessions.user_id = ${user_id}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${user_id}`,
    sql`UPDATE authorizations SET revoked_at = ${now} WHERE user_id = ${user_id} AND revoked_at IS NULL`,
    sql`DELETE FROM trusted_devices WHERE user_id = ${user_id}`,
    consumeLinksOf(user_id, now),
    consumeLaterLinksOf(user_id, link_id, now),
    auditEventInsert(event),
  ]);
}

function emailUpdate({ user_id, username, username_key, email, email_key }: EmailAddress, now: number): Sql {
  return sql`
    UPDATE users SET username = ${username}, username_key = ${username_key}, email = ${email},
                     email_key = ${email_key}, email_verified_at = ${now}, updated_at = ${now}
     WHERE id = ${user_id}`;
}
