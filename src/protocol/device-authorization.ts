import type { Context } from '../context.ts';
import type { Session } from '../identity/sessions.ts';
import { invalidScope, serverError, tooManyRequests } from '../lib/errors.ts';
import { networkOf } from '../lib/network-address.ts';
import { newId, newSplitToken } from '../lib/split-token.ts';
import {
  allowDevice,
  claimDeviceAuthorization,
  type DeviceAuthorization,
  insertDeviceAuthorization,
} from '../storage/device-authorizations.ts';
import type { Client } from './client-metadata.ts';
import { countingOf } from './client-registration/strangers.ts';
import { keepClient } from './clients.ts';
import { requestedResources } from './requested-resources.ts';
import { parseScope } from './scopes.ts';
import { lifetimesOf } from './tokens/lifetimes.ts';

const lifeSeconds = 600;
const intervalSeconds = 5;
const verificationPath = '/device';

/** Anybody may begin for a client without credentials, or as a stranger: one network cannot use up what all may. */
const limitsOfOthers = { together: 2000, ofAddress: 50 };
const limitsOfAuthenticated = { together: 2000, ofAddress: 2000 };

/** No vowels, so that no code is a word, and nothing that looks like something else (RFC 8628 §6.1): 34 bits in eight. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCodeLength = 8;

/** The answer of the device authorization endpoint (RFC 8628 §3.2). */
export interface DeviceAuthorizationResponse {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

interface DeviceRequest {
  readonly scope?: string | undefined;
  /** The resources that its tokens are to be for (RFC 8707), as ParsedParameters has them. */
  readonly resource?: string | undefined;
  readonly address: string;
  readonly user_agent: string;
}

/**
 * Lets a device wait for a person (RFC 8628 §3.1). Throws `invalid_scope`, or `temporarily_unavailable` when as many
 * devices wait as may at once.
 */
export async function beginDeviceAuthorization(
  context: Context,
  client: Client,
  { scope = '', resource, address, user_agent }: DeviceRequest,
): Promise<DeviceAuthorizationResponse> {
  const registered = parseScope(client.scope);
  const asked = parseScope(scope).filter((value) => registered.includes(value));
  const granted = asked.filter((value) => value !== 'offline_access' || client.grant_types.includes('refresh_token'));
  if (granted.length === 0) throw invalidScope('the scope is empty, or the client is not registered for any of it');

  const resources = await requestedResources(context, client, resource);
  const now = context.now();
  const { id, verifier_hash, token } = newSplitToken(context);
  const user_code = newUserCode(context);
  const { counted_under, isAuthenticated } = await countingOf(context, client);
  const written = await insertDeviceAuthorization(
    context.database,
    {
      id,
      verifier_hash,
      user_code_hash: userCodeHash(context, user_code),
      client_id: client.client_id,
      counted_under,
      scope: granted.join(' '),
      resource: resources?.join(' ') ?? null,
      address: networkOf(address),
      user_agent,
      expires_at: now + lifeSeconds,
      interval_seconds: intervalSeconds,
    },
    { now, limits: isAuthenticated ? limitsOfAuthenticated : limitsOfOthers },
  );
  if (!written) throw tooManyRequests('too many devices wait at once; try again in some minutes');
  const verification_uri = `${context.config.publicUrl}${verificationPath}`;
  return {
    device_code: token,
    user_code,
    verification_uri,
    verification_uri_complete: `${verification_uri}?user_code=${user_code}`,
    expires_in: lifeSeconds,
    interval: intervalSeconds,
  };
}

/** A user code as somebody typed it in the one form in which we print it; undefined when it cannot be one. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > 40) return undefined;
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  if (code.length !== userCodeLength || ![...code].every((letter) => letters.includes(letter))) return undefined;
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The device of a code for the session that typed it in; undefined for all that is wrong, expired, taken or used. */
export function claimDevice(
  context: Context,
  session: Session,
  user_code: string,
): Promise<DeviceAuthorization | undefined> {
  const user_code_hash = userCodeHash(context, user_code);
  return claimDeviceAuthorization(context.database, { user_code_hash, session_id: session.id, now: context.now() });
}

/**
 * Gives a device what it asked for. It lives on when the browser signs out, since the device is not in that browser.
 * False when it was decided on before, or the session has ended.
 */
export async function allowDeviceFor(
  context: Context,
  session: Session,
  client: Client,
  device: DeviceAuthorization,
): Promise<boolean> {
  const now = context.now();
  await keepClient(context, client);
  return allowDevice(context.database, device.id, {
    id: newId(context),
    client_id: client.client_id,
    user_id: session.user.id,
    session_id: session.id,
    scope: device.scope,
    claims: null,
    auth_time: session.auth_time,
    amr: JSON.stringify(session.amr),
    acr: session.acr,
    nonce: null,
    resource: device.resource,
    offline_at: now,
    created_at: now,
    expires_at: device.expires_at + lifetimesOf(context, client).authorizationSeconds,
  });
}

/** Codes are few enough to be tried out, so that not even their hashes may be computable from the database alone. */
function userCodeHash(context: Context, user_code: string): string {
  return context.secretKey.derive('device-user-code', user_code).toString('base64url');
}

function newUserCode(context: Context): string {
  let code = '';
  // A byte is taken only below a multiple of the alphabet's length, so that no letter is likelier than another.
  const limit = 256 - (256 % letters.length);
  for (let tries = 0; code.length < userCodeLength && tries < 100; tries++)
    for (const byte of context.randomBytes(16))
      if (byte < limit && code.length < userCodeLength) code += letters[byte % letters.length];
  if (code.length < userCodeLength) throw serverError('no user code could be drawn');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
