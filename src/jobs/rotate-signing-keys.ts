import { rotateSigningKeys } from '../protocol/tokens/rotate-signing-keys.ts';
import { signingAlgs } from '../protocol/tokens/signing-algs.ts';
import type { Job } from './job.ts';

/**
 * Publishes the successor of a signing key that has served `keyRotationSeconds`, as long before it first signs as
 * clients may take to see it.
 */
export const rotateDueSigningKeys: Job = {
  name: 'rotate-signing-keys',
  everySeconds: 600,
  async run(context) {
    const { keyRotationSeconds, keyPublicationSeconds } = context.config.lifetimes;
    const dueAt = context.now() - keyRotationSeconds + keyPublicationSeconds;
    const keys = (await context.signingKeys.list()).filter(({ state }) => state !== 'retired');
    for (const alg of signingAlgs) {
      const latest = Math.max(...keys.filter((key) => key.alg === alg).map(({ current_at }) => current_at));
      if (Number.isFinite(latest) && latest <= dueAt) await rotateSigningKeys(context, { id: 'system' }, { alg });
    }
  },
};
