import type { FastifyReply, FastifyRequest } from 'fastify';
import encodeQR from 'qr';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { houseName } from '../../../identity/brands/index.ts';
import { languageOfUser } from '../../../identity/languages.ts';
import { notifyOwner } from '../../../identity/notices.ts';
import {
  describeAuthenticator,
  newAuthenticatorSecret,
  removeAuthenticator,
  setUpAuthenticator,
} from '../../../identity/second-factors.ts';
import type { Session } from '../../../identity/sessions.ts';
import { otpauthUri } from '../../../identity/totp-secret.ts';
import { totp } from '../../../identity/user-authentication/totp.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html, trustedHtml } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { SealError } from '../../../lib/seal.ts';
import { startBrowserSession } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { textsFor, textsIn } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { badge } from '../../ui/notice.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { freshSignIn } from './fresh-sign-in.ts';
import { showRecoveryCodes } from './recovery-codes.ts';
import { withContinuation } from './return-address.ts';
import type { SecuritySection } from './security-section.ts';
import { securityTexts } from './texts/index.ts';

const page = '/account/security';
const path = `${page}/authenticator`;

/** How long, in seconds, somebody may take to find an app, scan the picture and type the code. */
const setUpSeconds = 900;

/** An app that shows a code of six digits. */
export const authenticatorApp: SecuritySection = {
  name: 'authenticator',
  async section(context, request, _reply, { user }) {
    const t = textsFor(context, request, securityTexts);
    const { continuation } = requireUnrepeated(queryOf(request));
    const authenticator = await describeAuthenticator(context, user);
    const { created_at, last_used_at } = authenticator ?? {};
    return section({
      id: 'account-authenticator',
      heading: t('authenticator'),
      lead: t('authenticatorLead'),
      body: authenticator
        ? html`<p>${badge(t('isOn'), 'good')} ${t('addedAt')} ${timeTag(created_at ?? 0, t)}${
            typeof last_used_at === 'number' && html` · ${t('lastUsedAt')} ${timeTag(last_used_at, t)}`
          }</p>${postForm({
            action: `${path}/remove`,
            inline: true,
            body: submitButton({ id: 'account-authenticator-remove', label: t('remove'), kind: 'danger' }),
          })}`
        : linkButton({
            id: 'account-authenticator-add',
            label: t('setUpAuthenticator'),
            href: withContinuation(path, continuation),
            kind: 'quiet',
          }),
    });
  },
  routes(app, context) {
    app.get(path, async (request, reply) => {
      const { continuation } = requireUnrepeated(queryOf(request));
      const toSignIn = await freshSignIn(context, request, reply, withContinuation(path, continuation));
      if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
      const session = await visitorSession(context, request);
      if (await totp.isEnrolled(context, session.user))
        return reply.redirect(withContinuation(page, continuation), 303);
      const secret = await newAuthenticatorSecret(context);
      const expires_at = context.now() + setUpSeconds;
      return show(context, request, reply, { session, secret, expires_at, continuation });
    });
    app.post(path, (request, reply) => setUp(context, request, reply));
    app.post(`${path}/remove`, (request, reply) => remove(context, request, reply));
  },
};

async function setUp(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { continuation, setup = '', code = '' } = requireUnrepeated(formOf(request));
  const session = await visitorSession(context, request);
  const { user, amr } = session;
  // It was shown to this session after a fresh sign-in: finding an app may take longer than that stays fresh.
  const shown = unsealSetUp(context, session, setup);
  if (!shown) return reply.redirect(withContinuation(path, continuation), 303);
  const { secret } = shown;
  const actor = await actorOf(context, request);
  const done = await setUpAuthenticator(context, user, { secret, code: code.slice(0, 100) }, actor);
  if (!done) {
    if (await totp.isEnrolled(context, user)) return reply.redirect(withContinuation(page, continuation), 303);
    const problem = textsFor(context, request, securityTexts)('wrongCode');
    return show(context, request, reply, { ...shown, session, continuation, problem });
  }
  await notifyOwner(context, user, 'secondFactorAdded', { name: nameInMails(context, user) });
  // The code that was just shown is a second proof of who sits there.
  const stronger = [...new Set([...amr, ...totp.amr, 'mfa'])];
  await startBrowserSession(context, request, reply, { user, amr: stronger, continued: session });
  if (done.recoveryCodes.length > 0)
    return showRecoveryCodes(context, request, reply, { codes: done.recoveryCodes, continuation });
  const t = textsFor(context, request, securityTexts);
  return redirectWithNews(context, request, reply, withContinuation(page, continuation), {
    text: t('authenticatorAdded'),
  });
}

async function remove(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const toSignIn = await freshSignIn(context, request, reply, page);
  if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
  const { user } = await visitorSession(context, request);
  const removed = await removeAuthenticator(context, user, await actorOf(context, request));
  if (removed) await notifyOwner(context, user, 'secondFactorRemoved', { name: nameInMails(context, user) });
  const t = textsFor(context, request, securityTexts);
  return redirectWithNews(context, request, reply, page, { text: t('authenticatorRemoved') });
}

const nameInMails = (context: Context, user: User): string =>
  textsIn(context, languageOfUser(user), securityTexts)('authenticator');

interface SetUp extends z.output<typeof setUpSchema> {
  readonly session: Session;
  readonly continuation: string | undefined;
  readonly problem?: string;
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, secret, expires_at, continuation, problem }: SetUp,
): Promise<FastifyReply> {
  const t = textsFor(context, request, securityTexts);
  const uri = await otpauthUri(secret, {
    issuer: await houseName(context),
    label: session.user.username,
  });
  return sendAccountPage(context, request, reply, {
    title: t('setUpAuthenticator'),
    ...(problem !== undefined && { status: 403 }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'account-code' }])}
<ol class="steps"><li><p>${t('scan')}</p>${qrPicture(uri, t('qrCode'))}<p class="hint">${t('cannotScan')} <code id="account-secret">${secret.replace(/.{4}(?=.)/g, '$& ')}</code></p></li>
<li><p>${t('typeCode')}</p>${postForm({
      action: path,
      body: html`${hiddenField('setup', sealSetUp(context, session, { secret, expires_at }))}${continuation !== undefined && hiddenField('continuation', continuation)}
${textField({
  name: 'code',
  id: 'account-code',
  label: t('code'),
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  maxlength: 12,
  required: true,
  short: true,
  code: true,
  autofocus: problem !== undefined,
  ...(problem !== undefined && { problem }),
})}${buttonRow(
  submitButton({ id: 'account-authenticator-submit', label: t('turnOn') }),
  linkButton({ label: t('cancel'), href: withContinuation(page, continuation), kind: 'quiet' }),
)}`,
    })}</li></ol>`,
  });
}

/** The picture holds the secret, so it has no address of its own. */
function qrPicture(uri: string, label: string): Html {
  return html`<div class="qr-code" role="img" aria-label="${label}">${trustedHtml(encodeQR(uri, 'svg', { border: 4 }))}</div>`;
}

const setUpSchema = z.object({ secret: z.string(), expires_at: z.number() });
const boundTo = ({ id, user }: Session): string => `authenticator-set-up/${user.id}/${id}`;

function sealSetUp(context: Context, session: Session, setUp: z.output<typeof setUpSchema>): string {
  return context.secretKey.seal(JSON.stringify(setUp), boundTo(session));
}

/** The secret that this session was shown; undefined when that is too long ago. */
function unsealSetUp(context: Context, session: Session, sealed: string) {
  try {
    const setUp = setUpSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(session))));
    return context.now() < setUp.expires_at ? setUp : undefined;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
