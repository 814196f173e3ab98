import type { Context } from '../context.ts';
import { oneLine } from '../lib/one-line.ts';
import { equalHashes, newSplitToken, parseSplitToken } from '../lib/split-token.ts';
import {
  deleteTrustedDevice,
  findTrustedDevices,
  insertTrustedDevice,
  listTrustedDevices as listRows,
  type TrustedDevice,
  touchTrustedDevice,
} from '../storage/trusted-devices.ts';
import type { User } from '../storage/user-row.ts';
import { type Actor, newEvent } from './audit.ts';

export type { TrustedDevice } from '../storage/trusted-devices.ts';

/** How long, in seconds, a device is trusted. */
export const trustedSeconds = 30 * 86_400;

/** One browser is trusted by five people at most; the cookie holds their tokens one after the other. */
const devicesInCookie = 5;
const tokenCharacters = 64;

/** Trusts this browser for a user, and resolves with the cookie that says so, beside what it said of others. */
export async function trustDevice(
  context: Context,
  {
    user,
    cookie,
    address,
    user_agent,
  }: { user: User; cookie: string | undefined; address: string; user_agent: string },
  actor: Actor,
): Promise<string> {
  const { id, verifier_hash, token } = newSplitToken(context);
  const now = context.now();
  const times = { created_at: now, last_used_at: now, expires_at: now + trustedSeconds };
  const row = { id, verifier_hash, user_id: user.id, address: oneLine(address), user_agent: oneLine(user_agent) };
  await insertTrustedDevice(
    context.database,
    { ...row, ...times },
    newEvent(context, actor, 'device.trusted', user.id),
  );
  return [token, ...tokensIn(cookie)].slice(0, devicesInCookie).join('');
}

/** The device of this browser at which this user need not give a second factor; undefined when it is not trusted. */
export async function findTrustedDevice(
  context: Context,
  user: User,
  cookie: string | undefined,
): Promise<TrustedDevice | undefined> {
  const presented = tokensIn(cookie).flatMap((token) => parseSplitToken(token) ?? []);
  const rows = await findTrustedDevices(
    context.database,
    presented.map(({ id }) => id),
    context.now(),
  );
  return rows.find(
    ({ id, user_id, verifier_hash }) =>
      user_id === user.id && presented.some((each) => each.id === id && equalHashes(each.verifier_hash, verifier_hash)),
  );
}

/** Notes that a device stood in for a second factor. */
export function useTrustedDevice(context: Context, { id }: TrustedDevice): Promise<void> {
  return touchTrustedDevice(context.database, id, context.now());
}

/** The trusted devices of a user, the last used first. */
export function listTrustedDevices(context: Context, user: User): Promise<TrustedDevice[]> {
  return listRows(context.database, user.id, context.now());
}

/** Takes the trust from a device of this user. False when there is no such device. */
export function distrustDevice(context: Context, user: User, id: string, actor: Actor): Promise<boolean> {
  const event = newEvent(context, actor, 'device.distrusted', user.id);
  return deleteTrustedDevice(context.database, { id, user_id: user.id, event });
}

function tokensIn(cookie: string | undefined): string[] {
  return (cookie?.match(new RegExp(`.{${tokenCharacters}}`, 'g')) ?? []).slice(0, devicesInCookie);
}
