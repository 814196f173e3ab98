import { setTimeout } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { deliverLogoutTokens } from '../../protocol/logout/index.ts';

/** How long a person waits for applications to answer. */
const patienceMilliseconds = 2000;

/** Tells the applications of ended sessions; the person waits a moment for them, and not for those that are slow. */
export async function tellApplications(
  context: Context,
  request: FastifyRequest,
  session_ids: readonly string[],
): Promise<void> {
  const told = Promise.all(session_ids.map((session_id) => deliverLogoutTokens(context, { session_id }))).catch(
    (error: unknown) => {
      // The job tries again.
      request.log.error({ err: error }, 'applications could not be told of a sign-out');
    },
  );
  await Promise.race([told, setTimeout(patienceMilliseconds, undefined, { ref: false })]);
}
