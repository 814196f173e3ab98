import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../../../context.ts';
import { connectFederatedIdentity } from '../../../identity/federated-identities.ts';
import type { Session } from '../../../identity/sessions.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { currentSession, requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { resumeUrl, signInUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { askFreshSignIn } from '../../ui/fresh-sign-in.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { sendPage } from '../../ui/page.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import { readPurpose } from '../purpose.ts';
import { startAgain } from './federation-errors.ts';
import { type Newcomer, newcomerUrl, readNewcomer } from './flow.ts';
import { enabledProvider, type ProviderRequest, securityPath } from './start.ts';
import { federationTexts } from './texts/index.ts';

/**
 * Connects an account at a provider with the account of whoever is signed in here: never by an address that one opens,
 * only by a form of ours that names both accounts, after a fresh sign-in.
 */
export function connectRoutes(app: FastifyInstance, context: Context): void {
  const path = '/login/with/:provider/connect';
  app.get(path, async (request: ProviderRequest, reply) => {
    const { newcomer: sealed } = requireUnrepeated(queryOf(request));
    const visit = await readVisit(context, request, reply, sealed);
    if ('toSignIn' in visit) return reply.redirect(visit.toSignIn, 303);
    return ask(context, request, reply, visit);
  });

  app.post(path, async (request: ProviderRequest, reply) => {
    requireSameOrigin(context, request);
    const { newcomer: sealed, decision } = requireUnrepeated(formOf(request));
    const visit = await readVisit(context, request, reply, sealed);
    if ('toSignIn' in visit) return reply.redirect(visit.toSignIn, 303);
    if (decision === 'connect') await connect(context, request, visit);
    return goOn(context, request, reply, { ...visit, isConnected: decision === 'connect' });
  });
}

interface Visit {
  readonly newcomer: Newcomer;
  readonly session: Session;
  readonly sealed: string;
  /** What people call the provider. */
  readonly provider: string;
}

async function readVisit(
  context: Context,
  request: ProviderRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Promise<Visit | { readonly toSignIn: string }> {
  const { name, settings } = await enabledProvider(context, request);
  const newcomer = readNewcomer(context, request, reply, sealed);
  if (newcomer.provider !== name) throw startAgain(context, request);
  const path = newcomerUrl(context, request, reply, { page: 'connect', newcomer });
  const session = await currentSession(context, request);
  if (!session) return { toSignIn: signInUrl(context, request, reply, path) };
  // Whoever began this from the account is the one to be connected, and nobody who signed in since.
  if (newcomer.user_id !== undefined && newcomer.user_id !== session.user.id) throw startAgain(context, request);
  const toSignIn = await askFreshSignIn(context, request, reply, { session, path });
  return toSignIn !== undefined ? { toSignIn } : { newcomer, session, sealed: sealed ?? '', provider: settings.label };
}

async function ask(
  context: Context,
  request: ProviderRequest,
  reply: FastifyReply,
  { newcomer, session, sealed, provider }: Visit,
): Promise<FastifyReply> {
  const t = textsFor(context, request, federationTexts);
  const { redirect_uri } = await readPurpose(context, request, reply, newcomer.continuation);
  return sendPage(context, reply, {
    title: t('connectQuestion', { provider }),
    above: icon('key'),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
    body: html`${visitorChip(session.user)}
<p>${t.rich('connectText', { provider, label: html`<strong>${newcomer.label}</strong>` })}</p>
${postForm({
  action: `/login/with/${newcomer.provider}/connect`,
  body: html`${hiddenField('newcomer', sealed)}${buttonRow(
    submitButton({ id: 'login-connect', label: t('connect'), name: 'decision', value: 'connect' }),
    submitButton({ id: 'login-skip', label: t('notNow'), name: 'decision', value: 'skip', kind: 'quiet' }),
  )}`,
})}`,
  });
}

async function connect(
  context: Context,
  request: ProviderRequest,
  { newcomer, session, provider }: Visit,
): Promise<void> {
  const { user } = session;
  const account = { provider: newcomer.provider, sub: newcomer.sub, label: newcomer.label, providerLabel: provider };
  const actor = { id: user.id, address: request.ip, request_id: request.id };
  if (await connectFederatedIdentity(context, user, account, actor)) return;
  const t = textsFor(context, request, federationTexts);
  throw new PageError({
    heading: t('connectedToOther'),
    message: t('connectedToOtherText', { label: newcomer.label, provider }),
    whatToDo: linkButton({ label: t('toAccount'), href: securityPath, kind: 'quiet', wide: true }),
    status: 409,
  });
}

/** Back to the account, or on to what the person wanted before anybody asked who they are. */
async function goOn(
  context: Context,
  request: ProviderRequest,
  reply: FastifyReply,
  { newcomer, provider, isConnected }: Visit & { readonly isConnected: boolean },
): Promise<FastifyReply> {
  const { continuation } = await readPurpose(context, request, reply, newcomer.continuation);
  if (newcomer.user_id === undefined && continuation.kind === 'authorization')
    return reply.redirect(resumeUrl(context, request, reply, continuation), 303);
  const isForAccount = newcomer.user_id !== undefined || newcomer.continuation === undefined;
  if (!isForAccount && continuation.kind === 'page') return reply.redirect(continuation.path, 303);
  if (!isConnected) return reply.redirect(securityPath, 303);
  const t = textsFor(context, request, federationTexts);
  return redirectWithNews(context, request, reply, securityPath, { text: t('connected', { provider }) });
}
