import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, sql } from './database.ts';
import { refuseToLoseAdministratorsOf } from './last-administrator.ts';

/** A row of `identity_providers`; settings is JSON. */
export interface IdentityProviderRow {
  readonly name: string;
  readonly settings: string;
  readonly sealed_client_secret: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly disabled_at: number | null;
}

/** The identity provider of this name, disabled or not. */
export function findIdentityProviderRow(database: Database, name: string): Promise<IdentityProviderRow | undefined> {
  return database.get<IdentityProviderRow>(sql`SELECT * FROM identity_providers WHERE name = ${name}`);
}

/** All identity providers, the oldest first; there are few. */
export function listIdentityProviderRows(database: Database): Promise<IdentityProviderRow[]> {
  return database.all<IdentityProviderRow>(sql`SELECT * FROM identity_providers ORDER BY created_at, name LIMIT 100`);
}

/** Writes an identity provider. False when the name is taken. */
export function insertIdentityProvider(
  database: Database,
  row: IdentityProviderRow,
  event: AuditEvent,
): Promise<boolean> {
  const { name, settings, sealed_client_secret, created_at, updated_at, disabled_at } = row;
  return database.batch([
    sql`INSERT INTO identity_providers (name, settings, sealed_client_secret, created_at, updated_at, disabled_at)
        VALUES (${name}, ${settings}, ${sealed_client_secret}, ${created_at}, ${updated_at}, ${disabled_at})
        ON CONFLICT (name) DO NOTHING`,
    auditEventInsert(event),
  ]);
}

/** Replaces settings and secret. False when there is none of this name. */
export function updateIdentityProvider(
  database: Database,
  row: Pick<IdentityProviderRow, 'name' | 'settings' | 'sealed_client_secret' | 'updated_at'>,
  event: AuditEvent,
): Promise<boolean> {
  return database.batch([
    sql`UPDATE identity_providers
           SET settings = ${row.settings}, sealed_client_secret = ${row.sealed_client_secret},
               updated_at = ${row.updated_at}
         WHERE name = ${row.name}`,
    auditEventInsert(event),
  ]);
}

/**
 * Disables an identity provider. False when there is nothing to change. Rejects when afterwards no administrator could
 * sign in.
 */
export function disableIdentityProviderRow(
  database: Database,
  name: string,
  { now, event, rp_id }: { now: number; event: AuditEvent; rp_id: string },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE identity_providers SET updated_at = updated_at WHERE name = ${name} AND disabled_at IS NULL`,
    ...refuseToLoseAdministratorsOf(name, { rp_id, now }),
    sql`UPDATE identity_providers SET disabled_at = ${now} WHERE name = ${name}`,
    auditEventInsert(event),
  ]);
}

/** Enables an identity provider again. False when there is nothing to change. */
export function enableIdentityProviderRow(database: Database, name: string, event: AuditEvent): Promise<boolean> {
  return database.batch([
    sql`UPDATE identity_providers SET disabled_at = NULL WHERE name = ${name} AND disabled_at IS NOT NULL`,
    auditEventInsert(event),
  ]);
}

/**
 * Deletes an identity provider with all that people connected to it. False when there is none of this name. Rejects
 * when afterwards no administrator could sign in.
 */
export function deleteIdentityProvider(
  database: Database,
  name: string,
  { now, event, rp_id }: { now: number; event: AuditEvent; rp_id: string },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE identity_providers SET updated_at = updated_at WHERE name = ${name}`,
    ...refuseToLoseAdministratorsOf(name, { rp_id, now }),
    sql`DELETE FROM identity_providers WHERE name = ${name}`,
    auditEventInsert(event),
  ]);
}
