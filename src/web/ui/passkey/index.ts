/** The part of a form in which the browser asks for a passkey, or makes one. It needs the script `passkeyScript`. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { type PasskeyProblem, passkeyHost } from '../../../identity/passkeys/index.ts';
import type { PasskeyAttempt } from '../../../identity/user-authentication/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { attributes } from '../attributes.ts';
import { browserId } from '../browser-session.ts';
import type { PasskeyTexts } from './texts/index.ts';

export { type PasskeyTexts, passkeyTexts } from './texts/index.ts';

/** The asset that talks to the browser; a page with `passkeyField` names it in `scripts`. */
export const passkeyScript = 'passkey.js';

/**
 * The field `credential`, which the script fills in when the form is sent, from the options that it fetches. With
 * `autofill` the browser also offers passkeys in the field for the user name, and the form vanishes where it knows none.
 */
export function passkeyField(
  t: PasskeyTexts,
  context: Context,
  { kind, options, autofill = false }: { kind: 'get' | 'create'; options: string; autofill?: boolean },
): Html {
  const host = passkeyHost(context) ?? '';
  return html`<div${attributes({
    class: 'passkey',
    'data-passkey': kind,
    'data-autofill': autofill,
    'data-options': options,
    'data-unused': kind === 'create' ? t('notMade') : t('unused', { host }),
    'data-present': t('present'),
    'data-elsewhere': t('elsewhere', { host }),
    'data-unsupported': t('unsupported'),
    'data-unreachable': t('unreachable'),
    'data-failed': t('failed'),
  })}><input type="hidden" name="credential"><p role="status" class="problem" hidden></p>${
    !autofill && html`<noscript><p class="hint">${t('needsScripts')}</p></noscript>`
  }</div>`;
}

/** What the browser sent in the field `credential`; undefined when that is empty. */
export function passkeyAttempt(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  credential: string | undefined,
): PasskeyAttempt | undefined {
  if (credential === undefined) return undefined;
  const browser = browserId(context, request, reply);
  return { presented: credential, browser, address: request.ip, request_id: request.id };
}

/** What a person is told of a passkey that was not accepted: no more than helps, and nothing of which accounts there are. */
export function passkeyProblemText(t: PasskeyTexts, context: Context, problem: PasskeyProblem): string {
  const host = passkeyHost(context) ?? '';
  if (problem === 'expired' || problem === 'challenge' || problem === 'replayed') return t('tooOld');
  if (problem === 'not-verified') return t('notVerified');
  if (problem === 'taken') return t('present');
  return t('refused', { host });
}
