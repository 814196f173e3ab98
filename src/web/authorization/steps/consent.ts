import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { type Answer, type Asked, findConsent, isCovered, rememberConsent } from '../../../identity/consents.ts';
import { consentRequired } from '../../../lib/errors.ts';
import { html } from '../../../lib/html.ts';
import type { ParsedParameters } from '../../../lib/parameters.ts';
import { SealError } from '../../../lib/seal.ts';
import { askedConsent } from '../../../protocol/authorization-requests/asked-consent.ts';
import type { AuthorizationRequest } from '../../../protocol/authorization-requests/index.ts';
import { isConfidential } from '../../../protocol/client-metadata.ts';
import { keepDescribedClient } from '../../../protocol/client-registration/metadata-document.ts';
import { findResources } from '../../../protocol/resources.ts';
import { currentSession, requireSameOrigin } from '../../ui/browser-session.ts';
import { linkButton } from '../../ui/button.ts';
import { completeStep, denyUrl, resumeUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { checkedValues, hiddenField } from '../../ui/form.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { consentPage, path } from '../consent-page.ts';
import { readStepPage } from '../step-page.ts';
import { authorizationTexts } from '../texts/index.ts';
import type { Step } from './step.ts';

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
  pages(app: FastifyInstance, context: Context): void {
    app.get(path, (request, reply) => ask(context, request, reply));
    app.post(path, (request, reply) => decide(context, request, reply));
  },
};

/** A native application without a secret can be impersonated at its redirect URI unless that is https (RFC 8252 §8.6). */
function canBeImpersonated({ client, redirect_uri }: AuthorizationRequest): boolean {
  return client.application_type === 'native' && !isConfidential(client) && !redirect_uri.startsWith('https:');
}

async function ask(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { continuation, sealed, authorizationRequest } = await readStepPage(context, request, reply);
  const session = await currentSession(context, request);
  if (!session) return reply.redirect(resumeUrl(context, request, reply, continuation), 303);
  const { user } = session;
  const asked = askedConsent(authorizationRequest);
  const shown = sealShown(context, { user_id: user.id, ...asked });
  const question = {
    request: authorizationRequest,
    user,
    asked,
    resources: await findResources(context, asked.resource),
    remembered: await findConsent(context, user.id, authorizationRequest.client.client_id),
    hidden: html`${hiddenField('continuation', sealed)}${hiddenField('shown', shown)}`,
  };
  return sendPage(context, reply, consentPage(textsFor(context, request, authorizationTexts), question));
}

async function decide(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const { continuation, sealed, authorizationRequest, parameters } = await readStepPage(context, request, reply);
  const { decision } = parameters;
  const session = await currentSession(context, request);
  const shown = readShown(context, parameters.shown ?? '');
  // Who has signed out meanwhile signs in, and is asked again. What was decided for one must not count for another.
  if (session && session.user.id !== shown?.user_id) throw askedSomebodyElse(sealed);
  if (decision === 'deny') return reply.redirect(denyUrl(context, request, reply, continuation), 303);
  if (!session) return reply.redirect(resumeUrl(context, request, reply, continuation), 303);
  const { user } = session;
  if (decision !== 'allow' || !shown) throw new PageError({ message: (t) => t('chooseAllowOrCancel'), status: 400 });
  const { client } = authorizationRequest;
  const asked = answerIn(askedConsent(authorizationRequest), shown, parameters);
  // Nothing is left when all that was asked for may be left out, and was.
  if (asked.scope.length + asked.resource.length === 0)
    return reply.redirect(denyUrl(context, request, reply, continuation), 303);
  await keepDescribedClient(context, client);
  await rememberConsent(
    context,
    { user_id: user.id, client_id: client.client_id, asked },
    { id: user.id, address: request.ip, request_id: request.id },
  );
  const done = { step: 'consent', as: user.id };
  return reply.redirect(completeStep(context, request, reply, continuation, done), 303);
}

function askedSomebodyElse(sealed: string): PageError {
  const href = `/select-account?continuation=${sealed}`;
  return new PageError({
    heading: (t) => t('startAgain'),
    message: (t) => t('somebodyElse'),
    whatToDo: (t) => linkButton({ id: 'error-again', label: t('chooseAccount'), href, wide: true }),
    status: 400,
  });
}

/**
 * What the person answered: the request once more, as far as it was shown to them, and of what they may leave out only
 * what they ticked. The form can add nothing.
 */
function answerIn(asked: Asked, shown: Shown, parameters: ParsedParameters['parameters']): Answer {
  const optional = asked.scope.filter((value) => shown.optional.includes(value));
  const ticked = checkedValues(parameters, 'optional_scope', optional);
  const declined = optional.filter((value) => !ticked.includes(value));
  return {
    scope: asked.scope.filter((value) => shown.scope.includes(value) && !declined.includes(value)),
    resource: asked.resource.filter((value) => shown.resource.includes(value)),
    declined,
  };
}

const values = z.array(z.string()).readonly();
const shownSchema = z.object({ user_id: z.string(), scope: values, resource: values, optional: values });

/** What the page showed, and to whom: a client may be changed while somebody reads. */
type Shown = z.output<typeof shownSchema>;

const boundTo = 'consent-shown';

const sealShown = (context: Context, shown: Shown): string => context.secretKey.seal(JSON.stringify(shown), boundTo);

function readShown(context: Context, sealed: string): Shown | undefined {
  try {
    return shownSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo)));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
