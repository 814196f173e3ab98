import type { Context } from '../../context.ts';
import type { Named } from '../../lib/registry.ts';
import type { User } from '../../storage/user-row.ts';
import type { UserWithPassword } from '../../storage/users.ts';

/** Who it may be. */
export type Candidate = UserWithPassword;

/** A way in which people prove who they are. */
export interface UserAuthenticationMethod extends Named {
  /** What the ID Token says of it (RFC 8176). */
  readonly amr: readonly string[];
  /** Whether this user can use it. */
  isEnrolled(user: User): boolean;
  /** Whether what was presented proves this user; for nobody it costs the same and is false. */
  verify(context: Context, candidate: Candidate | undefined, presented: string): Promise<boolean>;
}
