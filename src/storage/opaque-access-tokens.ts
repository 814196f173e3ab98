import { type Database, sql } from './database.ts';

/** An access token that is no JWT; claims is the JSON that the JWT would have had. */
export interface OpaqueAccessToken {
  readonly id: string;
  readonly verifier_hash: string;
  readonly client_id: string;
  readonly claims: string;
  readonly expires_at: number;
}

/** Writes a new token. */
export async function insertOpaqueAccessToken(database: Database, token: OpaqueAccessToken): Promise<void> {
  await database.run(sql`
    INSERT INTO opaque_access_tokens (id, verifier_hash, client_id, claims, expires_at)
    VALUES (${token.id}, ${token.verifier_hash}, ${token.client_id}, ${token.claims}, ${token.expires_at})`);
}

/** The token of this selector; the verifier is the caller's to compare. */
export function findOpaqueAccessToken(database: Database, id: string): Promise<OpaqueAccessToken | undefined> {
  return database.get<OpaqueAccessToken>(sql`SELECT * FROM opaque_access_tokens WHERE id = ${id}`);
}
