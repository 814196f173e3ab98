import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import type { Session } from '../../../identity/sessions.ts';
import type { Html } from '../../../lib/html.ts';
import type { Named } from '../../../lib/registry.ts';

/** One part of the page "Ways to sign in". */
export interface SecuritySection extends Named {
  /** Names of assets that it needs. */
  readonly scripts?: readonly string[];
  /** What the page shows of it, made with `section`; nothing where it cannot be used. */
  section(
    context: Context,
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
  ): Html | undefined | Promise<Html | undefined>;
  /**
   * Its own pages, under /account/security/ and its name. Whoever reaches them is signed in, and a POST was sent by a
   * page of ours; what changes how somebody signs in asks `freshSignIn` first.
   */
  readonly routes?: (app: FastifyInstance, context: Context) => void;
}
