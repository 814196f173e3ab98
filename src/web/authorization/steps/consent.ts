import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import { allowanceOf, findConsent, isCovered, rememberConsent } from '../../../identity/consents.ts';
import { consentRequired } from '../../../lib/errors.ts';
import { html } from '../../../lib/html.ts';
import { askedConsent } from '../../../protocol/authorization-requests/asked-consent.ts';
import type { AuthorizationRequest } from '../../../protocol/authorization-requests/index.ts';
import { isConfidential } from '../../../protocol/client-metadata.ts';
import { keepDescribedClient } from '../../../protocol/client-registration/metadata-document.ts';
import { findResources } from '../../../protocol/resources.ts';
import { apiList } from '../../ui/api-list.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { clientLinks, clientLogoPath, redirectHost, selfDescribedNotice } from '../../ui/client-links.ts';
import { completeStep, denyUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
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
    // Also once it was asked for: it may have been withdrawn since.
    if (!client.first_party && !isCovered(askedConsent(request), remembered)) return true;
    if (done.consent === session.user.id) return false;
    return prompt.has('consent') || (!client.first_party && canBeImpersonated(request));
  },
  pages,
};

/** A native application without a secret can be impersonated at its redirect URI unless that is https (RFC 8252 §8.6). */
function canBeImpersonated({ client, redirect_uri }: AuthorizationRequest): boolean {
  return client.application_type === 'native' && !isConfidential(client) && !redirect_uri.startsWith('https:');
}

function pages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { sealed, authorizationRequest } = await readStepPage(context, request, reply);
    const { user } = await requireSessionOf(context, request);
    const { client, redirect_uri } = authorizationRequest;
    const asked = askedConsent(authorizationRequest);
    const remembered = await findConsent(context, user.id, client.client_id);
    const allowed = remembered && allowanceOf(remembered);
    const resources = await findResources(context, asked.resource);
    return sendPage(context, reply, {
      title: `Allow ${client.client_name}?`,
      windowTitle: `Allow ${client.client_name}?`,
      lead: `${client.client_name} would like to use your account.`,
      above: clientHeader({ name: client.client_name, logo: clientLogoPath(client), host: redirectHost(redirect_uri) }),
      formAction: [redirect_uri],
      body: html`${client.described && selfDescribedNotice(client, redirect_uri)}${visitorChip(user)}
<p>It will be able to:</p>
${scopePermissions(asked.scope, user, allowed?.scope)}
${apiList(resources, allowed?.resource)}
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
    const { client } = authorizationRequest;
    await keepDescribedClient(context, client);
    await rememberConsent(
      context,
      { user_id: user.id, client_id: client.client_id, asked: askedConsent(authorizationRequest) },
      { id: user.id, address: request.ip, request_id: request.id },
    );
    const done = { step: 'consent', as: user.id };
    return reply.redirect(completeStep(context, request, reply, continuation, done), 303);
  });
}
