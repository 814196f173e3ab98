import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { hiddenField } from '../ui/form.ts';
import { disclosure, section } from '../ui/section.ts';
import { requestBlock } from './frame.ts';
import { client_id } from './playground-client.ts';
import { type Run, tokensOf } from './run.ts';
import { signOutState } from './signed-out.ts';

/** The last station: a form that sends the browser to the end session endpoint (RP-Initiated Logout 1.0 §2). */
export function signOutSection(context: Context, request: FastifyRequest, reply: FastifyReply, run: Run): Html {
  const { config } = context;
  const id_token_hint = tokensOf(run)?.id_token;
  const parameters = {
    ...(id_token_hint === undefined ? { client_id } : { id_token_hint }),
    post_logout_redirect_uri: `${config.publicUrl}/playground`,
    state: signOutState(context, request, reply),
  };
  const url = `${config.issuer}/oauth2/logout`;
  return section({
    heading: 'Sign-out',
    lead: 'The application sends the browser to the end session endpoint. The ID Token shows whose session is meant, so nobody is asked; without one the person is.',
    body: html`${disclosure('The sign-out request', requestBlock('Sign-out request', { method: 'POST', url, parameters }))}
${postForm({
  action: new URL(url).pathname,
  body: html`${Object.entries(parameters).map(([name, value]) => hiddenField(name, value))}
${buttonRow(submitButton({ label: 'Sign out', id: 'playground-sign-out', kind: 'quiet' }))}`,
})}`,
  });
}
