/** The page after the end of an account, for the browser that ended it: nobody is signed in there any more. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { SealError } from '../../../lib/seal.ts';
import { readReceiptElsewhere } from '../../../protocol/logout/index.ts';
import { browserId } from '../../ui/browser-session.ts';
import { buttonRow, linkButton } from '../../ui/button.ts';
import { answerWithErrorPage } from '../../ui/error-page.ts';
import { queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { logoutReceipt, receiptLead } from '../../ui/logout-receipt/index.ts';
import { logoutReceiptTexts } from '../../ui/logout-receipt/texts/index.ts';
import { sendPage } from '../../ui/page.ts';
import { dataTexts } from './texts/index.ts';

const path = '/account-deleted';
/** How long the page's address tells of it, in seconds. */
const lifeSeconds = 600;
const sessionsAtMost = 50;

const receiptSchema = z.object({ session_ids: z.array(z.string()), ended_at: z.number() });

/** The address of the page that tells what became of these sessions, in this browser only. */
export function deletedUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  ended: readonly string[],
): string {
  const content = JSON.stringify({ session_ids: ended.slice(0, sessionsAtMost), ended_at: context.now() });
  const receipt = context.secretKey.seal(content, boundTo(browserId(context, request, reply)));
  return `${path}?${new URLSearchParams({ receipt })}`;
}

/** The page itself, before no guard. */
export function deletedPage(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get(path, async (request, reply) => {
    const t = textsFor(context, request, dataTexts);
    const { receipt } = requireUnrepeated(queryOf(request));
    const ended = receipt === undefined ? undefined : unseal(context, receipt, browserId(context, request, reply));
    const isRecent = ended !== undefined && context.now() < ended.ended_at + lifeSeconds;
    const entries = isRecent ? await readReceiptElsewhere(context, ended) : [];
    const texts = t.with(logoutReceiptTexts);
    return sendPage(context, reply, {
      title: isRecent ? t('deleted') : t('nothingHere'),
      ...(isRecent && { lead: t('deletedLead') }),
      body: html`${entries.length > 0 && html`<p>${receiptLead(texts, entries)}</p>`}${logoutReceipt(texts, entries)}
${buttonRow(linkButton({ label: t('toTheStart'), href: '/', kind: 'quiet' }))}`,
    });
  });
}

function unseal({ secretKey }: Context, sealed: string, browser: string) {
  try {
    return receiptSchema.parse(JSON.parse(secretKey.unseal(sealed, boundTo(browser))));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (browser: string): string => `account-deleted/${browser}`;
