import * as z from 'zod';
import type { Context } from '../../context.ts';
import { isOpen } from '../../identity/account-state.ts';
import { findUser } from '../../identity/users.ts';
import { accessDenied, authorizationPending, expiredToken, invalidGrant, slowDown } from '../../lib/errors.ts';
import { equalHashes, parseSplitToken } from '../../lib/split-token.ts';
import { findAuthorization } from '../../storage/authorizations.ts';
import {
  consumeDeviceAuthorization,
  type DeviceAuthorization,
  findDeviceAuthorization,
  notePoll,
} from '../../storage/device-authorizations.ts';
import type { Client } from '../client-metadata.ts';
import { issueFirstTokens } from '../tokens/first-tokens.ts';
import { defineGrant } from './grant.ts';

/** How much longer a device must wait between two polls each time that it was too fast, in seconds (RFC 8628 §3.5). */
const moreSeconds = 5;

/** RFC 8628 §3.4: a device asks whether the person has allowed it by now. */
export const deviceCode = defineGrant({
  name: 'urn:ietf:params:oauth:grant-type:device_code',
  isForStrangers: true,
  parameters: z.object({ device_code: z.string().max(200), resource: z.string().max(4096).optional() }),

  async issue(context, client, { device_code, resource }, binding) {
    const device = await findDevice(context, client, device_code);
    if (device.consumed_at !== null) throw invalidGrant('the device_code was used before');
    if (device.denied_at !== null) throw accessDenied('the person did not allow it');
    if (device.expires_at <= context.now()) throw expiredToken('the device_code has expired; begin anew');
    if (device.authorization_id === null) throw await pending(context, device);

    const authorization = await findAuthorization(context.database, device.authorization_id);
    const user = authorization && (await findUser(context, authorization.user_id));
    if (!authorization || authorization.revoked_at !== null || !user || !isOpen(context, user))
      throw invalidGrant('the person may no longer sign in, or the authorization was revoked');
    const response = await issueFirstTokens(context, client, {
      claim: consumeDeviceAuthorization(device.id, context.now()),
      authorization,
      user,
      resource,
      binding,
    });
    if (!response) throw invalidGrant('the device_code was used before');
    return response;
  },
});

async function findDevice(context: Context, client: Client, device_code: string): Promise<DeviceAuthorization> {
  const presented = parseSplitToken(device_code);
  const device = presented && (await findDeviceAuthorization(context.database, presented.id));
  if (!device || !equalHashes(device.verifier_hash, presented.verifier_hash) || device.client_id !== client.client_id)
    throw invalidGrant('the device_code is unknown, or was issued to another client');
  return device;
}

async function pending(context: Context, { id }: DeviceAuthorization): Promise<Error> {
  const isInTime = await notePoll(context.database, { id, now: context.now(), more: moreSeconds });
  if (isInTime) return authorizationPending('the person has not decided yet');
  return slowDown(`the device asks too often; wait ${moreSeconds} seconds more than before`);
}
