import { type Database, sql } from './database.ts';

/** One of a client's secrets: only its hash is kept. */
export interface ClientSecret {
  readonly id: string;
  readonly client_id: string;
  readonly secret_hash: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

/** All secrets of a client, oldest first, expired ones too. */
export function listClientSecrets(database: Database, client_id: string): Promise<ClientSecret[]> {
  return database.all<ClientSecret>(sql`SELECT * FROM client_secrets WHERE client_id = ${client_id} ORDER BY id`);
}

/** Adds a secret beside those that are there. */
export async function insertClientSecret(
  database: Database,
  secret: { id: string; client_id: string; secret_hash: string; now: number; expires_at: number | null },
): Promise<void> {
  await database.run(sql`
    INSERT INTO client_secrets (id, client_id, secret_hash, created_at, expires_at)
    VALUES (${secret.id}, ${secret.client_id}, ${secret.secret_hash}, ${secret.now}, ${secret.expires_at})`);
}

/** Removes one secret of one client. False when there is no such secret. */
export async function deleteClientSecret(database: Database, client_id: string, id: string): Promise<boolean> {
  return (await database.run(sql`DELETE FROM client_secrets WHERE client_id = ${client_id} AND id = ${id}`)) === 1;
}

/** Remembers that a secret was used. */
export async function touchClientSecret(database: Database, id: string, now: number): Promise<void> {
  await database.run(sql`UPDATE client_secrets SET last_used_at = ${now} WHERE id = ${id}`);
}
