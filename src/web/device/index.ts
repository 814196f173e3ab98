/**
 * The pages on which a person allows a device (RFC 8628 §3.3): the code is typed in, the device is named, and only then
 * is anything allowed. A code belongs to the session that typed it in first.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../identity/audit.ts';
import type { Session } from '../../identity/sessions.ts';
import { chargeCodeGuess, forgiveCodeGuesses } from '../../identity/throttle.ts';
import { type Html, html } from '../../lib/html.ts';
import { type ParsedParameters, requireUnrepeated } from '../../lib/parameters.ts';
import { SealError } from '../../lib/seal.ts';
import { optionalScope } from '../../protocol/authorization-requests/asked-consent.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { findRequestingClient, keepDescribedClient } from '../../protocol/client-registration/metadata-document.ts';
import { allowDeviceFor, claimDevice, readUserCode } from '../../protocol/device-authorization.ts';
import { findResources } from '../../protocol/resources.ts';
import { type DeviceAuthorization, denyDevice, findDeviceAuthorization } from '../../storage/device-authorizations.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { linkButton } from '../ui/button.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { answerWithErrorPage, PageError } from '../ui/error-page.ts';
import type { ErrorTexts } from '../ui/error-texts/texts/index.ts';
import { checkedValues } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { codePage, confirmPage, donePage } from './device-pages.ts';
import { qrCode } from './qr-code.ts';
import { deviceTexts } from './texts/index.ts';

const path = '/device';
const confirmPath = '/device/confirm';

export function devicePages(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get(path, async (request, reply) => {
    const user_code = readUserCode(requireUnrepeated(queryOf(request)).user_code ?? '');
    const session = await currentSession(context, request);
    if (!session) return redirectToSignIn(context, request, reply, pathWith(user_code));
    return sendPage(context, reply, codePage(textsFor(context, request, deviceTexts), { user_code }));
  });
  app.post(path, (request, reply) => enterCode(context, request, reply));
  app.get(confirmPath, (request, reply) => showDevice(context, request, reply));
  app.post(confirmPath, (request, reply) => decide(context, request, reply));
  app.get('/device/done', async (request, reply) =>
    sendPage(
      context,
      reply,
      donePage(textsFor(context, request, deviceTexts), requireUnrepeated(queryOf(request)).decision === 'allow'),
    ),
  );
  app.get('/device/qr.svg', async (request, reply) => qrCode(context, request, reply));
}

const pathWith = (user_code: string | undefined): string =>
  user_code === undefined ? path : `${path}?user_code=${user_code}`;

async function enterCode(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const session = await currentSession(context, request);
  const t = textsFor(context, request, deviceTexts);
  const typed = requireUnrepeated(formOf(request)).user_code ?? '';
  if (!session) return redirectToSignIn(context, request, reply, pathWith(readUserCode(typed)));
  const refusedForSeconds = await chargeCodeGuess(context, { user_id: session.user.id, address: request.ip });
  if (refusedForSeconds !== undefined) {
    reply.header('retry-after', String(refusedForSeconds));
    const problem = t('tooMany', { seconds: refusedForSeconds });
    return sendPage(context, reply, codePage(t, { problem, status: 429 }));
  }
  const user_code = readUserCode(typed);
  const device = user_code === undefined ? undefined : await claimDevice(context, session, user_code);
  if (!device) {
    const problem = t('codeInvalid');
    return sendPage(context, reply, codePage(t, { user_code: typed.slice(0, 40), problem, status: 400 }));
  }
  await forgiveCodeGuesses(context, session.user.id);
  const sealed = context.secretKey.seal(JSON.stringify({ id: device.id }), boundTo(session));
  return reply.redirect(`${confirmPath}?device=${sealed}`, 303);
}

async function showDevice(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const session = await requireSession(context, request);
  const sealed = requireUnrepeated(queryOf(request)).device ?? '';
  const { device, client, decision } = await readDevice(context, session, sealed);
  if (decision !== undefined) return reply.redirect(doneUrl(decision), 303);
  const resources = await findResources(context, device.resource?.split(' ') ?? []);
  const { user } = session;
  const optional = optionalScope(client, device.scope.split(' '));
  const shown = { device, client, optional, resources, user, sealed, path: confirmPath };
  return sendPage(context, reply, confirmPage(textsFor(context, request, deviceTexts), shown));
}

async function decide(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const session = await requireSession(context, request);
  const parameters = requireUnrepeated(formOf(request));
  const { device: sealed = '', decision: pressed } = parameters;
  if (pressed !== 'allow' && pressed !== 'deny')
    throw new PageError({ message: (t) => t('chooseAllowOrCancel'), status: 400 });
  const { device: asking, client, decision: before } = await readDevice(context, session, sealed);
  // Sent twice, or from a tab that was left: what was decided first counts, and the page says what that was.
  if (before !== undefined) return reply.redirect(doneUrl(before), 303);
  const device = { ...asking, scope: allowedScope(client, asking.scope, parameters) };
  // Nothing is left when all that was asked for may be left out, and was.
  const decision = device.scope === '' ? 'deny' : pressed;
  if (decision === 'allow') await keepDescribedClient(context, client);
  const isDecided =
    decision === 'allow'
      ? await allowDeviceFor(context, session, client, device)
      : await denyDevice(context.database, { id: device.id, session_id: session.id, now: context.now() });
  if (!isDecided) {
    const { decision: meanwhile } = await readDevice(context, session, sealed);
    if (meanwhile === undefined) throw alreadyDone();
    return reply.redirect(doneUrl(meanwhile), 303);
  }
  const actor = { id: session.user.id, address: request.ip, request_id: request.id };
  const action = decision === 'allow' ? 'device.allowed' : 'device.denied';
  await recordEvent(context, actor, action, client.client_id, { scope: device.scope, device_address: device.address });
  return reply.redirect(doneUrl(decision), 303);
}

const doneUrl = (decision: Decision): string => `/device/done?decision=${decision}`;

/** What the device asked for without what the person may leave out and did not tick. */
function allowedScope(client: Client, asked: string, parameters: ParsedParameters['parameters']): string {
  const scope = asked.split(' ');
  const optional = optionalScope(client, scope);
  const ticked = checkedValues(parameters, 'optional_scope', optional);
  return scope.filter((value) => !optional.includes(value) || ticked.includes(value)).join(' ');
}

