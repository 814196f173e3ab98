import { andConsentStands, type ConsentRow } from './consents.ts';
import { type Database, held, type Sql, sql } from './database.ts';
import { consumePushedRequestFor } from './pushed-authorization-requests.ts';
import { sessionClientInsert } from './session-clients.ts';
import { openAccount } from './user-row.ts';

/** One act of allowing; amr is a JSON array, claims the JSON text of the claims parameter. */
export interface Authorization {
  readonly id: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly scope: string;
  readonly claims: string | null;
  readonly auth_time: number;
  readonly amr: string;
  readonly acr: string;
  readonly nonce: string | null;
  /** The resources that were asked for, separated by blanks. */
  readonly resource: string | null;
  readonly offline_at: number | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

/** Whether what hangs from an authorization may still be used, read anew at each use. */
export interface AuthorizationStanding extends Authorization {
  /** 1 while the account is open. */
  readonly user_is_open: number;
  readonly live_session_id: string | null;
  readonly access_token_revoked: string | null;
}

/**
 * Writes an authorization, with a code when the answer has one. False, with nothing written, when an authorization of
 * this id exists (the sign-in was finished before), when the session or the consent that it stands on is not what it was,
 * or when the pushed request that it answers was used before: a sign-in is answered once.
 */
export function insertAuthorization(
  database: Database,
  authorization: Omit<Authorization, 'revoked_at'>,
  code:
    | {
        id: string;
        verifier_hash: string;
        redirect_uri: string;
        code_challenge: string | null;
        cnf: string | null;
        expires_at: number;
      }
    | undefined,
  { pushed_request_id, consent }: { pushed_request_id?: string | undefined; consent?: ConsentRow | undefined } = {},
): Promise<boolean> {
  const a = authorization;
  const statements: [Sql, ...Sql[]] = [authorizationInsert(a, consent)];
  if (code)
    statements.push(sql`
      INSERT INTO authorization_codes (id, verifier_hash, authorization_id, client_id, redirect_uri, code_challenge,
                                       cnf, expires_at)
      VALUES (${code.id}, ${code.verifier_hash}, ${a.id}, ${a.client_id}, ${code.redirect_uri},
              ${code.code_challenge}, ${code.cnf}, ${code.expires_at})`);
  if (a.scope.split(' ').includes('openid')) statements.push(sessionClientInsert(a));
  if (pushed_request_id === undefined) return database.batch(statements);
  const claim = consumePushedRequestFor(pushed_request_id, { ...a, now: a.created_at, consent });
  return database.batch([claim, ...statements]);
}

/**
 * A new authorization, as a statement for a batch: nothing when one of this id exists, the session has ended, or the
 * consent that it stands on has changed.
 */
export function authorizationInsert(a: Omit<Authorization, 'revoked_at'>, consent?: ConsentRow): Sql {
  return sql`
    INSERT INTO authorizations (id, client_id, user_id, session_id, scope, claims, auth_time, amr, acr, nonce, resource,
                                offline_at, created_at, expires_at)
    SELECT ${a.id}, ${a.client_id}, user_id, id, ${a.scope}, ${a.claims}, ${a.auth_time}, ${a.amr}, ${a.acr},
           ${a.nonce}, ${a.resource}, ${a.offline_at}, ${a.created_at}, ${a.expires_at}
      FROM sessions WHERE id = ${a.session_id} AND user_id = ${a.user_id} AND expires_at > ${a.created_at}
           ${andConsentStands(consent)} ${held}
    ON CONFLICT (id) DO NOTHING`;
}

/** The authorization of this id, revoked or not. */
export function findAuthorization(database: Database, id: string): Promise<Authorization | undefined> {
  return database.get<Authorization>(sql`SELECT * FROM authorizations WHERE id = ${id}`);
}

/** The authorization with everything that decides whether it stands now, `jti` being the access token at hand. */
export function findAuthorizationStanding(
  database: Database,
  { id, jti, now }: { id: string; jti: string; now: number },
): Promise<AuthorizationStanding | undefined> {
  return database.get<AuthorizationStanding>(sql`
    SELECT a.*, CASE WHEN ${openAccount(sql`u`, now)} THEN 1 ELSE 0 END AS user_is_open, s.id AS live_session_id, r.jti AS access_token_revoked
      FROM authorizations a
      JOIN users u ON u.id = a.user_id
      LEFT JOIN sessions s ON s.id = a.session_id AND s.expires_at > ${now}
      LEFT JOIN revoked_access_tokens r ON r.jti = ${jti}
     WHERE a.id = ${id}`);
}

/** Revokes an authorization: every code, access token and refresh token that hangs from it is dead. */
export async function revokeAuthorization(database: Database, id: string, now: number): Promise<void> {
  await database.run(revokeAuthorizationStatement(id, now));
}

/** The same as a statement, for a batch. */
export function revokeAuthorizationStatement(id: string, now: number): Sql {
  return sql`UPDATE authorizations SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL`;
}

/** What is known of the authorizations that a person gave a client. */
export interface AuthorizedClient {
  readonly client_id: string;
  readonly first_at: number;
  readonly last_at: number;
  /** Whether one of them stands. */
  readonly stands: number;
  /** Until when the last of them stands that outlive their sessions, if there is one. */
  readonly offline_until: number | null;
}

/** The clients that a person gave authorizations that are still kept, by id. */
export function listAuthorizedClients(
  database: Database,
  { user_id, now }: { user_id: string; now: number },
): Promise<AuthorizedClient[]> {
  return database.all<AuthorizedClient>(sql`
    SELECT a.client_id, MIN(a.created_at) AS first_at, MAX(a.created_at) AS last_at,
           MAX(CASE WHEN a.revoked_at IS NULL AND a.expires_at > ${now}
                         AND (a.offline_at IS NOT NULL OR s.id IS NOT NULL) THEN 1 ELSE 0 END) AS stands,
           MAX(CASE WHEN a.revoked_at IS NULL AND a.expires_at > ${now} AND a.offline_at IS NOT NULL
                    THEN a.expires_at END) AS offline_until
      FROM authorizations a LEFT JOIN sessions s ON s.id = a.session_id AND s.expires_at > ${now}
     WHERE a.user_id = ${user_id}
     GROUP BY a.client_id ORDER BY a.client_id`);
}

/** The newest authorization that a person gave a client, revoked or not, while it is kept. */
export function findLastAuthorization(
  database: Database,
  { user_id, client_id }: { user_id: string; client_id: string },
): Promise<Authorization | undefined> {
  return database.get<Authorization>(sql`
    SELECT * FROM authorizations WHERE user_id = ${user_id} AND client_id = ${client_id}
     ORDER BY created_at DESC, id DESC LIMIT 1`);
}
