import type { Context } from '../context.ts';
import { firstIdAt } from '../lib/split-token.ts';
import {
  deleteEndedAuthorizations,
  deleteEndedCodes,
  deleteEndedDeviceAuthorizations,
  deleteEndedPushedRequests,
  deleteExpiredLinks,
  deleteExpiredOpaqueAccessTokens,
  deleteExpiredRefreshTokens,
  deleteExpiredRevocations,
  deleteExpiredSessions,
  deleteExpiredSigningKeys,
  deleteExpiredTrustedDevices,
  deleteOldAuditEvents,
  deleteOldInvitations,
  deleteOldLogoutDeliveries,
  deleteOldMails,
  deleteRestedThrottles,
  forgetExpiredMails,
  purgeLimit,
} from '../storage/purge.ts';
import type { Job } from './job.ts';

/** A code that comes back within this time after its end is still recognised, and revokes what it gave. */
const codeMemorySeconds = 3600;
/** The longest life that a code can have. */
const longestCodeSeconds = 600;
/** A sign-in that began with a pushed request while it held may be finished within this time. */
const pushedRequestMemorySeconds = 3600;
/** Other processes' clocks may be behind ours. */
const skewSeconds = 60;
const throttleMemorySeconds = 86_400;
/** Administrators can look up for this long which clients were told of a sign-out. */
const logoutMemorySeconds = 30 * 86_400;
/** And for as long what mails were sent to whom. */
const mailMemorySeconds = 30 * 86_400;
/** And for as long which invitations there were. */
const invitationMemorySeconds = 30 * 86_400;
/** A run ends some time, however many rows there are; the next one goes on. */
const statementsPerTable = 10_000;

/** Deletes rows that can no longer matter to any answer, at most `purgeLimit` in one statement. */
export const deleteExpiredRows: Job = {
  name: 'delete-expired-rows',
  everySeconds: 600,
  async run(context, signal) {
    const { database, config } = context;
    const now = context.now() - skewSeconds;
    const codesEndedBefore = now - codeMemorySeconds;
    const codesMadeBefore = firstIdAt(codesEndedBefore - longestCodeSeconds);
    await untilNothingIsLeft(signal, () => deleteEndedCodes(database, codesEndedBefore, codesMadeBefore));
    const pushedEndedBefore = now - pushedRequestMemorySeconds;
    const pushedMadeBefore = firstIdAt(pushedEndedBefore);
    await untilNothingIsLeft(signal, () => deleteEndedPushedRequests(database, pushedEndedBefore, pushedMadeBefore));
    const devicesMadeBefore = firstIdAt(codesEndedBefore);
    await untilNothingIsLeft(signal, () =>
      deleteEndedDeviceAuthorizations(database, codesEndedBefore, devicesMadeBefore),
    );
    await walkRefreshTokens(context, signal, now);
    await untilNothingIsLeft(signal, () => deleteEndedAuthorizations(database, now, now));
    await untilNothingIsLeft(signal, () => deleteExpiredSessions(database, now));
    await untilNothingIsLeft(signal, () => deleteOldLogoutDeliveries(database, now - logoutMemorySeconds));
    await untilNothingIsLeft(signal, () => forgetExpiredMails(database, now));
    const mailsMadeBefore = firstIdAt(now - mailMemorySeconds);
    await untilNothingIsLeft(signal, () => deleteOldMails(database, mailsMadeBefore));
    await untilNothingIsLeft(signal, () => deleteExpiredLinks(database, now));
    await untilNothingIsLeft(signal, () => deleteOldInvitations(database, now - invitationMemorySeconds));
    await untilNothingIsLeft(signal, () => deleteExpiredTrustedDevices(database, now));
    await untilNothingIsLeft(signal, () => deleteRestedThrottles(database, now - throttleMemorySeconds, now));
    await untilNothingIsLeft(signal, () => deleteExpiredRevocations(database, now));
    await untilNothingIsLeft(signal, () => deleteExpiredOpaqueAccessTokens(database, now));
    if (config.lifetimes.auditLogSeconds > 0) {
      const eventsMadeBefore = firstIdAt(now - config.lifetimes.auditLogSeconds);
      await untilNothingIsLeft(signal, () => deleteOldAuditEvents(database, eventsMadeBefore));
    }
    if (signal.aborted) return;
    // An expired ID Token may be a hint for as long as its session lasts, so its key outlives its publication.
    await deleteExpiredSigningKeys(database, now - config.lifetimes.sessionSeconds);
  },
};

async function untilNothingIsLeft(signal: AbortSignal, deleteSome: () => Promise<number>): Promise<void> {
  for (let statement = 0; statement < statementsPerTable && !signal.aborted; statement++)
    if ((await deleteSome()) < purgeLimit) return;
}

async function walkRefreshTokens({ database }: Context, signal: AbortSignal, now: number): Promise<void> {
  let after: string | undefined = '';
  for (let statement = 0; after !== undefined && statement < statementsPerTable && !signal.aborted; statement++)
    after = await deleteExpiredRefreshTokens(database, after, now);
}