async function requireSession(context: Context, request: FastifyRequest): Promise<Session> {
  const session = await currentSession(context, request);
  if (session) return session;
  throw new PageError({
    heading: (t) => t('startAgain'),
    message: (t) => t('signedOutMeanwhile'),
    whatToDo: (t) => html`<p>${t('openDeviceAddress')}</p>${toCode(t)}`,
    status: 400,
  });
}

type Decision = 'allow' | 'deny';

/**
 * The device behind a sealed name, while it waits for this very session, or with what was decided for it. Throws a
 * PageError for all else.
 */
async function readDevice(context: Context, session: Session, sealed: string) {
  const id = unseal(context, session, sealed);
  const device = id === undefined ? undefined : await findDeviceAuthorization(context.database, id);
  const client = device && (await findRequestingClient(context, device.client_id));
  if (!device || !client || client.disabled || device.claimed_by !== session.id) throw alreadyDone();
  const decision = decisionOn(device);
  if (decision === undefined && device.expires_at <= context.now()) throw alreadyDone();
  return { device, client, decision };
}

function decisionOn({ authorization_id, denied_at }: DeviceAuthorization): Decision | undefined {
  if (authorization_id !== null) return 'allow';
  return denied_at === null ? undefined : 'deny';
}

function unseal(context: Context, session: Session, sealed: string): string | undefined {
  try {
    return z.object({ id: z.string() }).parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(session)))).id;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function alreadyDone(): PageError {
  return new PageError({
    heading: (t) => t('nothingToDecide'),
    message: (t) => t('decidedBefore'),
    whatToDo: (t) => html`<p>${t('newCode')}</p>${toCode(t)}`,
    status: 400,
  });
}

const toCode = (t: ErrorTexts): Html =>
  linkButton({ id: 'error-again', label: t('connectDevice'), href: path, kind: 'quiet', wide: true });

const boundTo = ({ id }: Session): string => `device/${id}`;
