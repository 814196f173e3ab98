import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import type { Proof } from '../../../identity/user-authentication/index.ts';
import type { User } from '../../../identity/users.ts';
import type { Named } from '../../../lib/registry.ts';
import type { Purpose } from '../purpose.ts';

/** A sign-in in which somebody has proven who they are, and which is not finished. */
export interface SignInState {
  readonly purpose: Purpose;
  readonly proof: Proof;
  readonly user: User;
}

/** Something that may still be needed between the first proof and the session. */
export interface Requirement extends Named {
  /** Its page, which reads the state with `readSignInState` and goes on with `proceed`. */
  readonly path: string;
  isMissing(context: Context, request: FastifyRequest, state: SignInState): boolean | Promise<boolean>;
  readonly routes: (app: FastifyInstance, context: Context) => void;
}
