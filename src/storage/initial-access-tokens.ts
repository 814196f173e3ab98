import { type Database, type Sql, sql } from './database.ts';

/** What lets a program register as many clients as it has uses left (RFC 7591 §1.2). */
export interface InitialAccessToken {
  readonly id: string;
  readonly verifier_hash: string;
  readonly uses_left: number;
  readonly created_at: number;
  readonly expires_at: number;
}

/** Adds a token. */
export async function insertInitialAccessToken(database: Database, token: InitialAccessToken): Promise<void> {
  const { id, verifier_hash, uses_left, created_at, expires_at } = token;
  await database.run(sql`
    INSERT INTO initial_access_tokens (id, verifier_hash, uses_left, created_at, expires_at)
    VALUES (${id}, ${verifier_hash}, ${uses_left}, ${created_at}, ${expires_at})`);
}

/** The token of this selector that can still be used; the verifier is the caller's to compare. */
export function findUsableInitialAccessToken(
  database: Database,
  id: string,
  now: number,
): Promise<InitialAccessToken | undefined> {
  return database.get<InitialAccessToken>(sql`
    SELECT * FROM initial_access_tokens WHERE id = ${id} AND uses_left > 0 AND expires_at > ${now}`);
}

/** Takes one use, for the head of a batch: no more callers change a row than there are uses. */
export function consumeInitialAccessToken(id: string, now: number): Sql {
  return sql`
    UPDATE initial_access_tokens SET uses_left = uses_left - 1
     WHERE id = ${id} AND uses_left > 0 AND expires_at > ${now}`;
}

/** The tokens that can still be used, oldest first, after the one of this id. */
export function listInitialAccessTokens(
  database: Database,
  now: number,
  { after = '', limit = 1000 }: { after?: string | undefined; limit?: number } = {},
): Promise<InitialAccessToken[]> {
  return database.all<InitialAccessToken>(sql`
    SELECT * FROM initial_access_tokens
     WHERE id > ${after} AND uses_left > 0 AND expires_at > ${now} ORDER BY id LIMIT ${limit}`);
}

/** Removes a token. False when there is none of this id. */
export async function deleteInitialAccessToken(database: Database, id: string): Promise<boolean> {
  return (await database.run(sql`DELETE FROM initial_access_tokens WHERE id = ${id}`)) === 1;
}

/** Removes those that cannot be used any more. */
export async function deleteEndedInitialAccessTokens(database: Database, now: number): Promise<void> {
  await database.run(sql`DELETE FROM initial_access_tokens WHERE uses_left <= 0 OR expires_at <= ${now}`);
}
