import type { Context } from '../../context.ts';
import { consumeTotpStep, findTotpAuthenticator, totpAuthenticatorDelete } from '../../storage/totp-authenticators.ts';
import { sealedFor, stepOf } from '../totp-secret.ts';
import type { CodeMethod } from './user-authentication-method.ts';

/** The code of an authenticator app (RFC 6238). One works once, and no older one after it. */
export const totp: CodeMethod = {
  name: 'totp',
  title: 'Authenticator app',
  amr: ['otp'],
  factors: ['second'],
  isEnrolled: async (context, { id }) => (await findTotpAuthenticator(context.database, id)) !== undefined,
  removal: totpAuthenticatorDelete,
  async verify(context: Context, { id }, presented) {
    const authenticator = await findTotpAuthenticator(context.database, id);
    if (!authenticator) return false;
    const secret = context.secretKey.unseal(authenticator.sealed_secret, sealedFor(id));
    const now = context.now();
    const step = await stepOf(secret, presented, now);
    return step !== undefined && (await consumeTotpStep(context.database, id, { step, now }));
  },
};
