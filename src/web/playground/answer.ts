import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { type Html, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { codeBlock } from '../ui/code-block.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { notice } from '../ui/list.ts';
import { type Page, sendPage } from '../ui/page.ts';
import { disclosure, section } from '../ui/section.ts';
import { authorizationRequestOf, takeAttempt } from './attempt.ts';
import { errorMeaning } from './explanations.ts';
import { checkTable, parameterList, playgroundPage, requestBlock, runForm } from './frame.ts';
import { requestText } from './http-message.ts';
import { callbackPath } from './playground-client.ts';
import { type Run, readRun, runUrl } from './run.ts';
import type { Check } from './token-checks.ts';

const path = '/playground/answer';

/** An authorization response: a handful of short parameters. */
const answerSchema = z.record(z.string().max(100), z.string().max(2000)).refine((all) => Object.keys(all).length <= 20);

/** The second station: the redirect URI, and the page that shows what came to it. */
export function answerPage(app: FastifyInstance, context: Context): void {
  app.get(callbackPath, (request, reply) => receive(context, request, reply));
  app.post(callbackPath, async (request, reply) => {
    requireSameOrigin(context, request);
    return receive(context, request, reply);
  });
  app.get(path, async (request, reply) => {
    const session = await currentSession(context, request);
    if (!session) return redirectToSignIn(context, request, reply, request.url);
    const { run, sealed } = readRun(context, request, reply, session);
    return sendPage(context, reply, showAnswer(context, session, run, sealed));
  });
}

/** Why this answer must not be trusted with a token request, or undefined: RFC 6749 §10.12 and RFC 9207 §2.4. */
export function answerProblem({ config }: Context, { answer, request }: Run): string | undefined {
  if (answer.state !== request.state) return 'the state is not that of the request';
  if (answer.iss !== config.issuer) return 'the issuer is not the one that was asked';
  return answer.code === undefined ? 'there is no code in it' : undefined;
}

/** Takes an authorization response out of the address bar at once: the code in it is worth something. */
async function receive(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { parameters, repeated } = request.method === 'POST' ? formOf(request) : queryOf(request);
  const answer = answerSchema.safeParse({ ...requireUnrepeated({ parameters, repeated }) });
  const attempt = takeAttempt(context, request, reply, parameters.state ?? '');
  if (!attempt || !answer.success)
    throw new PageError({
      heading: 'Not an answer to this browser',
      message: 'This answer belongs to no request that this browser is waiting for, so the playground does not use it.',
      whatToDo: html`Each answer counts once, for half an hour, and only the run that you started last.
<a href="/playground">Start a new run</a>`,
      status: 400,
    });
  const session = await currentSession(context, request);
  const run: Run = {
    started_at: attempt.started_at,
    people: [...new Set([attempt.started_by, ...(session ? [session.user.id] : [])])],
    request: authorizationRequestOf(context, attempt),
    code_verifier: attempt.code_verifier,
    answer: answer.data,
  };
  return reply
    .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .redirect(runUrl(context, request, reply, path, run), 303);
}

function showAnswer(context: Context, session: Session, run: Run, sealed: string): Page {
  const { publicUrl, issuer, requirePushedAuthorizationRequests: isPushed } = context.config;
  const { answer, request } = run;
  const problem = answerProblem(context, run);
  const method = request.response_mode === 'form_post' ? 'POST' : 'GET';
  const redeem = { action: '/playground/tokens', sealed, label: 'Redeem the code' };
  const received = { method, url: `${publicUrl}${callbackPath}`, parameters: answer } as const;
  return playgroundPage(context, session, {
    station: 'Answer',
    title: answer.error === undefined ? 'A code has come back' : 'An error has come back',
    lead:
      answer.error === undefined
        ? 'The browser went to the authorization endpoint and is back with a code.'
        : 'The browser went to the authorization endpoint and is back without a code.',
    ...(problem === undefined && { actions: runForm({ ...redeem, id: 'playground-redeem' }) }),
    body: html`${outcome(answer)}
${section({
  heading: 'The authorization request',
  lead: isPushed
    ? 'What the playground pushed ahead. The browser was sent off with the request_uri that came back for it.'
    : 'What the playground sent the browser off with.',
  body: isPushed
    ? requestBlock('Pushed request', { method: 'POST', url: `${issuer}/oauth2/par`, parameters: request })
    : requestBlock(
        'Authorization request',
        { method: 'GET', url: `${issuer}/oauth2/auth`, parameters: request },
        "--silent --output /dev/null --write-out '%{redirect_url}\\n'",
      ),
})}
${section({
  heading: 'The authorization response',
  lead: 'What the browser brought to the redirect URI.',
  body: html`${codeBlock(requestText(received), 'Authorization response')}
${disclosure('What the parameters mean', parameterList(answer))}
${checkTable('Checks of the authorization response', checksOf(run, issuer))}`,
})}
${
  problem === undefined
    ? section({
        heading: 'What comes next',
        lead: 'The playground sends the code to the token endpoint, together with the code_verifier that only it knows.',
        body: buttonRow(runForm(redeem), linkButton({ label: 'Start again', href: '/playground', kind: 'quiet' })),
      })
    : buttonRow(linkButton({ label: 'Start again', href: '/playground' }))
}`,
  });
}

function outcome({ error, error_description }: Run['answer']): Html | undefined {
  if (error === undefined) return undefined;
  return notice(
    'warning',
    html`<p>${errorMeaning(error)}</p>${error_description && html`<p>The server says: ${error_description}</p>`}`,
    error,
  );
}

function checksOf({ answer, request }: Run, issuer: string): Check[] {
  return [
    {
      name: 'State',
      rule: 'It is the one that this browser was sent off with, so the answer belongs to this request.',
      found: answer.state ?? 'nothing',
      passed: answer.state === request.state,
    },
    {
      name: 'Issuer',
      rule: `iss is exactly ${issuer}, so the code is redeemed where it was made (RFC 9207).`,
      found: answer.iss ?? 'nothing',
      passed: answer.iss === issuer,
    },
  ];
}
