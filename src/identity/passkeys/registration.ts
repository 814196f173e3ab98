import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertPasskey, listPasskeys, type Passkey } from '../../storage/passkeys.ts';
import type { User } from '../../storage/user-row.ts';
import { type Actor, newEvent } from '../audit.ts';
import { houseName } from '../brands/index.ts';
import { challengeSeconds, consumeChallenge, newChallenge, openChallenge } from './challenge.ts';
import { bytesSchema, credentialIdSchema, readAnswer, readClientData } from './client-data.ts';
import { passkeyHost, userHandle } from './host.ts';
import { PasskeyError } from './passkey-error.ts';
import { algorithms, requireSoundKey } from './public-key.ts';

const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const registrationSchema = z
  .object({
    id: credentialIdSchema,
    rawId: credentialIdSchema,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytesSchema,
      attestationObject: bytesSchema,
      transports: z.array(z.string().max(50)).max(20).optional(),
    }),
  })
  .refine(({ id, rawId }) => id === rawId, 'id and rawId must be the same');

type Registration = z.output<typeof registrationSchema>;

/**
 * What a browser makes a passkey from (PublicKeyCredentialCreationOptionsJSON, WebAuthn §5.4): one that can be found
 * without a user name, with no attestation, and not where this person has one already.
 */
export async function registrationOptions(context: Context, { user, browser }: { user: User; browser: string }) {
  const rp_id = requireHost(context);
  const present = await listPasskeys(context.database, user.id);
  return {
    rp: { id: rp_id, name: await houseName(context) },
    user: {
      id: userHandle(context, user.id),
      name: user.username,
      displayName: typeof user.claims.name === 'string' ? user.claims.name : user.username,
    },
    challenge: newChallenge(context, { purpose: 'registration', browser, user_id: user.id }),
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeSeconds * 1000,
    excludeCredentials: present
      .filter((passkey) => passkey.rp_id === rp_id)
      .map(({ id, transports }) => ({ type: 'public-key', id, transports })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
    attestation: 'none',
  };
}

/** A passkey that was just made. */
export interface NewPasskey {
  readonly passkey: Passkey;
  /** Whether the authenticator made sure who made it. */
  readonly isUserVerified: boolean;
}

/**
 * Adds the passkey that a browser made (WebAuthn §7.1); `nameOf` names it. Throws a PasskeyError for one that is not an
 * answer to our challenge, was made elsewhere, has a key that we do not accept, or is registered already.
 */
export async function addPasskey(
  context: Context,
  { user, browser, presented }: { user: User; browser: string; presented: string },
  nameOf: (passkey: Pick<Passkey, 'aaguid' | 'transports'>) => string,
  actor: Actor,
): Promise<NewPasskey> {
  const rp_id = requireHost(context);
  const answer = readAnswer(presented, registrationSchema);
  const { challenge } = readClientData(context, answer.response.clientDataJSON, 'webauthn.create');
  await consumeChallenge(
    context,
    openChallenge(context, challenge, { purpose: 'registration', browser, user_id: user.id }),
  );
  const verified = await verify(context, answer, { challenge, rp_id });
  const now = context.now();
  const known = answer.response.transports ?? [];
  const made = { aaguid: verified.aaguid, transports: transports.filter((each) => known.includes(each)) };
  const passkey = {
    ...made,
    id: verified.credential.id,
    user_id: user.id,
    rp_id,
    public_key: Buffer.from(verified.credential.publicKey).toString('base64url'),
    sign_count: verified.credential.counter,
    device_type: verified.credentialDeviceType,
    backed_up_at: verified.credentialBackedUp ? now : null,
    name: nameOf(made),
    created_at: now,
  };
  const event = newEvent(context, actor, 'passkey.added', user.id, { name: passkey.name });
  if (!(await insertPasskey(context.database, passkey, event))) throw new PasskeyError('taken');
  return { passkey: { ...passkey, last_used_at: null }, isUserVerified: verified.userVerified };
}

async function verify(context: Context, answer: Registration, expected: { challenge: string; rp_id: string }) {
  await requireNoAttestation(answer.response.attestationObject);
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { id, rawId, type, response } = answer;
  const { clientDataJSON, attestationObject } = response;
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: expected.challenge,
    expectedOrigin: context.config.publicUrl,
    expectedRPID: expected.rp_id,
    requireUserVerification: false,
    supportedAlgorithmIDs: [...algorithms],
  }).catch((error: unknown) => {
    throw new PasskeyError('invalid', error instanceof Error ? error.message : undefined);
  });
  if (!verified) throw new PasskeyError('attestation');
  if (registrationInfo.credential.id !== id) throw new PasskeyError('invalid', 'id');
  await requireSoundKey(registrationInfo.credential.publicKey);
  return registrationInfo;
}

/**
 * We ask for no attestation, and trust none: a certificate that came all the same proves nothing, so it is refused
 * before anybody reads it. A key that signs for itself says as much as none. Nothing may follow the object.
 */
async function requireNoAttestation(attestationObject: string): Promise<void> {
  const { isoCBOR } = await import('@simplewebauthn/server/helpers');
  const bytes = new Uint8Array(Buffer.from(attestationObject, 'base64url'));
  const decoded = read(() => isoCBOR.decodeFirst<Parameters<typeof isoCBOR.encode>[0]>(bytes));
  if (!(decoded instanceof Map)) throw new PasskeyError('unreadable', 'attestationObject');
  if (read(() => isoCBOR.encode(decoded)).length !== bytes.length)
    throw new PasskeyError('unreadable', 'attestationObject');
  const statement = decoded.get('attStmt');
  const isSelf = decoded.get('fmt') === 'packed' && statement instanceof Map && !statement.has('x5c');
  if (decoded.get('fmt') !== 'none' && !isSelf) throw new PasskeyError('attestation');
}

function read<Value>(decode: () => Value): Value {
  try {
    return decode();
  } catch {
    throw new PasskeyError('unreadable', 'attestationObject');
  }
}

function requireHost(context: Context): string {
  const rp_id = passkeyHost(context);
  if (rp_id === undefined) throw new PasskeyError('other-host', 'no passkeys for an IP address');
  return rp_id;
}
