import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import { recordEvent } from '../../../identity/audit.ts';
import type { User } from '../../../identity/users.ts';
import { consentRequired } from '../../../lib/errors.ts';
import { type Html, html } from '../../../lib/html.ts';
import { scopesOfClaims } from '../../../protocol/authorization-requests/claims-parameter.ts';
import type { AuthorizationRequest } from '../../../protocol/authorization-requests/index.ts';
import { isConfidential } from '../../../protocol/client-metadata.ts';
import { keepDescribedClient } from '../../../protocol/client-registration/metadata-document.ts';
import { findConsent, upsertConsent } from '../../../storage/consents.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { clientLinks, clientLogoPath, redirectHost } from '../../ui/client-links.ts';
import { completeStep, denyUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { notice } from '../../ui/notice.ts';
import { sendPage } from '../../ui/page.ts';
import { clientHeader } from '../../ui/portrait.ts';
import { scopePermissions } from '../../ui/scope-permissions.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import { readStepPage, requireSessionOf } from '../step-page.ts';
import type { Step } from './step.ts';

const path = '/consent';

/** What the person allows the client: asked once, remembered, and asked again only for more. */
export const consent: Step = {
  name: 'consent',
  path,
  silentError: consentRequired,
  isMissing({ request, session, consent: remembered, done }) {
    const { client, prompt } = request;
    if (!session) return true;
    if (done.consent === session.user.id) return false;
    if (prompt.has('consent')) return true;
    if (client.first_party) return false;
    if (canBeImpersonated(request) || !remembered) return true;
    const allowed = remembered.scope.split(' ');
    return !askedScope(request).every((value) => allowed.includes(value));
  },
  pages,
};

/** A native application without a secret can be impersonated at its redirect URI unless that is https (RFC 8252 §8.6). */
function canBeImpersonated({ client, redirect_uri }: AuthorizationRequest): boolean {
  return client.application_type === 'native' && !isConfidential(client) && !redirect_uri.startsWith('https:');
}

/** The scope with the scope values of claims that are asked for by name. */
function askedScope({ scope, claims }: AuthorizationRequest): string[] {
  return [...new Set([...scope, ...scopesOfClaims(claims)])];
}

function pages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { sealed, authorizationRequest } = await readStepPage(context, request, reply);
    const { user } = await requireSessionOf(context, request);
    const { client, redirect_uri } = authorizationRequest;
    const remembered = await findConsent(context.database, user.id, client.client_id);
    return sendPage(context, reply, {
      title: `Allow ${client.client_name}?`,
      windowTitle: `Allow ${client.client_name}?`,
      lead: `${client.client_name} would like to use your account.`,
      above: clientHeader({ name: client.client_name, logo: clientLogoPath(client), host: redirectHost(redirect_uri) }),
      formAction: [redirect_uri],
      body: html`${client.described && unregistered(client.client_id, redirect_uri)}${visitorChip(user)}
<p>It will be able to:</p>
${scopePermissions(askedScope(authorizationRequest), user, remembered?.scope.split(' '))}
${postForm({
  action: path,
  body: html`${hiddenField('continuation', sealed)}${hiddenField('user', user.id)}
${buttonRow(
  submitButton({ label: 'Allow', id: 'consent-allow', name: 'decision', value: 'allow' }),
  submitButton({ label: 'Cancel', id: 'consent-deny', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}
${clientLinks(client)}`,
    });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, authorizationRequest, parameters } = await readStepPage(context, request, reply);
    const { user } = await requireSessionOf(context, request, parameters.user ?? '');
    if (parameters.decision === 'deny') return reply.redirect(denyUrl(context, request, reply, continuation), 303);
    if (parameters.decision !== 'allow')
      throw new PageError({ message: 'Please choose Allow or Cancel.', status: 400 });
    await remember(context, user, authorizationRequest, { address: request.ip, request_id: request.id });
    const done = { step: 'consent', as: user.id };
    return reply.redirect(completeStep(context, request, reply, continuation, done), 303);
  });
}

/** Anybody may call an application anything; what cannot be made up is the host that its description came from. */
function unregistered(client_id: string, redirect_uri: string): Html {
  return notice(
    'warning',
    html`Nobody here has registered this application. It describes itself at
<strong>${redirectHost(client_id)}</strong>, and you will be sent to <strong>${redirectHost(redirect_uri)}</strong>.
Allow it only if you know both.`,
  );
}

async function remember(
  context: Context,
  user: User,
  request: AuthorizationRequest,
  from: { address: string; request_id: string },
): Promise<void> {
  const { client_id } = request.client;
  await keepDescribedClient(context, request.client);
  const before = await findConsent(context.database, user.id, client_id);
  const scope = [...new Set([...(before?.scope.split(' ') ?? []), ...askedScope(request)])].join(' ');
  await upsertConsent(context.database, { user_id: user.id, client_id, scope, granted_at: context.now() });
  await recordEvent(context, { id: user.id, ...from }, 'consent.granted', client_id, { scope });
}
