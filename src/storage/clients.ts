import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { deleteBrandOf } from './brands.ts';
import { type ClientRegistration, insertRegistrationStatement } from './client-registrations.ts';
import { forgetSealedSecretsStatement, insertSecretStatement, type NewClientSecret } from './client-secrets.ts';
import { type Database, type Sql, sql } from './database.ts';
import { consumeInitialAccessToken } from './initial-access-tokens.ts';

/** A row of `clients`; metadata is the JSON text of protocol/client-metadata. */
export interface ClientRow {
  readonly client_id: string;
  readonly metadata: string;
  readonly described_at: number | null;
  readonly unused_since: number | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly disabled_at: number | null;
}

/** What is written of a client: its metadata, and what of it is looked for by itself. */
export interface NewClientRow {
  readonly client_id: string;
  readonly metadata: string;
  readonly backchannel_logout_uri: string | null;
  readonly origins: readonly string[];
  readonly now: number;
}

/** The client of this exact id. */
export function findClientRow(database: Database, client_id: string): Promise<ClientRow | undefined> {
  return database.get<ClientRow>(sql`SELECT * FROM clients WHERE client_id = ${client_id}`);
}

/** Clients in the order of their ids, after a given one; `search` is part of the id or the metadata. */
export function listClientRows(
  database: Database,
  { search = '', after = '', limit }: { search?: string; after?: string; limit: number },
): Promise<ClientRow[]> {
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return database.all<ClientRow>(sql`
    SELECT * FROM clients
     WHERE client_id > ${after}
       AND (LOWER(client_id) LIKE ${pattern} ESCAPE '\\' OR LOWER(metadata) LIKE ${pattern} ESCAPE '\\')
     ORDER BY client_id LIMIT ${limit}`);
}

/**
 * Clients that a person may be shown: of those that registered or described themselves, only what this person has
 * allowed, for their names and addresses are of anybody's choosing.
 */
export function listClientRowsFor(database: Database, user_id: string, limit: number): Promise<ClientRow[]> {
  return database.all<ClientRow>(sql`
    SELECT c.* FROM clients c
     WHERE c.disabled_at IS NULL
       AND ((c.described_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM client_registrations r WHERE r.client_id = c.client_id))
            OR EXISTS (SELECT 1 FROM consents s WHERE s.client_id = c.client_id AND s.user_id = ${user_id}))
     ORDER BY c.client_id LIMIT ${limit}`);
}

/** How many clients there are. */
export async function countClients(database: Database): Promise<number> {
  return (await database.get<{ count: number }>(sql`SELECT COUNT(*) AS count FROM clients`))?.count ?? 0;
}

/** What is written beside a client that registers itself. */
export interface NewRegistration {
  readonly registration: ClientRegistration;
  /** The initial access token of which this takes one use. */
  readonly initial_access_token_id?: string | undefined;
}

/**
 * Writes a new client with its first secret and its origins. False when the client_id is taken, or when the initial
 * access token has no use left.
 */
export function insertClient(
  database: Database,
  client: NewClientRow,
  { secret, registered }: { secret?: NewClientSecret | undefined; registered?: NewRegistration | undefined } = {},
): Promise<boolean> {
  const { client_id, metadata, now, origins, backchannel_logout_uri } = client;
  const statements: [Sql, ...Sql[]] = [
    sql`INSERT INTO clients (client_id, metadata, backchannel_logout_uri, unused_since, created_at, updated_at)
        VALUES (${client_id}, ${metadata}, ${backchannel_logout_uri}, ${registered ? now : null}, ${now}, ${now})
        ON CONFLICT (client_id) DO NOTHING`,
    ...insertOrigins(client_id, origins),
    ...(secret ? [insertSecretStatement(secret)] : []),
    ...(registered ? [insertRegistrationStatement(registered.registration)] : []),
  ];
  const id = registered?.initial_access_token_id;
  return database.batch(id === undefined ? statements : [consumeInitialAccessToken(id, now), ...statements]);
}

/**
 * Writes down a client that describes itself, or what has changed about it. False when nothing has, and for a client
 * that somebody registered under this id.
 */
