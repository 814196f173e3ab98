import { z } from 'zod';
import type { Context } from '../../context.ts';
import { equalHashes } from '../../lib/split-token.ts';
import { consumePasskeyUse, findPasskey, listPasskeys, type Passkey } from '../../storage/passkeys.ts';
import type { User } from '../../storage/user-row.ts';
import { findUserById } from '../../storage/users.ts';
import { type Actor, recordEvent } from '../audit.ts';
import { notifyOwner } from '../notices.ts';
import { type ChallengePlace, challengeSeconds, consumeChallenge, newChallenge, openChallenge } from './challenge.ts';
import { bytesSchema, credentialIdSchema, readAnswer, readClientData } from './client-data.ts';
import { passkeyHost, userHandle } from './host.ts';
import { PasskeyError } from './passkey-error.ts';

const assertionSchema = z
  .object({
    id: credentialIdSchema,
    rawId: credentialIdSchema,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytesSchema,
      authenticatorData: bytesSchema,
      signature: bytesSchema,
      userHandle: bytesSchema.nullish(),
    }),
  })
  .refine(({ id, rawId }) => id === rawId, 'id and rawId must be the same');

type Assertion = z.output<typeof assertionSchema>;

/** What a passkey has proven. */
export interface PasskeyProof {
  readonly user: User;
  readonly passkey: Passkey;
  /** Whether the authenticator made sure who uses it, by a PIN or by looking at the person. */
  readonly isUserVerified: boolean;
}

/**
 * What a browser signs in from (PublicKeyCredentialRequestOptionsJSON, WebAuthn §5.5). Without a user no passkeys are
 * named, so that nobody learns who has which (§14.6.2), and the authenticator must verify the person.
 */
export async function assertionOptions(
  context: Context,
  { browser, user }: { browser: string; user?: User | undefined },
) {
  const rpId = passkeyHost(context);
  const named = user === undefined ? [] : await listPasskeys(context.database, user.id);
  return {
    rpId,
    challenge: newChallenge(context, placeOf({ browser, user })),
    timeout: challengeSeconds * 1000,
    userVerification: user === undefined ? 'required' : 'preferred',
    allowCredentials: named
      .filter(({ rp_id }) => rp_id === rpId)
      .map(({ id, transports }) => ({ type: 'public-key', id, transports })),
  };
}

/**
 * Verifies what an authenticator signed (WebAuthn §7.2), of any user, or as the second factor of one. Its challenge is
 * used up before anything is verified, so it works once, also of any number at the same instant; who names a credential
 * that nobody has leaves no trace. Throws a PasskeyError.
 */
export async function verifyAssertion(
  context: Context,
  { browser, user, presented }: { browser: string; user?: User | undefined; presented: string },
  from: Omit<Actor, 'id'>,
): Promise<PasskeyProof> {
  const rp_id = passkeyHost(context);
  if (rp_id === undefined) throw new PasskeyError('other-host');
  const answer = readAnswer(presented, assertionSchema);
  const { challenge } = readClientData(context, answer.response.clientDataJSON, 'webauthn.get');
  const opened = openChallenge(context, challenge, placeOf({ browser, user }));
  const passkey = await findPasskey(context.database, answer.id);
  if (!passkey) throw new PasskeyError('unknown');
  await consumeChallenge(context, opened);

  if (passkey.rp_id !== rp_id) throw new PasskeyError('other-host');
  const owner = await requireOwner(context, passkey, { user, presented: answer.response.userHandle ?? undefined });
  const { newCounter, userVerified, credentialBackedUp, credentialDeviceType } = await verify(context, answer, {
    passkey,
    challenge,
    requireUserVerification: user === undefined,
  });
  if (credentialDeviceType !== passkey.device_type) throw new PasskeyError('invalid', 'device type');
  const use = { sign_count: newCounter, isBackedUp: credentialBackedUp, now: context.now() };
  if (!(await consumePasskeyUse(context.database, passkey.id, use))) {
    await recordEvent(context, { ...from, id: owner.id }, 'passkey.counter-refused', owner.id, { name: passkey.name });
    await notifyOwner(context, owner, 'passkeyRefused', { name: passkey.name });
    throw new PasskeyError('counter');
  }
  return { user: owner, passkey, isUserVerified: userVerified };
}

function placeOf({ browser, user }: { browser: string; user: User | undefined }): ChallengePlace {
  return user ? { purpose: 'second-factor', browser, user_id: user.id } : { purpose: 'sign-in', browser };
}

/** Whose passkey it is: the one who must be it, or else the one that its user handle says. Throws a PasskeyError. */
async function requireOwner(
  context: Context,
  { user_id }: Passkey,
  { user, presented }: { user: User | undefined; presented: string | undefined },
): Promise<User> {
  if (user ? user.id !== user_id : presented === undefined) throw new PasskeyError('other-user');
  if (presented !== undefined && !equalHashes(presented, userHandle(context, user_id)))
    throw new PasskeyError('other-user');
  const owner = await findUserById(context.database, user_id);
  if (!owner || owner.disabled) throw new PasskeyError('disabled');
  return owner;
}

async function verify(
  { config: { publicUrl } }: Context,
  { id, rawId, type, response }: Assertion,
  expected: { passkey: Passkey; challenge: string; requireUserVerification: boolean },
) {
  const { passkey, challenge, requireUserVerification } = expected;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { clientDataJSON, authenticatorData, signature } = response;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: {
      id,
      rawId,
      type,
      response: { clientDataJSON, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: publicUrl,
    expectedRPID: passkey.rp_id,
    // The counter of the last use is compared where the new one is written, so that of two at once one is refused.
    credential: { id, publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')), counter: 0 },
    requireUserVerification: false,
  }).catch((error: unknown) => {
    throw new PasskeyError('invalid', error instanceof Error ? error.message : undefined);
  });
  if (!verified) throw new PasskeyError('invalid', 'signature');
  if (requireUserVerification && !authenticationInfo.userVerified) throw new PasskeyError('not-verified');
  return authenticationInfo;
}
