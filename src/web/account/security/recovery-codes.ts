import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { houseName } from '../../../identity/brands/index.ts';
import { languageOfUser } from '../../../identity/languages.ts';
import { notifyOwner } from '../../../identity/notices.ts';
import { fewRecoveryCodes, makeRecoveryCodes, recoveryCodesLeft } from '../../../identity/second-factors.ts';
import { enrolledSecondFactors } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { queryOf } from '../../ui/form-body.ts';
import { textsFor, textsIn } from '../../ui/languages.ts';
import { notice } from '../../ui/notice.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { freshSignIn } from './fresh-sign-in.ts';
import { returnNotice, withContinuation } from './return-address.ts';
import type { SecuritySection } from './security-section.ts';
import { keepShownCodes, takeShownCodes } from './shown-codes.ts';
import { securityTexts } from './texts/index.ts';

const page = '/account/security';
const path = `${page}/recovery-codes`;

/** Codes for the day when the phone is lost. */
export const recoveryCodes: SecuritySection = {
  name: 'recovery-codes',
  async section(context, request, _reply, { user }) {
    if ((await enrolledSecondFactors(context, user)).length === 0) return undefined;
    const t = textsFor(context, request, securityTexts);
    const { left, created_at } = await recoveryCodesLeft(context, user);
    return section({
      id: 'account-recovery-codes',
      heading: t('recoveryCodes'),
      lead: t('recoveryCodesLead'),
      body: html`${left <= fewRecoveryCodes && notice('warning', t('fewCodes'))}
<p>${t('codesLeft', { left })}${created_at !== null && html` · ${t('madeAt')} ${timeTag(created_at, t)}`}</p>${postForm(
        {
          action: path,
          inline: true,
          body: submitButton({ id: 'account-recovery-codes-make', label: t('makeCodes'), kind: 'quiet' }),
        },
      )}`,
    });
  },
  routes(app, context) {
    app.get(path, (request, reply) => showOnce(context, request, reply));
    app.post(path, async (request, reply) => {
      const toSignIn = await freshSignIn(context, request, reply, page);
      if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
      const { user } = await visitorSession(context, request);
      if ((await enrolledSecondFactors(context, user)).length === 0) return reply.redirect(page, 303);
      const codes = await makeRecoveryCodes(context, user, await actorOf(context, request));
      const name = textsIn(context, languageOfUser(user), securityTexts)('recoveryCodes');
      await notifyOwner(context, user, 'secondFactorAdded', { name });
      return showRecoveryCodes(context, request, reply, { codes, continuation: undefined });
    });
  },
};

/** Sends the browser to the page that shows new codes, this once. */
export async function showRecoveryCodes(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { codes, continuation }: { readonly codes: readonly string[]; readonly continuation: string | undefined },
): Promise<FastifyReply> {
  keepShownCodes(context, reply, await visitorSession(context, request), codes);
  return reply.header('cache-control', 'no-store').redirect(withContinuation(path, continuation), 303);
}

async function showOnce(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { continuation } = requireUnrepeated(queryOf(request));
  const session = await visitorSession(context, request);
  const codes = takeShownCodes(context, request, reply, session);
  if (!codes) return reply.redirect(withContinuation(page, continuation), 303);
  const t = textsFor(context, request, securityTexts);
  // Who finds them in a drawer reads what they are for, and where.
  const belongTo = [await houseName(context), context.config.publicUrl, session.user.username];
  const file = [t('recoveryCodes'), ...belongTo, '', ...codes, ''].join('\n');
  return sendAccountPage(context, request, reply, {
    title: t('recoveryCodes'),
    lead: t('putAside'),
    body: html`<p class="printed-only">${belongTo.map((line) => html`${line}<br>`)}</p>
<ol id="account-codes" class="recovery-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p>${t('shownOnce')}</p>
<div class="buttons"><a class="button primary" id="account-codes-download" download="recovery-codes.txt" href="data:text/plain;charset=utf-8,${encodeURIComponent(file)}">${t('download')}</a></div>
${await returnNotice(context, request, reply, continuation)}
${buttonRow(linkButton({ id: 'account-codes-done', label: t('iHaveThem'), href: withContinuation(page, continuation), kind: 'quiet' }))}`,
  });
}
