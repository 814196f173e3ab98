import { type Database, type Sql, sql } from './database.ts';

/**
 * Deletes what has ended, a small statement at a time so that nobody waits for it. Each function resolves with how many
 * rows it deleted; fewer than `purgeLimit` means that nothing is left to delete. Several processes may do so at once.
 */
export const purgeLimit = 500;

/**
 * Codes that ended before `ended_before`. The scan goes through the oldest ids only: `made_before` is the beginning of
 * an id of a code that young.
 */
export function deleteEndedCodes(database: Database, ended_before: number, made_before: string): Promise<number> {
  return deleteEnded(database, sql`authorization_codes`, { ended_before, made_before });
}

/** Pushed requests that expired before `ended_before`, found as codes are. */
export function deleteEndedPushedRequests(
  database: Database,
  ended_before: number,
  made_before: string,
): Promise<number> {
  return deleteEnded(database, sql`pushed_authorization_requests`, { ended_before, made_before });
}

/** Device authorizations that expired before `ended_before`, found as codes are. */
export function deleteEndedDeviceAuthorizations(
  database: Database,
  ended_before: number,
  made_before: string,
): Promise<number> {
  return deleteEnded(database, sql`device_authorizations`, { ended_before, made_before });
}

/**
 * Expired refresh tokens among the `purgeLimit` after the id `after`, oldest first. Resolves with the id to go on from,
 * undefined at the end. They are walked through because an index by expiry would cost every use of a refresh token.
 */
export async function deleteExpiredRefreshTokens(
  database: Database,
  after: string,
  now: number,
): Promise<string | undefined> {
  const window = await database.get<{ last: string | null }>(sql`
    SELECT MAX(id) AS last
      FROM (SELECT id FROM refresh_tokens WHERE id > ${after} ORDER BY id LIMIT ${purgeLimit}) AS page`);
  if (!window?.last) return undefined;
  await database.run(sql`
    DELETE FROM refresh_tokens WHERE id > ${after} AND id <= ${window.last} AND expires_at <= ${now}`);
  return window.last;
}

/** Authorizations that ended before `ended_before` and from which no refresh token hangs that could still be used. */
export function deleteEndedAuthorizations(database: Database, ended_before: number, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM authorizations WHERE id IN (
      SELECT id FROM authorizations a
       WHERE a.expires_at < ${ended_before}
         AND NOT EXISTS (SELECT 1 FROM refresh_tokens t
                          WHERE t.authorization_id = a.id AND t.rotated_at IS NULL AND t.expires_at > ${now})
       LIMIT ${purgeLimit})`);
}

/** Sessions past their absolute lifetime. */
export function deleteExpiredSessions(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** What is known of telling clients that a session ended, when it ended before `ended_before`. */
export function deleteOldLogoutDeliveries(database: Database, ended_before: number): Promise<number> {
  return database.run(sql`
    DELETE FROM logout_deliveries WHERE (session_id, client_id) IN (
      SELECT session_id, client_id FROM logout_deliveries
       WHERE created_at < ${ended_before} ORDER BY created_at LIMIT ${purgeLimit})`);
}

/** One-time links that can no longer be used. */
export function deleteExpiredLinks(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM links WHERE id IN (SELECT id FROM links WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** Devices that are trusted no longer. */
export function deleteExpiredTrustedDevices(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM trusted_devices WHERE id IN (
      SELECT id FROM trusted_devices WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** Invitations that ended before `ended_before`. */
export function deleteOldInvitations(database: Database, ended_before: number): Promise<number> {
  return database.run(sql`
    DELETE FROM invitations WHERE id IN (
      SELECT id FROM invitations WHERE expires_at < ${ended_before} LIMIT ${purgeLimit})`);
}

/** Throttles that refuse nobody any more and were last touched before `touched_before`. */
export function deleteRestedThrottles(database: Database, touched_before: number, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM throttles WHERE key IN (
      SELECT key FROM throttles WHERE updated_at < ${touched_before} AND refused_until <= ${now} LIMIT ${purgeLimit})`);
}

/** Revocations of access tokens that have expired since. */
export function deleteExpiredRevocations(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM revoked_access_tokens WHERE jti IN (
      SELECT jti FROM revoked_access_tokens WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** Opaque access tokens that have expired. */
export function deleteExpiredOpaqueAccessTokens(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM opaque_access_tokens WHERE id IN (
      SELECT id FROM opaque_access_tokens WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** What was used once and would be refused by its age by now. */
export function deleteExpiredReplays(database: Database, now: number): Promise<number> {
  return database.run(sql`
    DELETE FROM replays WHERE key IN (SELECT key FROM replays WHERE expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** Forgets what mails said that are of no more use; the rows stay, to tell what was sent when. */
export function forgetExpiredMails(database: Database, now: number): Promise<number> {
  return database.run(sql`
    UPDATE outgoing_mails SET sealed_content = NULL, next_attempt_at = NULL WHERE id IN (
      SELECT id FROM outgoing_mails WHERE sealed_content IS NOT NULL AND expires_at <= ${now} LIMIT ${purgeLimit})`);
}

/** Mails; `made_before` is the beginning of the id of one that is young enough to stay. */
export function deleteOldMails(database: Database, made_before: string): Promise<number> {
  return database.run(sql`
    DELETE FROM outgoing_mails WHERE id IN (
      SELECT id FROM outgoing_mails WHERE id < ${made_before} ORDER BY id LIMIT ${purgeLimit})`);
}

/** Events of the audit log; `made_before` is the beginning of the id of one that is young enough to stay. */
export function deleteOldAuditEvents(database: Database, made_before: string): Promise<number> {
  return database.run(sql`
    DELETE FROM audit_events WHERE id IN (
      SELECT id FROM audit_events WHERE id < ${made_before} ORDER BY id LIMIT ${purgeLimit})`);
}

/** Signing keys whose last token expired before `expired_before`. */
export function deleteExpiredSigningKeys(database: Database, expired_before: number): Promise<number> {
  return database.run(sql`DELETE FROM signing_keys WHERE expires_at < ${expired_before}`);
}

function deleteEnded(
  database: Database,
  table: Sql,
  { ended_before, made_before }: { readonly ended_before: number; readonly made_before: string },
): Promise<number> {
  return database.run(sql`
    DELETE FROM ${table} WHERE id IN (
      SELECT id FROM ${table}
       WHERE id < ${made_before} AND expires_at < ${ended_before} ORDER BY id LIMIT ${purgeLimit})`);
}
