import type { Context } from '../context.ts';
import { networkOf } from '../lib/network-address.ts';
import type { ThrottlePolicy } from '../storage/throttles.ts';
import { chargeCounters, keyOf } from './throttle.ts';

/** Whoever asks for a mail again and again gets them ever more rarely: a stranger can have some fifty a day sent. */
const recipientPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 3, seconds: 60 },
    { attempts: 5, seconds: 300 },
    { attempts: 8, seconds: 1800 },
  ],
  forgetSeconds: 7200,
};

/** One address may be a whole company; one that writes to a list of people is down to a mail every two minutes. */
const senderPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 20, seconds: 20 },
    { attempts: 40, seconds: 60 },
    { attempts: 80, seconds: 120 },
  ],
  forgetSeconds: 3600,
};

/**
 * Counts that somebody asks for a mail, by what was typed in, whether or not anybody has that name or address, so that
 * the answer tells nothing. Resolves with the seconds to wait when none may be sent now, otherwise undefined.
 */
export function chargeMailRequest(
  context: Context,
  { asked, address }: { asked: string; address: string },
): Promise<number | undefined> {
  return chargeCounters(context, [
    { key: keyOf(context, 'mail-sender', networkOf(address)), policy: senderPolicy },
    { key: keyOf(context, 'mail-asked', asked), policy: recipientPolicy },
  ]);
}

/** Counts a mail to this account, whatever name or address it was asked for with; resolves as `chargeMailRequest`. */
export function chargeMailTo(context: Context, user_id: string): Promise<number | undefined> {
  return chargeCounters(context, [{ key: keyOf(context, 'mail-account', user_id), policy: recipientPolicy }]);
}
