import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { html } from '../../lib/html.ts';
import { type ParsedParameters, requireUnrepeated } from '../../lib/parameters.ts';
import { prompts } from '../../protocol/authorization-requests/prompt.ts';
import { pushAuthorizationRequest } from '../../protocol/authorization-requests/push.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { scopes } from '../../protocol/scopes.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { checkboxGroup, checkedValues, problemSummary, selectField, textArea, textField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { type Page, sendPage } from '../ui/page.ts';
import { disclosure, formSection } from '../ui/section.ts';
import { type Attempt, authorizationRequestOf, beginAttempt } from './attempt.ts';
import { playgroundPage } from './frame.ts';
import { ensurePlaygroundClient } from './playground-client.ts';
import { isSignOutState, signedOutPage } from './signed-out.ts';

const path = '/playground';

/** Fragments never reach a server, and this client is one. */
const responseModesOffered = ['query', 'form_post'];

/** What may be chosen. Values are bounded but not judged: the server's answer to a wrong one is worth seeing. */
const chosenSchema = z.object({
  prompt: z.string().max(60).optional(),
  max_age: z.string().max(20).optional(),
  response_mode: z.enum(responseModesOffered).optional(),
  login_hint: z.string().max(100).optional(),
  claims: z.string().max(300).optional(),
});
type Chosen = z.output<typeof chosenSchema> & { readonly scope?: string };

/** The first station: choosing an authorization request and sending the browser off with it. */
export function startPage(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const session = await currentSession(context, request);
    const { state } = queryOf(request).parameters;
    if (state !== undefined && isSignOutState(context, request, reply, state))
      return sendPage(context, reply, signedOutPage(state, session !== undefined));
    if (!session) return redirectToSignIn(context, request, reply, path);
    requireAdministrator(session);
    return sendPage(context, reply, choicePage(context, session, { scope: 'openid profile email' }));
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const session = await currentSession(context, request);
    if (!session) return redirectToSignIn(context, request, reply, path);
    requireAdministrator(session);
    const chosen = readChosen(requireUnrepeated(formOf(request)));
    if ('problem' in chosen) return sendPage(context, reply, choicePage(context, session, chosen, chosen.problem));

    const actor = { id: session.user.id, address: request.ip, request_id: request.id };
    const client = await ensurePlaygroundClient(context, actor);
    const given = Object.entries(chosen).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const attempt = beginAttempt(context, request, reply, {
      started_by: session.user.id,
      chosen: Object.fromEntries(given),
    });
    if (!attempt)
      return sendPage(
        context,
        reply,
        choicePage(context, session, chosen, 'All together this is too long: ask for less.'),
      );
    const query = new URLSearchParams(await frontChannelRequest(context, client, attempt, request.ip));
    return reply.header('cache-control', 'no-store').redirect(`/oidc/oauth2/auth?${query}`, 303);
  });
}

/** What the browser is sent off with: the request itself, or its reference where all requests must be pushed first. */
async function frontChannelRequest(
  context: Context,
  client: Client,
  attempt: Attempt,
  address: string,
): Promise<Record<string, string>> {
  const parameters = authorizationRequestOf(context, attempt);
  if (!context.config.requirePushedAuthorizationRequests) return parameters;
  const { request_uri } = await pushAuthorizationRequest(context, client, parameters, { binding: undefined, address });
  return { client_id: client.client_id, request_uri };
}

/** Throws a PageError for everybody else: what is shown here is for people who set up applications. */
function requireAdministrator({ user }: Session): void {
  if (user.administrator) return;
  throw new PageError({
    heading: 'For administrators',
    message: 'The playground shows administrators how signing in to an application works.',
    whatToDo: html`<a href="/">Go to your applications</a>`,
    status: 403,
  });
}

function readChosen(parameters: ParsedParameters['parameters']): Chosen | (Chosen & { problem: string }) {
  const scope = checkedValues(parameters, 'scope', scopes.keys()).join(' ');
  const chosen = chosenSchema.safeParse({ ...parameters });
  if (!chosen.success) return { scope, problem: `${String(chosen.error.issues[0]?.path[0])} is too long.` };
  const { response_mode, ...others } = chosen.data;
  const given = { scope, ...others, ...(response_mode === 'query' ? {} : { response_mode }) };
  return scope === ''
    ? { ...given, problem: 'Choose at least one scope: without any there is nothing to ask for.' }
    : given;
}

