import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { type Html, html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { readContinuation, resumeUrl } from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { textsFor } from '../../ui/languages.ts';
import { notice } from '../../ui/notice.ts';
import { securityTexts } from './texts/index.ts';

const longest = 8000;

/** An address of these pages that keeps what an application waits for; what cannot be a continuation is left out. */
export function withContinuation(path: string, sealed: string | undefined): string {
  return sealed === undefined || sealed.length > longest || !/^[\w-]+$/.test(sealed)
    ? path
    : `${path}?continuation=${sealed}`;
}

/** The way back to the application that sent somebody here to set up a stronger sign-in; nothing when none did. */
export async function returnNotice(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Promise<Html | undefined> {
  const href = await returnUrl(context, request, reply, sealed);
  if (href === undefined) return undefined;
  const t = textsFor(context, request, securityTexts);
  return notice(
    'neutral',
    html`<p>${t('applicationWaits')}</p>${linkButton({ id: 'account-return', label: t('backToApplication'), href })}`,
  );
}

async function returnUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Promise<string | undefined> {
  if (sealed === undefined || sealed.length > longest) return undefined;
  try {
    const continuation = await readContinuation(context, request, reply, sealed);
    return continuation.kind === 'page' ? undefined : resumeUrl(context, request, reply, continuation);
  } catch (error) {
    // Too old by now, or another browser's: then there is no way back to offer.
    if (error instanceof PageError) return undefined;
    throw error;
  }
}
