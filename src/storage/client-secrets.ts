import { type Database, type Sql, sql } from './database.ts';

/** One of a client's secrets: its hash, and sealed the secret itself for a client whose method must read it again. */
export interface ClientSecret {
  readonly id: string;
  readonly client_id: string;
  readonly secret_hash: string;
  readonly sealed_secret: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

/** All secrets of a client, oldest first, expired ones too. */
export function listClientSecrets(database: Database, client_id: string): Promise<ClientSecret[]> {
  return database.all<ClientSecret>(sql`SELECT * FROM client_secrets WHERE client_id = ${client_id} ORDER BY id`);
}

/** A secret that is not written yet. */
export type NewClientSecret = Omit<ClientSecret, 'last_used_at'>;

/** Adds a secret beside those that are there. */
export async function insertClientSecret(database: Database, secret: NewClientSecret): Promise<void> {
  await database.run(insertSecretStatement(secret));
}

/** The statement that adds a secret, for a batch that writes more. */
export function insertSecretStatement(secret: NewClientSecret): Sql {
  const { id, client_id, secret_hash, sealed_secret, created_at, expires_at } = secret;
  return sql`
    INSERT INTO client_secrets (id, client_id, secret_hash, sealed_secret, created_at, expires_at)
    VALUES (${id}, ${client_id}, ${secret_hash}, ${sealed_secret}, ${created_at}, ${expires_at})`;
}

/** The statement that leaves only the hashes of a client's secrets. */
export function forgetSealedSecretsStatement(client_id: string): Sql {
  return sql`
    UPDATE client_secrets SET sealed_secret = NULL WHERE client_id = ${client_id} AND sealed_secret IS NOT NULL`;
}

/** Removes one secret of one client. False when there is no such secret. */
export async function deleteClientSecret(database: Database, client_id: string, id: string): Promise<boolean> {
  return (await database.run(sql`DELETE FROM client_secrets WHERE client_id = ${client_id} AND id = ${id}`)) === 1;
}

/** Remembers that a secret was used. */
export async function touchClientSecret(database: Database, id: string, now: number): Promise<void> {
  await database.run(sql`UPDATE client_secrets SET last_used_at = ${now} WHERE id = ${id}`);
}
