/**
 * The jobs: what the clock asks for, and nobody waits for. Each process runs them all, so a job leaves it to the
 * database who wins, and works in small steps. To add one: write its file with a `Job`, and add its name here.
 */
import { registryOf } from '../lib/registry.ts';
import { closeExpiredAccounts } from './close-expired-accounts.ts';
import { deleteOldReplays } from './delete-expired-replays.ts';
import { deleteExpiredRows } from './delete-expired-rows.ts';
import { deleteForgottenUsers } from './delete-forgotten-users.ts';
import { deleteUnusedClients } from './delete-unused-clients.ts';
import { deliverDueLogoutTokens } from './deliver-logout-tokens.ts';
import { deliverDueMails } from './deliver-mails.ts';
import type { Job } from './job.ts';
import { rememberWhatTimeItIs } from './remember-time.ts';
import { rotateDueSigningKeys } from './rotate-signing-keys.ts';

export const jobs = registryOf<Job>(
  rememberWhatTimeItIs,
  rotateDueSigningKeys,
  deleteExpiredRows,
  closeExpiredAccounts,
  deleteOldReplays,
  deleteUnusedClients,
  deleteForgottenUsers,
  deliverDueLogoutTokens,
  deliverDueMails,
);
