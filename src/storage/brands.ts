import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, join, type Sql, sql } from './database.ts';

/** A picture of a brand as its row tells of it, without what is in it. */
export interface BrandImageRow {
  readonly id: string;
  readonly kind: string;
  readonly width: number;
  readonly height: number;
}

/** A row of `brands` with what there is of pictures; settings is JSON text, client_id empty for the house. */
export interface BrandRow {
  readonly client_id: string;
  readonly settings: string;
  readonly images: readonly BrandImageRow[];
}

/** Those of these brands that there are. */
export async function findBrandRows(database: Database, client_ids: readonly string[]): Promise<BrandRow[]> {
  const rows = await database.all<{ client_id: string; settings: string } & Nullable<BrandImageRow>>(sql`
    SELECT b.client_id, b.settings, i.id, i.kind, i.width, i.height
      FROM brands b LEFT JOIN brand_images i ON i.client_id = b.client_id
     WHERE b.client_id IN (${join(client_ids)}) ORDER BY b.client_id, i.kind`);
  const brands = new Map<string, BrandRow & { images: BrandImageRow[] }>();
  for (const { client_id, settings, id, kind, width, height } of rows) {
    const brand = brands.get(client_id) ?? { client_id, settings, images: [] };
    brands.set(client_id, brand);
    if (id !== null && kind !== null && width !== null && height !== null)
      brand.images.push({ id, kind, width, height });
  }
  return [...brands.values()];
}

type Nullable<Row> = { readonly [Name in keyof Row]: Row[Name] | null };

/** Writes the settings of a brand, new or not, with the event that tells of it. */
export async function upsertBrand(
  database: Database,
  brand: { readonly client_id: string; readonly settings: string; readonly now: number },
  event: AuditEvent,
): Promise<void> {
  const { client_id, settings, now } = brand;
  await database.batch([
    sql`INSERT INTO brands (client_id, settings, updated_at) VALUES (${client_id}, ${settings}, ${now})
        ON CONFLICT (client_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`,
    auditEventInsert(event),
  ]);
}

/** A picture to be kept; content is base64. */
export interface NewBrandImage extends BrandImageRow {
  readonly client_id: string;
  readonly content_type: string;
  readonly content: string;
  readonly now: number;
}

/** Puts a picture in the place of the one of its kind before, with the event that tells of it. */
export async function upsertBrandImage(database: Database, image: NewBrandImage, event: AuditEvent): Promise<void> {
  const { client_id, kind, id, content_type, content, width, height, now } = image;
  await database.batch([
    sql`INSERT INTO brands (client_id, settings, updated_at) VALUES (${client_id}, '{}', ${now})
        ON CONFLICT (client_id) DO UPDATE SET updated_at = excluded.updated_at`,
    sql`INSERT INTO brand_images (client_id, kind, id, content_type, content, width, height, updated_at)
        VALUES (${client_id}, ${kind}, ${id}, ${content_type}, ${content}, ${width}, ${height}, ${now})
        ON CONFLICT (client_id, kind) DO UPDATE
          SET id = excluded.id, content_type = excluded.content_type, content = excluded.content,
              width = excluded.width, height = excluded.height, updated_at = excluded.updated_at`,
    auditEventInsert(event),
  ]);
}

/** Deletes a picture of a brand. False when there is none of this kind. */
export function deleteBrandImage(
  database: Database,
  { client_id, kind }: { readonly client_id: string; readonly kind: string },
  event: AuditEvent,
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM brand_images WHERE client_id = ${client_id} AND kind = ${kind}`,
    auditEventInsert(event),
  ]);
}

/** Deletes a brand with its pictures. False when there is none. */
export function deleteBrand(database: Database, client_id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([deleteBrandOf(client_id), auditEventInsert(event)]);
}

/** What deletes the brand of a client that goes, for the batch in which it goes. */
export function deleteBrandOf(client_id: string): Sql {
  return sql`DELETE FROM brands WHERE client_id = ${client_id}`;
}

/** The content of a picture, as base64. */
export function findBrandImage(
  database: Database,
  id: string,
): Promise<{ readonly content_type: string; readonly content: string } | undefined> {
  return database.get(sql`SELECT content_type, content FROM brand_images WHERE id = ${id}`);
}
