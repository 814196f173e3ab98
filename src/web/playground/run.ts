/**
 * A run whose answer has come, carried from page to page in the URL: sealed and bound to this browser, as continuations
 * are. So tokens are never readable in an address or a log, every form is answered with a redirect to a page that can
 * be reloaded, and nothing is stored in a table that a visitor could fill.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { SealError } from '../../lib/seal.ts';
import { browserId } from '../ui/browser-session.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';

const lifeSeconds = 3600;
/** Common proxies take 8 KiB for the first line of a request. */
const longestSealedRun = 7500;

const tokensSchema = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
});

const runSchema = z.object({
  started_at: z.number(),
  /** Who may see it: the administrator who started it, and the person who signed in, who may be another. */
  people: z.array(z.string()),
  request: z.record(z.string(), z.string()),
  code_verifier: z.string(),
  /** The parameters of the authorization response. */
  answer: z.record(z.string(), z.string()),
  /** The last token request and what came of it. */
  exchange: z
    .object({
      request: z.record(z.string(), z.string()),
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.record(z.string(), z.unknown()),
    })
    .optional(),
  /** The tokens from before an exchange that failed. */
  kept: tokensSchema.optional(),
});

export type Run = z.output<typeof runSchema>;
export type Exchange = NonNullable<Run['exchange']>;
export type Tokens = z.output<typeof tokensSchema>;

/** The address of a page of this run. Throws a PageError when the run has grown too large for an address. */
export function runUrl(context: Context, request: FastifyRequest, reply: FastifyReply, path: string, run: Run): string {
  const sealed = context.secretKey.seal(JSON.stringify(run), boundTo(browserId(context, request, reply)));
  if (sealed.length <= longestSealedRun) return `${path}?run=${sealed}`;
  throw new PageError({
    heading: 'Too much for the playground',
    message: 'What came back is too long for the playground to carry on.',
    whatToDo: html`<a href="/playground">Start again</a> and ask for fewer claims.`,
    status: 400,
  });
}

/**
 * The run in the query or, for a POST, in the form, and that text itself for the links of a page. Throws a PageError
 * when it was made for another browser, is older than an hour, or when somebody who has no part in it is signed in.
 */
export function readRun(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session | undefined,
): { readonly run: Run; readonly sealed: string } {
  const { run: sealed = '' } = requireUnrepeated(request.method === 'POST' ? formOf(request) : queryOf(request));
  const run = unseal(context, sealed, browserId(context, request, reply));
  const isOver = run !== undefined && context.now() >= run.started_at + lifeSeconds;
  if (run && !isOver && session && run.people.includes(session.user.id)) return { run, sealed };
  throw new PageError({
    heading: 'Please start again',
    message: refusal(isOver, run !== undefined, session !== undefined),
    whatToDo: html`<a href="/playground">Open the playground</a>`,
    status: 400,
  });
}

/** The tokens of a run that are good as far as it knows. */
export function tokensOf({ exchange, kept }: Run): Tokens | undefined {
  return tokensSchema.safeParse(exchange?.body).data ?? kept;
}

function refusal(isOver: boolean, isOurs: boolean, isSignedIn: boolean): string {
  if (isOver) return 'This run of the playground was started more than an hour ago.';
  if (!isOurs) return 'This run of the playground was started in another browser, or its address is incomplete.';
  if (!isSignedIn) return 'You have signed out meanwhile.';
  return 'This run of the playground is somebody else’s.';
}

function unseal(context: Context, sealed: string, browser: string): Run | undefined {
  try {
    return runSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(browser))));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (browser: string): string => `playground-run/${browser}`;
