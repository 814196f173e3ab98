import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { codeBlock } from '../ui/code-block.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { notice } from '../ui/list.ts';
import { sendPage } from '../ui/page.ts';
import { section } from '../ui/section.ts';
import { answerProblem } from './answer.ts';
import { decodedTokens } from './decoded-tokens.ts';
import { errorMeaning } from './explanations.ts';
import { playgroundPage, requestBlock, runForm } from './frame.ts';
import { responseText } from './http-message.ts';
import { client_id } from './playground-client.ts';
import { type Exchange, type Run, readRun, runUrl, tokensOf } from './run.ts';
import { sendRequest } from './send-request.ts';
import { signOutSection } from './sign-out.ts';

const path = '/playground/tokens';
const refreshPath = '/playground/refresh';

/** The third station: redeeming the code, refreshing, and the page that shows and checks what came of it. */
export function tokensPage(app: FastifyInstance, context: Context): void {
  app.post(path, async (request, reply) => {
    const run = await readPostedRun(context, request, reply);
    const problem = answerProblem(context, run);
    if (problem !== undefined) throw new PageError({ message: `The answer cannot be used: ${problem}.`, status: 400 });
    return exchange(app, context, request, reply, run, {
      grant_type: 'authorization_code',
      code: run.answer.code ?? '',
      redirect_uri: run.request.redirect_uri ?? '',
      client_id,
      code_verifier: run.code_verifier,
    });
  });

  app.post(refreshPath, async (request, reply) => {
    const run = await readPostedRun(context, request, reply);
    const refresh_token = tokensOf(run)?.refresh_token;
    if (refresh_token === undefined) throw new PageError({ message: 'This run has no refresh token.', status: 400 });
    return exchange(app, context, request, reply, run, { grant_type: 'refresh_token', refresh_token, client_id });
  });

  app.get(path, async (request, reply) => {
    const session = await currentSession(context, request);
    if (!session) return redirectToSignIn(context, request, reply, request.url);
    const { run, sealed } = readRun(context, request, reply, session);
    if (!run.exchange) throw new PageError({ message: 'The code of this run has not been redeemed.', status: 400 });
    const page = {
      station: 'Tokens',
      ...headingOf(run.exchange),
      actions: nextButtons(run, sealed, { userinfo: 'playground-userinfo', refresh: 'playground-refresh' }),
      body: html`${await showExchange(app, context, run, run.exchange)}
${nextSection(run, sealed)}
${signOutSection(context, request, reply, run)}`,
    } as const;
    return sendPage(context, reply, playgroundPage(context, session, page));
  });
}

async function readPostedRun(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Run> {
  requireSameOrigin(context, request);
  return readRun(context, request, reply, await currentSession(context, request)).run;
}

/** Sends a token request; its answer goes into the run, since a code or a refresh token is not to be sent twice. */
async function exchange(
  app: FastifyInstance,
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  run: Run,
  parameters: Record<string, string>,
): Promise<FastifyReply> {
  const response = await sendRequest(app, { ...tokenEndpoint(context), parameters });
  const { kept: _, ...before } = run;
  const kept = response.status === 200 ? undefined : tokensOf(run);
  const after = { ...before, exchange: { request: parameters, ...response }, ...(kept && { kept }) };
  return reply.header('cache-control', 'no-store').redirect(runUrl(context, request, reply, path, after), 303);
}

function tokenEndpoint({ config }: Context) {
  return { method: 'POST', url: `${config.issuer}/oauth2/token` } as const;
}

function headingOf({ status, request }: Exchange): { readonly title: string; readonly lead: string } {
  const isRefresh = request.grant_type === 'refresh_token';
  if (status !== 200)
    return { title: 'No tokens', lead: `The token endpoint refused the ${isRefresh ? 'refresh token' : 'code'}.` };
  return isRefresh
    ? { title: 'Refreshed tokens', lead: 'The refresh token has given new tokens, without the person doing anything.' }
    : { title: 'Tokens', lead: 'The code has been redeemed. These are the tokens, decoded and checked.' };
}

async function showExchange(app: FastifyInstance, context: Context, run: Run, made: Exchange): Promise<Html> {
  const { status, body } = made;
  const error = typeof body.error === 'string' ? body.error : undefined;
  return html`${status !== 200 && notice('warning', html`<p>${errorMeaning(error)}</p>`, error)}
${status === 200 && (await decodedTokens(app, context, run))}
${section({
  heading: 'The token request',
  lead: 'Sent by the application itself, out of the browser’s sight. A public client proves with the code_verifier, and nothing else, that it made the request.',
  body: requestBlock('Token request', { ...tokenEndpoint(context), parameters: made.request }),
})}
${section({ heading: 'The token response', body: codeBlock(responseText(made), 'Token response') })}`;
}

/** The ways on; they stand above and below what there is to read, and only once with ids. */
function nextButtons(run: Run, sealed: string, ids: { userinfo?: string; refresh?: string } = {}): Html[] {
  const tokens = tokensOf(run);
  const { userinfo, refresh } = ids;
  const href = `/playground/userinfo?run=${sealed}`;
  const again = {
    action: refreshPath,
    sealed,
    label: 'Refresh',
    kind: 'quiet',
    ...(refresh && { id: refresh }),
  } as const;
  return [
    ...(tokens ? [linkButton({ label: 'Ask userinfo', href, ...(userinfo && { id: userinfo }) })] : []),
    ...(tokens?.refresh_token === undefined ? [] : [runForm(again)]),
  ];
}

function nextSection(run: Run, sealed: string): Html {
  return section({
    heading: 'What comes next',
    lead: 'The access token opens the userinfo endpoint. The refresh token gets new tokens when it has expired. Sending a spent refresh token or a code again ends everything that came of them.',
    body: buttonRow(
      nextButtons(run, sealed),
      linkButton({ label: 'Start again', href: '/playground', kind: tokensOf(run) ? 'quiet' : 'primary' }),
    ),
  });
}
