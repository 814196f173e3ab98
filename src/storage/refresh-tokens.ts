import type { Authorization } from './authorizations.ts';
import { type Database, type Sql, sql } from './database.ts';
import { openAccount } from './user-row.ts';

/** A refresh token with the authorization it hangs from and what decides whether it may be used. */
export interface IssuedRefreshToken extends Omit<Authorization, 'id' | 'expires_at' | 'created_at'> {
  readonly id: string;
  readonly verifier_hash: string;
  readonly authorization_id: string;
  readonly expires_at: number;
  /** JSON of the cnf claim, or null. */
  readonly cnf: string | null;
  readonly rotated_at: number | null;
  readonly successor_id: string | null;
  readonly rotated_scope: string | null;
  readonly authorization_expires_at: number;
  readonly live_session_id: string | null;
  readonly successor_rotated_at: number | null;
  readonly successor_cnf: string | null;
  /** 1 while the account is open. */
  readonly user_is_open: number;
}

/** The refresh token of this selector, spent or not, as of now; the verifier is the caller's to compare. */
export function findRefreshToken(
  database: Database,
  { id, now }: { id: string; now: number },
): Promise<IssuedRefreshToken | undefined> {
  return database.get<IssuedRefreshToken>(sql`
    SELECT a.*, a.expires_at AS authorization_expires_at, s.id AS live_session_id,
           n.rotated_at AS successor_rotated_at, n.cnf AS successor_cnf, 
           CASE WHEN ${openAccount(sql`u`, now)} THEN 1 ELSE 0 END AS user_is_open,
           t.id, t.verifier_hash, t.authorization_id, t.expires_at, t.cnf, t.rotated_at, t.successor_id, t.rotated_scope
      FROM refresh_tokens t
      JOIN authorizations a ON a.id = t.authorization_id
      JOIN users u ON u.id = a.user_id
      LEFT JOIN sessions s ON s.id = a.session_id AND s.expires_at > ${now}
      LEFT JOIN refresh_tokens n ON n.id = t.successor_id
     WHERE t.id = ${id}`);
}

interface NewRefreshToken {
  readonly id: string;
  readonly verifier_hash: string;
  readonly authorization_id: string;
  readonly client_id: string;
  readonly cnf: string | null;
  readonly created_at: number;
  readonly expires_at: number;
}

/** A new refresh token, as a statement for a batch. */
export function insertRefreshToken(token: NewRefreshToken): Sql {
  return sql`
    INSERT INTO refresh_tokens (id, verifier_hash, authorization_id, client_id, cnf, created_at, expires_at)
    VALUES (${token.id}, ${token.verifier_hash}, ${token.authorization_id}, ${token.client_id}, ${token.cnf},
            ${token.created_at}, ${token.expires_at})`;
}

/** Spends a refresh token for its successor. True for exactly one caller; the token and its authorization must stand. */
export function rotateRefreshToken(
  database: Database,
  { id, now, scope }: { id: string; now: number; scope: string },
  successor: NewRefreshToken,
): Promise<boolean> {
  return database.batch([
    sql`UPDATE refresh_tokens SET rotated_at = ${now}, successor_id = ${successor.id}, rotated_scope = ${scope}
         WHERE id = ${id} AND rotated_at IS NULL AND expires_at > ${now}
           AND EXISTS (SELECT 1 FROM authorizations a
                        WHERE a.id = refresh_tokens.authorization_id AND a.revoked_at IS NULL)`,
    insertRefreshToken(successor),
  ]);
}

/** Moves the end of a refresh token's idle time. False when it was spent or ended meanwhile. */
export async function extendRefreshToken(
  database: Database,
  { id, now, expires_at }: { id: string; now: number; expires_at: number },
): Promise<boolean> {
  const changed = await database.run(sql`
    UPDATE refresh_tokens SET expires_at = ${expires_at}
     WHERE id = ${id} AND rotated_at IS NULL AND expires_at > ${now}`);
  return changed === 1;
}

/** Ends a refresh token that was found expired, so that it stays dead should the clock go back. */
export async function endRefreshToken(database: Database, id: string): Promise<void> {
  await database.run(sql`UPDATE refresh_tokens SET expires_at = 0 WHERE id = ${id} AND expires_at > 0`);
}
