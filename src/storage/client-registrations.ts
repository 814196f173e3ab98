import { type Database, type Sql, sql } from './database.ts';

/** The token with which a client that registered itself manages its registration (RFC 7592 §3). */
export interface ClientRegistration {
  readonly client_id: string;
  readonly token_id: string;
  readonly verifier_hash: string;
  readonly created_at: number;
}

/** The registration of a client; undefined for one that somebody else registered. */
export function findClientRegistration(database: Database, client_id: string): Promise<ClientRegistration | undefined> {
  return database.get<ClientRegistration>(sql`SELECT * FROM client_registrations WHERE client_id = ${client_id}`);
}

/** The statement that remembers the token, for the batch that writes the client. */
export function insertRegistrationStatement(registration: ClientRegistration): Sql {
  const { client_id, token_id, verifier_hash, created_at } = registration;
  return sql`
    INSERT INTO client_registrations (client_id, token_id, verifier_hash, created_at)
    VALUES (${client_id}, ${token_id}, ${verifier_hash}, ${created_at})`;
}
