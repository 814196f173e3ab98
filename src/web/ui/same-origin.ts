import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { linkButton } from './button.ts';
import { PageError } from './error-page.ts';

/**
 * Refuses a form that was not sent by a page of ours; it is a preHandler of every page that takes a POST. Browsers say
 * so in Sec-Fetch-Site; where they do not (plain http), Origin must be the public origin. Throws PageError 403.
 */
export function requireSameOrigin(context: Context, request: FastifyRequest): void {
  const { publicUrl } = context.config;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  // Origin is `null` where a browser's settings hide it; then Sec-Fetch-Site alone must tell.
  const isOurs =
    site === undefined ? origin === publicUrl : site === 'same-origin' && isOursOrHidden(origin, publicUrl);
  if (!isOurs) {
    throw new PageError({
      message: (t) => t('formFromElsewhere'),
      whatToDo: (t) => html`<p>${t('openHere', { address: publicUrl })}</p>
${linkButton({ label: t('goToStart'), href: `${publicUrl}/`, kind: 'quiet', wide: true })}`,
      status: 403,
    });
  }
}

const isOursOrHidden = (origin: string | undefined, publicUrl: string): boolean =>
  origin === undefined || origin === 'null' || origin === publicUrl;
