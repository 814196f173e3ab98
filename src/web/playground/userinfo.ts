import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { currentSession } from '../ui/browser-session.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { codeBlock } from '../ui/code-block.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { notice } from '../ui/list.ts';
import { sendPage } from '../ui/page.ts';
import { disclosure, section } from '../ui/section.ts';
import { errorMeaning } from './explanations.ts';
import { checkTable, playgroundPage, requestBlock } from './frame.ts';
import { type ClientRequest, curlCommand, responseText } from './http-message.ts';
import { readRun, tokensOf } from './run.ts';
import { type JsonResponse, sendRequest } from './send-request.ts';
import { signOutSection } from './sign-out.ts';

const path = '/playground/userinfo';

/** The fourth station: what the access token opens. It asks anew each time it is looked at, and changes nothing. */
export function userinfoPage(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const session = await currentSession(context, request);
    if (!session) return redirectToSignIn(context, request, reply, request.url);
    const { run, sealed } = readRun(context, request, reply, session);
    const tokens = tokensOf(run);
    if (!tokens) throw new PageError({ message: 'This run has no access token.', status: 400 });
    const asked = {
      method: 'GET',
      url: `${context.config.issuer}/userinfo`,
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    } as const;
    const response = await sendRequest(app, asked);
    const body = html`${showUserinfo(asked, response, tokens.id_token)}
${introspectionSection(context, tokens.access_token)}
${signOutSection(context, request, reply, run)}
${buttonRow(
  linkButton({ label: 'Back to the tokens', href: `/playground/tokens?run=${sealed}`, kind: 'quiet' }),
  linkButton({ label: 'Start again', href: '/playground', kind: 'quiet' }),
)}`;
    const lead =
      response.status === 200
        ? 'The claims of the scope, asked for with the access token.'
        : 'The userinfo endpoint refused the access token.';
    return sendPage(
      context,
      reply,
      playgroundPage(context, session, { station: 'Userinfo', title: 'Userinfo', lead, body }),
    );
  });
}

function showUserinfo(asked: ClientRequest, response: JsonResponse, id_token: string | undefined): Html {
  const { status, body } = response;
  const error = typeof body.error === 'string' ? body.error : undefined;
  return html`${status !== 200 && notice('warning', html`<p>${errorMeaning(error)}</p>`, error)}
${section({ heading: 'The userinfo request', body: requestBlock('Userinfo request', asked) })}
${section({
  heading: 'The userinfo response',
  lead: 'What there is depends on the scope, on what the person allowed, and on what is known of them.',
  body: html`${codeBlock(responseText(response), 'Userinfo response')}
${status === 200 && id_token !== undefined && subjectCheck(body.sub, id_token)}`,
})}`;
}

/** OpenID Connect Core §5.3.2: otherwise the access token could be somebody else's. */
function subjectCheck(sub: unknown, id_token: string): Html {
  const rule = 'sub is that of the ID Token, so both speak of the same person.';
  const check = { name: 'Subject', rule, found: String(sub), passed: sub === decodeJwt(id_token).sub };
  return checkTable('Checks of the userinfo response', [check]);
}

function introspectionSection({ config }: Context, token: string): Html {
  const url = `${config.issuer}/oauth2/introspect`;
  return disclosure(
    'How another server would ask about this token',
    html`<p>A resource server that would rather ask than check the signature sends the token to the introspection
endpoint (RFC 7662) with credentials of its own. The playground is a public client and has none; with a confidential
client in the token’s audience it goes like this:</p>
${codeBlock(
  curlCommand({ method: 'POST', url, parameters: { token } }, '--user CLIENT_ID:CLIENT_SECRET'),
  'Introspection request with curl',
)}`,
  );
}
