import type { Authorization } from './authorizations.ts';
import { type Database, type Sql, sql } from './database.ts';

/** A code with the authorization it hangs from and what decides whether it may be redeemed. */
export interface IssuedCode extends Omit<Authorization, 'id' | 'expires_at'> {
  readonly id: string;
  readonly verifier_hash: string;
  readonly authorization_id: string;
  readonly redirect_uri: string;
  readonly code_challenge: string | null;
  /** JSON of the cnf claim that the token request must prove, or null. */
  readonly cnf: string | null;
  readonly expires_at: number;
  readonly consumed_at: number | null;
  readonly authorization_expires_at: number;
  readonly live_session_id: string | null;
}

/** The code of this selector, consumed or not, as of now; the verifier is the caller's to compare. */
export function findAuthorizationCode(
  database: Database,
  { id, now }: { id: string; now: number },
): Promise<IssuedCode | undefined> {
  return database.get<IssuedCode>(sql`
    SELECT a.*, a.expires_at AS authorization_expires_at, s.id AS live_session_id,
           c.id, c.verifier_hash, c.authorization_id, c.redirect_uri, c.code_challenge, c.cnf, c.expires_at, c.consumed_at
      FROM authorization_codes c
      JOIN authorizations a ON a.id = c.authorization_id
      LEFT JOIN sessions s ON s.id = a.session_id AND s.expires_at > ${now}
     WHERE c.id = ${id}`);
}

/** Takes the code, once: of any number of callers only one sees it change a row. For the head of a batch. */
export function consumeAuthorizationCode(id: string, now: number): Sql {
  return sql`
    UPDATE authorization_codes SET consumed_at = ${now}
     WHERE id = ${id} AND consumed_at IS NULL AND expires_at > ${now}
       AND EXISTS (SELECT 1 FROM authorizations a JOIN sessions s ON s.id = a.session_id
                    WHERE a.id = authorization_codes.authorization_id AND a.revoked_at IS NULL)`;
}

/** Makes a code useless without giving anything for it. */
export async function burnAuthorizationCode(database: Database, id: string, now: number): Promise<void> {
  await database.run(sql`UPDATE authorization_codes SET consumed_at = ${now} WHERE id = ${id} AND consumed_at IS NULL`);
}
