import type { Context } from '../context.ts';
import type { User } from '../storage/user-row.ts';

/** Whether somebody can sign in with an account, and why not. */
export type AccountState = 'open' | 'disabled' | 'expired' | 'awaits-approval';

/** How an account stands now. Only who has proven to be its owner, and administrators, may learn it. */
export function accountState({ now }: Context, { disabled, expires_at, awaitsApproval }: User): AccountState {
  if (disabled) return 'disabled';
  if (expires_at !== undefined && expires_at <= now()) return 'expired';
  return awaitsApproval ? 'awaits-approval' : 'open';
}

/** Whether an account can be used now: nothing of it is worth anything as long as it cannot. */
export function isOpen(context: Context, user: User): boolean {
  return accountState(context, user) === 'open';
}
