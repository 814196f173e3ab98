import { deletePasskeysOf } from '../../storage/passkeys.ts';
import { countPasskeys, hasPasskey } from '../passkeys/index.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

/**
 * A key that a device or a password manager keeps for this site alone (WebAuthn), which signs only here. Where the
 * device also makes sure who uses it, it is two factors at once; otherwise it is the second besides a password.
 */
export const passkey: UserAuthenticationMethod = {
  name: 'passkey',
  title: 'Passkey',
  amr: ['pop'],
  factors: ['first', 'second'],
  isWhole: true,
  isEnrolled: hasPasskey,
  count: countPasskeys,
  removal: deletePasskeysOf,
};