export function upsertDescribedClient(database: Database, client: NewClientRow): Promise<boolean> {
  const { client_id, metadata, now, origins, backchannel_logout_uri } = client;
  return database.batch([
    sql`INSERT INTO clients (client_id, metadata, backchannel_logout_uri, described_at, created_at, updated_at)
        VALUES (${client_id}, ${metadata}, ${backchannel_logout_uri}, ${now}, ${now}, ${now})
        ON CONFLICT (client_id) DO UPDATE
          SET metadata = excluded.metadata, backchannel_logout_uri = excluded.backchannel_logout_uri,
              described_at = excluded.described_at, updated_at = excluded.updated_at
        WHERE clients.described_at IS NOT NULL AND clients.metadata <> excluded.metadata`,
    sql`DELETE FROM client_origins WHERE client_id = ${client_id}`,
    ...insertOrigins(client_id, origins),
  ]);
}

/**
 * Replaces a client's metadata and origins, and keeps sealed secrets or not. False when there is no such client.
 * From then on a client that described itself is one that is registered.
 */
export function updateClientMetadata(
  database: Database,
  change: NewClientRow & { readonly keepsSealedSecrets: boolean },
): Promise<boolean> {
  const { client_id, metadata, now, origins, backchannel_logout_uri, keepsSealedSecrets } = change;
  return database.batch([
    sql`UPDATE clients SET metadata = ${metadata}, backchannel_logout_uri = ${backchannel_logout_uri},
               described_at = NULL, updated_at = ${now}
         WHERE client_id = ${client_id}`,
    sql`DELETE FROM client_origins WHERE client_id = ${client_id}`,
    ...insertOrigins(client_id, origins),
    ...(keepsSealedSecrets ? [] : [forgetSealedSecretsStatement(client_id)]),
  ]);
}

/** Disables a client, or enables it again with null; what it was given stops working while it is disabled. */
export async function setClientDisabled(
  database: Database,
  client_id: string,
  disabled_at: number | null,
): Promise<boolean> {
  return (
    (await database.run(sql`UPDATE clients SET disabled_at = ${disabled_at} WHERE client_id = ${client_id}`)) === 1
  );
}

/** A client that registered itself is used from now on, or somebody has looked after it. */
export async function forgetClientIsUnused(database: Database, client_id: string): Promise<void> {
  await database.run(sql`UPDATE clients SET unused_since = NULL WHERE client_id = ${client_id}`);
}

/** Clients that are unused since before this time, the longest first; not those as which an API introspects. */
export async function listUnusedClients(database: Database, since_before: number, limit: number): Promise<string[]> {
  const rows = await database.all<{ client_id: string }>(sql`
    SELECT client_id FROM clients c
     WHERE unused_since < ${since_before}
       AND NOT EXISTS (SELECT 1 FROM resources r WHERE r.client_id = c.client_id)
     ORDER BY unused_since LIMIT ${limit}`);
  return rows.map(({ client_id }) => client_id);
}

/** Deletes a client, unless it was used meanwhile; of several callers one writes the event that tells of it. */
export function deleteUnusedClient(database: Database, client_id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM clients WHERE client_id = ${client_id} AND unused_since IS NOT NULL`,
    deleteBrandOf(client_id),
    auditEventInsert(event),
  ]);
}

/** Deletes a client, all that hangs from it, and what it let wait. False when there is no such client. */
export function deleteClient(database: Database, client_id: string): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM clients WHERE client_id = ${client_id}`,
    deleteBrandOf(client_id),
    sql`DELETE FROM pushed_authorization_requests WHERE client_id = ${client_id}`,
    sql`DELETE FROM device_authorizations WHERE client_id = ${client_id}`,
  ]);
}

/** Whether any client has a redirect URI of this web origin. */
export async function isClientOrigin(database: Database, origin: string): Promise<boolean> {
  const row = await database.get(sql`SELECT client_id FROM client_origins WHERE origin = ${origin} LIMIT 1`);
  return row !== undefined;
}

function insertOrigins(client_id: string, origins: readonly string[]) {
  return [...new Set(origins)].map(
    (origin) => sql`INSERT INTO client_origins (client_id, origin) VALUES (${client_id}, ${origin})`,
  );
}
