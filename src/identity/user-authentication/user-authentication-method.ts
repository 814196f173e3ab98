import type { Context } from '../../context.ts';
import type { Named } from '../../lib/registry.ts';
import type { Sql } from '../../storage/database.ts';
import type { User } from '../../storage/user-row.ts';
import type { UserWithPassword } from '../../storage/users.ts';

/** Who it may be. */
export type Candidate = UserWithPassword;

/** A way in which people prove who they are. */
export interface UserAuthenticationMethod extends Named {
  /** What the console and the command line call it. */
  readonly title: string;
  /** What the ID Token says of it (RFC 8176). */
  readonly amr: readonly string[];
  /**
   * What it can be in a sign-in: the first proof, which also says who somebody is, a second one besides it, or one in
   * reserve for when the second ones are lost, which does not make a second factor necessary.
   */
  readonly factors: readonly ('first' | 'second' | 'reserve')[];
  /** Whether it needs no second proof besides, as the first one. */
  readonly isWhole?: true;
  /** Whether this user can use it. */
  isEnrolled(context: Context, user: User): boolean | Promise<boolean>;
  /**
   * How many of it this user could still rely on, were the others lost; where it is left out, one when it is enrolled.
   */
  count?(context: Context, user: User): number | Promise<number>;
  /** The statement that takes it from a user, of one that can be a second factor. */
  removal?(user_id: string): Sql;
}

/** One in which a person types something in. */
export interface TypedMethod extends UserAuthenticationMethod {
  /** Whether what was typed in proves this user; for nobody it costs the same and is false. */
  verify(context: Context, candidate: Candidate | undefined, presented: string): Promise<boolean>;
}

/** One in which a person who is known by now types a code in, which works once. */
export interface CodeMethod extends UserAuthenticationMethod {
  /** Whether the code proves this user; from then on it proves nobody. */
  verify(context: Context, user: User, presented: string): Promise<boolean>;
}
