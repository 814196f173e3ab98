import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { hasPasskey, passkeyHost } from '../../identity/passkeys/index.ts';
import type { Session } from '../../identity/sessions.ts';
import { type Html, html } from '../../lib/html.ts';
import { readCookie, requireSameOrigin, setCookie } from '../ui/browser-session.ts';
import { linkButton, postForm, submitButton } from '../ui/button.ts';
import { notice } from '../ui/notice.ts';
import type { PasskeyTexts } from '../ui/passkey/index.ts';

const path = '/passkey-offer';
const cookie = 'passkey_offer';
const quietSeconds = 180 * 86_400;

/** To somebody who typed a password and has no passkey yet: what it would spare them, and how to be left alone. */
export async function passkeyOffer(
  t: PasskeyTexts,
  context: Context,
  { amr, user }: Session,
  request: FastifyRequest,
): Promise<Html | undefined> {
  if (!amr.includes('pwd') || passkeyHost(context) === undefined) return undefined;
  if (readCookie(context, request, cookie) !== undefined || (await hasPasskey(context, user))) return undefined;
  const body = html`<p>${t('offer')}</p><div class="buttons">${linkButton({
    id: 'passkey-offer-add',
    label: t('add'),
    href: '/account/security/passkeys/new',
  })}${postForm({
    action: path,
    inline: true,
    body: submitButton({ id: 'passkey-offer-dismiss', label: t('notNow'), kind: 'quiet' }),
  })}</div>`;
  return html`<div class="needs-scripts">${notice('neutral', body, t('offerHeading'))}</div>`;
}

/** Adds the route that lets the offer rest for half a year in this browser. */
export function passkeyOfferRoutes(app: FastifyInstance, context: Context): void {
  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    setCookie(context, reply, cookie, 'dismissed', quietSeconds);
    return reply.redirect('/', 303);
  });
}
