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
  /** What it can be in a sign-in: the first proof, which also says who somebody is, or a second one besides it. */
  readonly factors: readonly ('first' | 'second')[];
  /** Whether this user can use it. */
  isEnrolled(context: Context, user: User): boolean | Promise<boolean>;
}

/** One in which a person types something in. */
export interface TypedMethod extends UserAuthenticationMethod {
  /** Whether what was typed in proves this user; for nobody it costs the same and is false. */
  verify(context: Context, candidate: Candidate | undefined, presented: string): Promise<boolean>;
}
