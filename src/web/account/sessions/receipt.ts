import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { SealError } from '../../../lib/seal.ts';
import { readReceiptElsewhere } from '../../../protocol/logout/index.ts';
import { queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { notice } from '../../ui/list.ts';
import { logoutReceipt, receiptLead } from '../../ui/logout-receipt/index.ts';
import { logoutReceiptTexts } from '../../ui/logout-receipt/texts/index.ts';

import { sessionsTexts } from './texts/index.ts';

const path = '/account/sessions';

/** How long the page's address tells of the sign-out, in seconds. */
const lifeSeconds = 600;
/** How many sessions an address has room for. */
const sessionsAtMost = 50;

const receiptSchema = z.object({ session_ids: z.array(z.string()), ended_at: z.number() });

/** The address of the page that tells what became of these sessions of the person. */
export function receiptUrl({ secretKey, now }: Context, user_id: string, ended: readonly string[]): string {
  const receipt = { session_ids: ended.slice(0, sessionsAtMost), ended_at: now() };
  return `${path}?${new URLSearchParams({ ended: secretKey.seal(JSON.stringify(receipt), boundTo(user_id)) })}`;
}

/** What this address tells; nothing when it is not ours, of another person, or older than ten minutes. */
export async function receiptOf(context: Context, request: FastifyRequest, user_id: string): Promise<Html | undefined> {
  const { ended } = requireUnrepeated(queryOf(request));
  const receipt = ended === undefined ? undefined : unseal(context, ended, user_id);
  if (!receipt || context.now() >= receipt.ended_at + lifeSeconds) return undefined;
  const t = textsFor(context, request, sessionsTexts);
  const texts = textsFor(context, request, logoutReceiptTexts);
  const entries = await readReceiptElsewhere(context, receipt);
  const count = receipt.session_ids.length;
  const lead = entries.length > 0 && html`<p>${receiptLead(texts, entries)}</p>`;
  return html`${notice('good', lead, t('ended', { count }))}${logoutReceipt(texts, entries)}`;
}

function unseal({ secretKey }: Context, sealed: string, user_id: string) {
  try {
    return receiptSchema.parse(JSON.parse(secretKey.unseal(sealed, boundTo(user_id))));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (user_id: string): string => `account-sessions/${user_id}`;
