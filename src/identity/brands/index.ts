/**
 * Brands: under which name and with what looks the house, and single applications, meet the people who sign in. A brand
 * is its settings and up to three pictures. What a page shows is put together by `findBrand`; how it looks in colours
 * is the affair of `web/ui/brand`.
 */
import type { Context } from '../../context.ts';
import { readPictureHeader } from '../../lib/picture-header.ts';
import { withoutMetadata } from '../../lib/picture-metadata.ts';
import {
  type BrandRow,
  deleteBrand,
  deleteBrandImage,
  findBrandImage,
  findBrandRows,
  upsertBrand,
  upsertBrandImage,
} from '../../storage/brands.ts';
import { type Actor, newEvent } from '../audit.ts';
import { UserError } from '../user-error.ts';
import { type BrandSettings, brandSettingsSchema } from './settings.ts';

export { type BrandSettings, brandSettingsSchema, cornerKinds } from './settings.ts';

/** The client_id under which the house itself is. */
export const house = '';

/** What pictures a brand may have, and how large each may be. */
export const brandImageKinds = {
  logo: { bytes: 131_072, pixels: 2048 },
  logo_dark: { bytes: 131_072, pixels: 2048 },
  background: { bytes: 524_288, pixels: 6000 },
} as const;

export type BrandImageKind = keyof typeof brandImageKinds;

/** A picture of a brand, by the id under which it is served. */
export interface BrandImage {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** The looks of a page. */
export interface Brand extends Omit<BrandSettings, 'name'> {
  readonly name: string;
  readonly images: Readonly<Partial<Record<BrandImageKind, BrandImage>>>;
}

/** What was written down of one brand by itself; nothing of it when there is none. */
export interface OwnBrand {
  readonly settings: BrandSettings;
  readonly images: Brand['images'];
}

/** The looks while somebody signs in for this client, or those of the house. Read anew each time: changes show at once. */
export async function findBrand(
  context: Pick<Context, 'database' | 'config'>,
  client_id: string = house,
): Promise<Brand> {
  const rows = await findBrandRows(context.database, client_id === house ? [house] : [house, client_id]);
  return brandWith(context, ownBrandIn(rows, house), client_id === house ? nothing : ownBrandIn(rows, client_id));
}

/** What is written down of the brand of the house (`house`) or of a client, for who changes it. */
export async function findOwnBrand({ database }: Context, client_id: string): Promise<OwnBrand> {
  return ownBrandIn(await findBrandRows(database, [client_id]), client_id);
}

/** What the house is called: on pages, in mails, in authenticator apps, wherever we speak of ourselves. */
export async function houseName(context: Pick<Context, 'database' | 'config'>): Promise<string> {
  return (await findBrand(context)).name;
}

/**
 * A client's brand over that of the house, such as it is or would be with other settings. Name and logo go together, and so do background and picture: nobody meets
 * the name of the one beside the logo of the other.
 */
export function brandWith(
  { config }: Pick<Context, 'config'>,
  under: OwnBrand = nothing,
  over: OwnBrand = nothing,
): Brand {
  const { logo, logo_dark, background } = over.images;
  const hasOwnMark = over.settings.name !== undefined || logo !== undefined;
  const hasOwnGround = over.settings.background !== undefined || background !== undefined;
  const { background: groundColour, ...rest } = under.settings;
  const mark = hasOwnMark ? { logo, logo_dark } : { logo: under.images.logo, logo_dark: under.images.logo_dark };
  const ground = hasOwnGround ? background : under.images.background;
  const settings = {
    ...rest,
    ...(!hasOwnGround && groundColour !== undefined && { background: groundColour }),
    ...over.settings,
  };
  return {
    ...settings,
    name: settings.name ?? config.houseName,
    images: {
      ...(mark.logo && { logo: mark.logo }),
      ...(mark.logo && mark.logo_dark && { logo_dark: mark.logo_dark }),
      ...(ground && { background: ground }),
    },
  };
}

/** Writes the settings of a brand; what is left out goes. Throws a ZodError for what the schema refuses. */
export async function saveBrand(
  context: Context,
  client_id: string,
  given: Readonly<Record<string, unknown>>,
  actor: Actor,
): Promise<void> {
  const settings = brandSettingsSchema.parse(given);
  const event = newEvent(context, actor, 'brand.changed', targetOf(client_id), {
    set: Object.keys(settings).join(' '),
  });
  await upsertBrand(context.database, { client_id, settings: JSON.stringify(settings), now: context.now() }, event);
}

/**
 * Keeps a picture, without its metadata. Throws a UserError for what is no PNG, JPEG or WebP by its content, whatever it is called, and for
 * what is too large. SVG is not taken: it is a document that may hold anything.
 */
export async function setBrandImage(
  context: Context,
  client_id: string,
  kind: BrandImageKind,
  bytes: Buffer,
  actor: Actor,
): Promise<void> {
  const limit = brandImageKinds[kind];
  const header = bytes.length <= limit.bytes ? readPictureHeader(bytes) : undefined;
  const stripped = header && withoutMetadata(bytes, header.content_type);
  if (!stripped) throw new UserError(`Choose a PNG, JPEG or WebP of at most ${limit.bytes / 1024} KB.`, kind);
  const { width, height, content_type } = header;
  if (![width, height].every((side) => side >= 16 && side <= limit.pixels))
    throw new UserError(`Choose a picture with 16 to ${limit.pixels} pixels on each side.`, kind);
  const image = {
    ...{ client_id, kind, width, height, content_type, now: context.now() },
    id: context.randomBytes(16).toString('hex'),
    content: stripped.toString('base64'),
  };
  const event = newEvent(context, actor, 'brand.picture-changed', targetOf(client_id), { kind });
  await upsertBrandImage(context.database, image, event);
}

/** Takes a picture of a brand away. False when there was none. */
export function removeBrandImage(
  context: Context,
  client_id: string,
  kind: BrandImageKind,
  actor: Actor,
): Promise<boolean> {
  const event = newEvent(context, actor, 'brand.picture-removed', targetOf(client_id), { kind });
  return deleteBrandImage(context.database, { client_id, kind }, event);
}

/** Takes a whole brand away, so that everything looks as if there had never been one. False when there was none. */
export function removeBrand(context: Context, client_id: string, actor: Actor): Promise<boolean> {
  return deleteBrand(context.database, client_id, newEvent(context, actor, 'brand.removed', targetOf(client_id)));
}

/** The content of the picture of this id. */
export async function findPicture(
  { database }: Context,
  id: string,
): Promise<{ readonly content_type: string; readonly content: string } | undefined> {
  return /^[0-9a-f]{32}$/.test(id) ? findBrandImage(database, id) : undefined;
}

const nothing: OwnBrand = { settings: {}, images: {} };

const targetOf = (client_id: string): string | undefined => (client_id === house ? undefined : client_id);

function ownBrandIn(rows: readonly BrandRow[], client_id: string): OwnBrand {
  const row = rows.find((each) => each.client_id === client_id);
  if (!row) return nothing;
  const images = Object.fromEntries(row.images.map(({ kind, id, width, height }) => [kind, { id, width, height }]));
  return { settings: brandSettingsSchema.parse(JSON.parse(row.settings)), images };
}
