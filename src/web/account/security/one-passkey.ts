/** The page of one passkey: its name, and its end. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { notifyOwner } from '../../../identity/notices.ts';
import { listPasskeys, type Passkey, removePasskey, renamePasskey } from '../../../identity/passkeys/index.ts';
import { forgetReserves } from '../../../identity/second-factors.ts';
import { UserError } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { passkeyTexts } from '../../ui/passkey/index.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { freshSignIn } from './fresh-sign-in.ts';

const page = '/account/security';

type OneRequest = FastifyRequest<{ Params: { passkey_id: string } }>;

/** Adds the routes of the page, and of its two forms. */
export function onePasskeyRoutes(app: FastifyInstance, context: Context, list: string): void {
  const path = `${list}/:passkey_id`;

  app.get(path, async (request: OneRequest, reply) => {
    const passkey = await requested(context, request);
    return passkey ? show(context, request, reply, passkey) : reply.redirect(page, 303);
  });

  app.post(path, async (request: OneRequest, reply) => {
    const toSignIn = await freshSignIn(context, request, reply, page);
    if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
    const passkey = await requested(context, request);
    if (!passkey) return reply.redirect(page, 303);
    const t = textsFor(context, request, passkeyTexts);
    const { name = '' } = requireUnrepeated(formOf(request));
    const { user } = await visitorSession(context, request);
    try {
      const stored = await renamePasskey(context, user, { id: passkey.id, name }, await actorOf(context, request));
      return redirectWithNews(context, request, reply, page, { text: t('renamed', { name: stored }) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return show(context, request, reply, passkey, { nameProblem: t('giveName'), status: 400 });
    }
  });

  app.post(`${path}/remove`, (request: OneRequest, reply) => remove(context, request, reply));
}

async function remove(context: Context, request: OneRequest, reply: FastifyReply): Promise<FastifyReply> {
  const toSignIn = await freshSignIn(context, request, reply, page);
  if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
  const passkey = await requested(context, request);
  if (!passkey) return reply.redirect(page, 303);
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, passkeyTexts);
  const { name } = passkey;
  try {
    await removePasskey(context, user, passkey.id, await actorOf(context, request));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.member !== 'last') return reply.redirect(page, 303);
    return show(context, request, reply, passkey, { problem: t('lastWay'), status: 403 });
  }
  await forgetReserves(context, user);
  await notifyOwner(context, user, 'passkeyRemoved', { name });
  return redirectWithNews(context, request, reply, page, { text: t('removed', { name }) });
}

/** The passkey of the address, if it is the visitor's. */
async function requested(context: Context, request: OneRequest): Promise<Passkey | undefined> {
  const { user } = await visitorSession(context, request);
  return (await listPasskeys(context, user)).find(({ id }) => id === request.params.passkey_id);
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, name }: Passkey,
  { nameProblem, problem, status }: { nameProblem?: string; problem?: string; status?: number } = {},
): Promise<FastifyReply> {
  const t = textsFor(context, request, passkeyTexts);
  const path = `${page}/passkeys/${id}`;
  const field = 'account-passkey-name';
  return sendAccountPage(context, request, reply, {
    title: t('passkey'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary([
      ...(problem === undefined ? [] : [problem]),
      ...(nameProblem === undefined ? [] : [{ text: nameProblem, fieldId: field }]),
    ])}
${postForm({
  action: path,
  body: html`${textField({
    name: 'name',
    id: field,
    label: t('name'),
    value: name,
    maxlength: 60,
    required: true,
    ...(nameProblem !== undefined && { problem: nameProblem }),
  })}${buttonRow(
    submitButton({ id: 'account-passkey-rename', label: t('save') }),
    linkButton({ label: t('cancel'), href: page, kind: 'quiet' }),
  )}`,
})}
<hr>
${postForm({
  action: `${path}/remove`,
  body: html`<p class="hint">${t('removeHint')}</p>${submitButton({ id: 'account-passkey-remove', label: t('remove'), kind: 'danger' })}`,
})}`,
  });
}
