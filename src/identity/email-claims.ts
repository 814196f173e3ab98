/**
 * Who vouches for an e-mail address. It belongs to an account when its owner has shown that the mail sent there is theirs,
 * or when an administrator gave it. Anything else is a claim: somebody typed it in. Mail then signs nobody in and resets
 * nothing, for its reader would get into an account to which somebody else has the key, and whoever proves that the
 * address is theirs gets it.
 */
import type { Context } from '../context.ts';
import type { AuditEvent } from '../storage/audit-events.ts';
import type { User } from '../storage/user-row.ts';
import { newEvent } from './audit.ts';

/** Where mail of an account goes: nowhere, as long as the address is only claimed. */
export function mailAddressOf({ email, claimsEmail }: User): string | undefined {
  return claimsEmail ? undefined : email;
}

/** What the audit log tells whoever claimed an address that belongs to somebody else; storage fills in the target. */
export function emailLost(context: Context, email: string | null): AuditEvent {
  return newEvent(context, { id: 'system' }, 'email.lost', undefined, { email: email ?? '' });
}