function choicePage(context: Context, session: Session, chosen: Chosen, problem?: string): Page {
  return playgroundPage(context, session, {
    station: 'Request',
    title: 'Playground',
    lead: 'An application built into Castellan. It signs you in through this very server, step by step, and shows every request, every answer, and what is in the tokens.',
    ...(problem !== undefined && { status: 400 }),
    // The same as the button at the end of the form, for whoever takes what is chosen already.
    actions: html`<button type="submit" class="button primary" form="playground-start">Start</button>`,
    body: html`${problemSummary(problem === undefined ? [] : [problem])}
${postForm({
  action: path,
  id: 'playground-start',
  body: html`${formSection({ heading: 'Scope', lead: 'What the application asks for. Each scope value stands for some claims.', body: scopeField(chosen) })}
${formSection({ heading: 'Sign-in', lead: 'What the person must do, whoever is signed in already.', body: signInFields(chosen) })}
${formSection({ heading: 'Answer', lead: 'How the answer comes back, and what else should be in it.', body: answerFields(chosen) })}
${buttonRow(submitButton({ label: 'Start', id: 'playground-start-submit' }))}`,
})}
${disclosure(
  'What will happen',
  html`<p>Your browser is sent to the authorization endpoint, as by any application. You sign in if need be, and allow
the playground what it asks for. The browser comes back with a code, and you decide when it is redeemed for tokens. The
playground is an ordinary client, registered as <code>castellan-playground</code> when you first start: a public one
with PKCE and refresh tokens. You may edit it in the console to see what changes.</p>`,
)}`,
  });
}

function scopeField({ scope = '' }: Chosen) {
  return checkboxGroup({
    name: 'scope',
    label: 'Scope values',
    values: scope.split(' '),
    options: [...scopes.values()].map(({ name, claims, permission }) => ({
      value: name,
      label: html`<code>${name}</code>`,
      hint: [permission, claims.length > 0 ? `Claims: ${claims.join(', ')}` : ''].filter(Boolean).join('. '),
    })),
  });
}

const promptLabels: Readonly<Record<string, string>> = {
  none: 'none: show no page at all',
  login: 'login: sign in again',
  consent: 'consent: ask again for permission',
  select_account: 'select_account: choose who signs in',
};

function signInFields({ prompt, max_age, login_hint }: Chosen) {
  return html`${selectField({
    name: 'prompt',
    label: html`<code>prompt</code>`,
    value: prompt ?? '',
    options: [
      { value: '', label: 'Only what is needed' },
      ...prompts.flatMap((value) => {
        const label = promptLabels[value];
        return label === undefined ? [] : [{ value, label }];
      }),
    ],
  })}${textField({
    name: 'max_age',
    label: html`<code>max_age</code>`,
    hint: 'How long ago the sign-in may be at most; 0 asks for a new one.',
    value: max_age ?? '',
    required: false,
    maxlength: 20,
    inputmode: 'numeric',
    short: true,
    code: true,
    suffix: 'seconds',
  })}${textField({
    name: 'login_hint',
    label: html`<code>login_hint</code>`,
    hint: 'Who is expected: fills in the sign-in page.',
    value: login_hint ?? '',
    required: false,
    maxlength: 100,
  })}`;
}

function answerFields({ response_mode, claims }: Chosen) {
  return html`${selectField({
    name: 'response_mode',
    label: html`<code>response_mode</code>`,
    value: response_mode ?? 'query',
    options: [
      { value: 'query', label: 'query: in the address' },
      { value: 'form_post', label: 'form_post: in a form' },
    ],
  })}${textArea({
    name: 'claims',
    label: html`<code>claims</code>`,
    hint: html`Single claims by name, as JSON, such as <code>{"id_token":{"email":null}}</code>`,
    value: claims ?? '',
    required: false,
    maxlength: 300,
    rows: 2,
    code: true,
  })}`;
}
