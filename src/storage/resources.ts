import { type Database, join, sql } from './database.ts';

/** A row of `resources`; scope is separated by blanks. */
export interface ResourceRow {
  readonly identifier: string;
  readonly name: string;
  readonly scope: string;
  readonly access_token_format: string;
  readonly access_token_seconds: number | null;
  readonly access_token_signing_alg: string | null;
  readonly client_id: string | null;
  readonly open_at: number | null;
  readonly created_at: number;
}

/** Those of these identifiers that are registered; at least one is asked for. */
export function findResourceRows(database: Database, identifiers: readonly string[]): Promise<ResourceRow[]> {
  return database.all<ResourceRow>(sql`SELECT * FROM resources WHERE identifier IN (${join(identifiers)})`);
}

/** Resources in the order of their identifiers, after a given one. */
export function listResourceRows(
  database: Database,
  { after = '', limit }: { after?: string; limit: number },
): Promise<ResourceRow[]> {
  return database.all<ResourceRow>(sql`
    SELECT * FROM resources WHERE identifier > ${after} ORDER BY identifier LIMIT ${limit}`);
}

/** The scope values of resources that are open to every client, as each of them lists them. */
export async function listOpenScopes(database: Database): Promise<string[]> {
  const rows = await database.all<Pick<ResourceRow, 'scope'>>(sql`
    SELECT scope FROM resources WHERE open_at IS NOT NULL AND scope <> '' LIMIT 1000`);
  return rows.map(({ scope }) => scope);
}

/** Writes a resource. False when the identifier is taken. */
export async function insertResource(database: Database, row: ResourceRow): Promise<boolean> {
  const written = await database.run(sql`
    INSERT INTO resources (identifier, name, scope, access_token_format, access_token_seconds,
                           access_token_signing_alg, client_id, open_at, created_at)
    VALUES (${row.identifier}, ${row.name}, ${row.scope}, ${row.access_token_format}, ${row.access_token_seconds},
            ${row.access_token_signing_alg}, ${row.client_id}, ${row.open_at}, ${row.created_at})
    ON CONFLICT (identifier) DO NOTHING`);
  return written === 1;
}

/** Replaces what is written of a resource, but not since when it is there. Undefined when there is none of this identifier. */
export function updateResourceRow(database: Database, row: ResourceRow): Promise<ResourceRow | undefined> {
  return database.get<ResourceRow>(sql`
    UPDATE resources
       SET name = ${row.name}, scope = ${row.scope}, access_token_format = ${row.access_token_format},
           access_token_seconds = ${row.access_token_seconds},
           access_token_signing_alg = ${row.access_token_signing_alg}, client_id = ${row.client_id},
           open_at = ${row.open_at === null ? null : sql`COALESCE(open_at, ${row.open_at})`}
     WHERE identifier = ${row.identifier}
    RETURNING *`);
}

/** Deletes a resource. False when there is none of this identifier. */
export async function deleteResource(database: Database, identifier: string): Promise<boolean> {
  return (await database.run(sql`DELETE FROM resources WHERE identifier = ${identifier}`)) === 1;
}
