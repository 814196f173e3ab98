import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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

/** How a requirement that is met goes on: `proceed`, which knows the requirements and so is handed to them. */
export type Proceed = (
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  proof: Proof,
) => Promise<FastifyReply>;

/** Something that may still be needed between the first proof and the session. */
export interface Requirement extends Named {
  /** Its page, which reads the state with `readSignInState` and goes on with the `proceed` that `routes` gets. */
  readonly path: string;
  isMissing(context: Context, request: FastifyRequest, state: SignInState): boolean | Promise<boolean>;
  readonly routes: (app: FastifyInstance, context: Context, proceed: Proceed) => void;
}
