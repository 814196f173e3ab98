import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import type { HtmlValue } from '../../../lib/html.ts';
import type { Named } from '../../../lib/registry.ts';
import type { Purpose } from '../purpose.ts';

/** How a method says what was wrong: on the sign-in page, in one sentence. */
export type ShowProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  problem: { readonly problem: string; readonly status: number },
) => Promise<FastifyReply>;

/** How a way to prove who one is stands on the sign-in page. The form for user name and password is the page itself. */
export interface SignInMethod extends Named {
  /** What the sign-in page shows of it: a button or a link; nothing where it cannot be used. */
  offer(context: Context, request: FastifyRequest, purpose: Purpose): HtmlValue | Promise<HtmlValue>;
  /** Ends the page as a sentence, and is no button among the others. */
  readonly isAside?: boolean;
  /** Names of assets that its offer needs. */
  readonly scripts?: readonly string[];
  /** Its own pages; each proof goes on with `proceed`, and what was wrong is said with `showProblem`. */
  readonly routes: (app: FastifyInstance, context: Context, showProblem: ShowProblem) => void;
}
