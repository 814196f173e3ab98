import { consumeRecoveryCode, deleteRecoveryCodesOf, findRecoveryCodesLeft } from '../../storage/recovery-codes.ts';
import { newEvent } from '../audit.ts';
import { recoveryCodeHash, recoveryCodeIn } from '../recovery-code.ts';
import type { CodeMethod } from './user-authentication-method.ts';

/** One of the codes that a person put aside for the day when the other second factors are lost. */
export const recoveryCodes: CodeMethod = {
  name: 'recovery-codes',
  title: 'Recovery codes',
  amr: ['otp'],
  factors: ['reserve'],
  isEnrolled: async (context, { id }) => (await findRecoveryCodesLeft(context.database, id)).left > 0,
  removal: deleteRecoveryCodesOf,
  async verify(context, { id }, presented) {
    const code = recoveryCodeIn(presented);
    if (code === undefined) return false;
    return consumeRecoveryCode(context.database, {
      user_id: id,
      code_hash: recoveryCodeHash(context, id, code),
      now: context.now(),
      event: newEvent(context, { id }, 'recovery-code.used', id),
    });
  },
};
