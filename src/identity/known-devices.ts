import { z } from 'zod';
import type { Context } from '../context.ts';
import { SealError } from '../lib/seal.ts';

/** A browser, and the users that have signed in with it; it lives sealed in a cookie of that browser. */
export interface KnownDevice {
  readonly id: string;
  readonly users: readonly string[];
}

const boundTo = 'cookie/known_devices';
const usersAtMost = 10;
const deviceSchema = z.object({ id: z.string().max(64), users: z.array(z.string().max(64)).max(usersAtMost) });

/** The device of a cookie; undefined when there is none, or it is not of our making. */
export function readKnownDevice(context: Context, sealed: string | undefined): KnownDevice | undefined {
  if (sealed === undefined) return undefined;
  try {
    return deviceSchema.safeParse(JSON.parse(context.secretKey.unseal(sealed, boundTo))).data;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** The cookie for a device at which this user has just signed in, with the users before, ten at most. */
export function rememberUser(context: Context, device: KnownDevice | undefined, user_id: string): string {
  const id = device?.id ?? context.randomBytes(16).toString('base64url');
  const others = device?.users.filter((user) => user !== user_id) ?? [];
  const users = [user_id, ...others].slice(0, usersAtMost);
  return context.secretKey.seal(JSON.stringify({ id, users }), boundTo);
}
