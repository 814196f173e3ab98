/** The page on which a passkey is made. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { notifyOwner } from '../../../identity/notices.ts';
import { authenticatorName } from '../../../identity/passkeys/authenticator-names.ts';
import {
  addPasskey,
  type NewPasskey,
  type Passkey,
  PasskeyError,
  passkeyHost,
  registrationOptions,
} from '../../../identity/passkeys/index.ts';
import { ensureRecoveryCodes } from '../../../identity/second-factors.ts';
import { enrolledSecondFactors } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { browserId, startBrowserSession } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { notice } from '../../ui/notice.ts';
import {
  type PasskeyTexts,
  passkeyField,
  passkeyProblemText,
  passkeyScript,
  passkeyTexts,
} from '../../ui/passkey/index.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { freshSignIn } from './fresh-sign-in.ts';
import { showRecoveryCodes } from './recovery-codes.ts';
import { withContinuation } from './return-address.ts';

const page = '/account/security';

/** Adds the routes of the page, of the options that its script asks for, and of its form. */
export function newPasskeyRoutes(app: FastifyInstance, context: Context, list: string): void {
  const path = `${list}/new`;

  app.get(path, async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    if (passkeyHost(context) === undefined) return reply.redirect(withContinuation(page, continuation), 303);
    const toSignIn = await freshSignIn(context, request, reply, withContinuation(path, continuation));
    if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
    return show(context, request, reply, { path, continuation });
  });

  app.post(`${path}/options`, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    if (passkeyHost(context) === undefined) return reply.callNotFound();
    // No device is asked for a key that would then be refused; the script sends the form, which leads to the sign-in.
    if ((await freshSignIn(context, request, reply, path)) !== undefined)
      return reply.code(403).send({ error: 'access_denied', error_description: 'sign in again' });
    const options = await registrationOptions(context, { user, browser: browserId(context, request, reply) });
    return reply.header('cache-control', 'no-store').send(options);
  });

  app.post(path, (request, reply) => add(context, request, reply, path));
}

async function add(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<FastifyReply> {
  const { continuation, credential } = requireUnrepeated(formOf(request));
  const t = textsFor(context, request, passkeyTexts);
  if (credential === undefined || credential === '') {
    const toSignIn = await freshSignIn(context, request, reply, withContinuation(path, continuation));
    if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
    return show(context, request, reply, { path, continuation, problem: t('needsScripts'), status: 400 });
  }
  // The challenge was made after a fresh sign-in of this person at this browser, and lives for five minutes.
  const session = await visitorSession(context, request);
  const { user, amr } = session;
  const actor = await actorOf(context, request);
  const made = { user, browser: browserId(context, request, reply), presented: credential };
  try {
    const added = await addPasskey(context, made, (passkey) => nameOf(t, request, passkey), actor);
    const { name } = added.passkey;
    await notifyOwner(context, user, 'passkeyAdded', { name });
    // Who has just made it holds it.
    await startBrowserSession(context, request, reply, { user, amr: withPasskey(amr, added), continued: session });
    const codes = await ensureRecoveryCodes(context, user, actor);
    if (codes.length > 0) return showRecoveryCodes(context, request, reply, { codes, continuation });
    const news = { text: t('added', { name }) };
    return redirectWithNews(context, request, reply, withContinuation(page, continuation), news);
  } catch (error) {
    if (!(error instanceof PasskeyError)) throw error;
    request.log.info({ problem: error.message }, 'a new passkey was refused');
    const toSignIn = await freshSignIn(context, request, reply, withContinuation(path, continuation));
    if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
    const problem = passkeyProblemText(t, context, error.problem);
    return show(context, request, reply, { path, continuation, problem, status: 403 });
  }
}

function withPasskey(amr: readonly string[], { isUserVerified }: NewPasskey): string[] {
  return [...new Set([...amr, 'pop', ...(isUserVerified ? ['user'] : []), 'mfa'])];
}

/** What it is called until its owner renames it: what keeps it, or the device at which it was made. */
function nameOf(
  t: PasskeyTexts,
  request: FastifyRequest,
  { aaguid, transports }: Pick<Passkey, 'aaguid' | 'transports'>,
) {
  const known = authenticatorName(aaguid);
  if (known !== undefined) return known;
  if (transports.some((each) => each === 'usb' || each === 'nfc')) return t('securityKey');
  const device = /iPhone|iPad|Android|Windows|Mac|CrOS|Linux/.exec(request.headers['user-agent'] ?? '')?.[0];
  return device === undefined ? t('passkey') : `${t('passkey')} (${device})`;
}

interface Shown {
  readonly path: string;
  readonly continuation: string | undefined;
  readonly problem?: string;
  readonly status?: number;
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, continuation, problem, status }: Shown,
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, passkeyTexts);
  const isFirstSecond = user.hasPassword && (await enrolledSecondFactors(context, user)).length === 0;
  return sendAccountPage(context, request, reply, {
    title: t('add'),
    lead: t('addLead'),
    scripts: [passkeyScript],
    ...(status !== undefined && { status }),
    body: html`${problemSummary(problem === undefined ? [] : [problem])}${isFirstSecond && notice('neutral', t('addSecond'))}
${postForm({
  action: path,
  body: html`${continuation !== undefined && hiddenField('continuation', continuation)}${passkeyField(t, context, {
    kind: 'create',
    options: `${path}/options`,
  })}${buttonRow(
    submitButton({ id: 'account-passkey-submit', label: t('create') }),
    linkButton({ label: t('cancel'), href: withContinuation(page, continuation), kind: 'quiet' }),
  )}`,
})}`,
  });
}
