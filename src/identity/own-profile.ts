import type { Context } from '../context.ts';
import { serverError } from '../lib/errors.ts';
import { readPictureHeader } from '../lib/picture-header.ts';
import { withoutMetadata } from '../lib/picture-metadata.ts';
import { updateOwnProfileRow } from '../storage/own-profile.ts';
import { findUserPicture, type UserPicture } from '../storage/user-pictures.ts';
import type { User, UserClaims } from '../storage/user-row.ts';
import { findUserById } from '../storage/users.ts';
import { type Actor, newEvent } from './audit.ts';
import { UserError } from './user-error.ts';
import { userChangesSchema } from './user-schema.ts';

/** The claims that people may change of themselves. */
export const ownClaims = [
  ...(['name', 'given_name', 'family_name', 'nickname', 'birthdate', 'website', 'address'] as const),
  ...(['locale', 'zoneinfo'] as const),
] as const;

export type OwnClaim = (typeof ownClaims)[number];

/** What a person says of themself: the claims that are left out go, and so does a phone number that is null. */
export interface OwnProfile {
  readonly claims: Readonly<Partial<Record<OwnClaim, unknown>>>;
  readonly phone_number?: string | null | undefined;
}

/** How large the file of a picture may be. */
export const pictureBytes = 1_048_576;
/** How many pixels a side of a picture may have. */
const picturePixels = { least: 16, most: 4096 };

/** How often a profile may change under our hands while it is written. */
const mostTries = 10;

/**
 * What this installation lets people change of themselves: all of `ownClaims` and the phone number, or where
 * PROFILE_EDITING is off only how pages and mails speak to them.
 */
export function editableClaims({ config }: Pick<Context, 'config'>): readonly OwnClaim[] {
  return config.profileEditing ? ownClaims : ['locale', 'zoneinfo'];
}

/**
 * Changes what people may say of themselves, and nothing else of the account. Throws a ZodError for what the schema of
 * users refuses, and a UserError when more is asked for than `editableClaims`.
 */
export async function updateOwnProfile(
  context: Context,
  user_id: string,
  profile: OwnProfile,
  actor: Actor,
): Promise<void> {
  const editable: readonly string[] = editableClaims(context);
  const asksForMore =
    Object.keys(profile.claims).some((name) => !editable.includes(name)) ||
    (profile.phone_number !== undefined && !context.config.profileEditing);
  if (asksForMore) throw new UserError('Only an administrator can change this.');
  const { claims = {}, phone_number } = userChangesSchema.parse({
    claims: profile.claims,
    phone_number: profile.phone_number,
  });
  await change(context, user_id, actor, (user) => ({
    claims: {
      ...Object.fromEntries(Object.entries(user.claims).filter(([name]) => !editable.includes(name))),
      ...claims,
    },
    ...(phone_number !== undefined && { phone_number }),
  }));
}

/**
 * Keeps a picture of the person, to which the `picture` claim then leads, without what a camera wrote into it. Throws a
 * UserError for what is no whole PNG, JPEG or WebP, for a file over 1 MB, and for a side of less than 16 or more than 4096 pixels.
 */
export async function setOwnPicture(context: Context, user_id: string, bytes: Buffer, actor: Actor): Promise<void> {
  refuseWithoutEditing(context);
  const header = bytes.length <= pictureBytes ? readPictureHeader(bytes) : undefined;
  if (!header) throw new UserError('A picture is a PNG, JPEG or WebP of at most 1 MB.', 'picture');
  const { least, most } = picturePixels;
  if (![header.width, header.height].every((side) => side >= least && side <= most))
    throw new UserError(`Each side of a picture has ${least} to ${most} pixels.`, 'picture_size');
  const { content_type } = header;
  const stripped = withoutMetadata(bytes, content_type);
  if (!stripped) throw new UserError('This picture is not whole.', 'picture');
  const id = context.randomBytes(16).toString('hex');
  const picture = { id, content_type, content: stripped.toString('base64') };
  await change(context, user_id, actor, (user) => ({ claims: { ...user.claims, picture: `/picture/${id}` }, picture }));
}

/** Takes the person's picture away, wherever it is. */
export async function removeOwnPicture(context: Context, user_id: string, actor: Actor): Promise<void> {
  refuseWithoutEditing(context);
  await change(context, user_id, actor, ({ claims: { picture: _gone, ...claims } }) => ({ claims, picture: null }));
}

/** The picture of this id, while a profile leads to it. */
export async function findOwnPicture({ database }: Context, id: string): Promise<UserPicture | undefined> {
  return /^[0-9a-f]{32}$/.test(id) ? findUserPicture(database, id) : undefined;
}

/**
 * The user with a `picture` claim that others can follow. What was uploaded here stands in the profile as a path, and so
 * has the right address after a change of PUBLIC_URL, too.
 */
export function withPictureAddress({ config }: Pick<Context, 'config'>, user: User): User {
  const { picture } = user.claims;
  if (!picture?.startsWith('/')) return user;
  return { ...user, claims: { ...user.claims, picture: config.publicUrl + picture } };
}

function refuseWithoutEditing({ config }: Context): void {
  if (!config.profileEditing) throw new UserError('Only an administrator can change this.');
}

interface Change {
  readonly claims: UserClaims;
  readonly phone_number?: string | null;
  readonly picture?: UserPicture | null;
}

/** Writes a change of the profile as it is now; what an administrator changes at the same instant is not lost. */
async function change(
  context: Context,
  user_id: string,
  actor: Actor,
  changeOf: (user: User) => Change,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const user = await findUserById(context.database, user_id);
    if (!user) throw new UserError('There is no such user.');
    const { claims, phone_number = user.phone_number ?? null, picture } = changeOf(user);
    const changed = [
      ...changedNames(user.claims, claims),
      ...(phone_number === (user.phone_number ?? null) ? [] : ['phone_number']),
    ];
    if (changed.length === 0) return;
    const event = newEvent(context, actor, 'user.profile-changed', user_id, { changed: changed.join(' ') });
    const own = { claims, phone_number, ...(picture !== undefined && { picture }) };
    if (await updateOwnProfileRow(context.database, user, own, { now: context.now(), event })) return;
  }
  throw serverError('the profile has changed all the while');
}

function changedNames(before: UserClaims, after: UserClaims): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
