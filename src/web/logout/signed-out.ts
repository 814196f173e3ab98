import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { SealError } from '../../lib/seal.ts';
import { findClient } from '../../protocol/clients.ts';
import {
  type EndedSession,
  frontChannelUrl,
  type ReceiptEntry,
  readReceipt,
  readReceiptElsewhere,
} from '../../protocol/logout/index.ts';
import { browserId, currentSession, otherSessions } from '../ui/browser-session.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { textsFor } from '../ui/languages.ts';
import { logoutReceipt, receiptLead } from '../ui/logout-receipt/index.ts';
import { logoutReceiptTexts } from '../ui/logout-receipt/texts/index.ts';
import { sendPage } from '../ui/page.ts';
import { remainingAccounts } from './remaining-accounts.ts';
import { logoutTexts } from './texts/index.ts';

export const signedOutPath = '/signed-out';

/** How long the page's address tells of the sign-out, in seconds. */
const lifeSeconds = 600;
/** How long after a sign-out its frames are opened: later, the person may have signed in again. */
const frameSeconds = 60;
/** When the browser goes on at the latest, in seconds. */
const onwardSeconds = 8;
/** Of the ids in an address, so that it fits through usual proxies. */
const idsLength = 4000;
/** How many sessions at other browsers there is room for. */
const elsewhereAtMost = 20;

const signedOutSchema = z.object({
  /** The sessions that ended at this browser: one, or those of all who were signed in here. */
  ended: z
    .array(
      z.object({
        session_id: z.string(),
        ended_at: z.number(),
        knowing: z.array(z.string()).readonly(),
        others: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  /** The sessions of the same person that ended at other browsers. */
  elsewhere: z.array(z.string()).readonly().optional(),
  /** The application that asked for the sign-out. */
  client_id: z.string().optional(),
  /** Where it wants the browser afterwards: a registered post_logout_redirect_uri with its state. */
  location: z.string().optional(),
  /** Whether the browser goes on there by itself. */
  goesOn: z.boolean(),
});

/** What the signed-out page has to tell. */
export type SignedOut = z.output<typeof signedOutSchema>;

/** The address of the signed-out page that tells this, in this browser only. */
export function signedOutUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  signedOut: SignedOut,
): string {
  if (signedOut.ended.length === 0) return signedOutPath;
  const ended = shortened(signedOut.ended);
  const elsewhere = signedOut.elsewhere?.slice(0, elsewhereAtMost);
  const receipt = context.secretKey.seal(
    JSON.stringify({ ...signedOut, ended, elsewhere }),
    boundTo(context, request, reply),
  );
  return `${signedOutPath}?${new URLSearchParams({ receipt })}`;
}

/** Reads it again; nothing to tell when it is not ours, of another browser, or older than ten minutes. */
export function readSignedOut(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  receipt: string | undefined,
): SignedOut {
  const nothing: SignedOut = { ended: [], goesOn: false };
  if (receipt === undefined) return nothing;
  try {
    const json = context.secretKey.unseal(receipt, boundTo(context, request, reply));
    const signedOut = signedOutSchema.parse(JSON.parse(json));
    return context.now() < endedAt(signedOut) + lifeSeconds ? signedOut : nothing;
  } catch (error) {
    if (error instanceof SealError) return nothing;
    throw error;
  }
}

/** The addresses with which the frames of the page tell applications (Front-Channel Logout 1.0). */
export async function framesOf(context: Context, { ended }: SignedOut): Promise<string[]> {
  const fresh = ended.filter(({ ended_at }) => context.now() < ended_at + frameSeconds);
  const told = fresh.flatMap(({ session_id, knowing }) => knowing.map((client_id) => ({ session_id, client_id })));
  const frames = await Promise.all(
    told.map(async ({ session_id, client_id }) => {
      const client = await findClient(context, client_id);
      return (client && frontChannelUrl(context, client, session_id)) ?? [];
    }),
  );
  return frames.flat();
}

/** The signed-out page: the logout receipt, the frames that tell applications, who is still signed in, and the way on. */
export async function sendSignedOut(
  context: Context,
  reply: FastifyReply,
  signedOut: SignedOut,
): Promise<FastifyReply> {
  const { request } = reply;
  const { ended, location } = signedOut;
  const frames = await framesOf(context, signedOut);
  const entries = ended.length > 0 ? await receiptOf(context, signedOut) : undefined;
  const t = textsFor(context, request, logoutTexts);
  const receipt = t.with(logoutReceiptTexts);
  const client = signedOut.client_id === undefined ? undefined : await findClient(context, signedOut.client_id);
  const back = location !== undefined && client ? { name: client.client_name, location } : undefined;
  const goesOn = signedOut.goesOn && back !== undefined && frames.length > 0;
  if (goesOn) reply.header('refresh', `${onwardSeconds}; url=${back.location}`);
  const current = await currentSession(context, request);
  const remaining = [...(current ? [current] : []), ...(await otherSessions(context, request))];
  return sendPage(context, reply, {
    title: t('signedOut'),
    lead: goesOn
      ? t('backSoon', { client: back.name })
      : entries
        ? receiptLead(receipt, entries)
        : receipt('someMayKnow'),
    frames,
    ...(goesOn && { formAction: [back.location], scripts: ['signed-out.js'] }),
    body: html`${entries && logoutReceipt(receipt, entries)}
${buttonRow(
  back &&
    linkButton({
      label: t('backTo', { client: back.name }),
      href: back.location,
      ...(goesOn && { id: 'logout-continue' }),
    }),
  linkButton({ label: t('signInAgain'), href: '/login', kind: back ? 'quiet' : 'primary' }),
)}${remainingAccounts(t, remaining)}
${frames.map((address) => html`<iframe src="${address}" title="${t('frame')}" sandbox="allow-scripts allow-same-origin" referrerpolicy="no-referrer" hidden></iframe>\n`)}`,
  });
}

async function receiptOf(context: Context, signedOut: SignedOut): Promise<ReceiptEntry[]> {
  const { ended, elsewhere = [] } = signedOut;
  const here = await Promise.all(ended.map((one) => readReceipt(context, one)));
  const there = await readReceiptElsewhere(context, { session_ids: elsewhere, ended_at: endedAt(signedOut) });
  return [...here.flat(), ...there];
}

const endedAt = ({ ended }: SignedOut): number => Math.max(0, ...ended.map(({ ended_at }) => ended_at));

/** As many of the ids as an address has room for, those first that are to be told in frames. */
function shortened(ended: readonly EndedSession[]): EndedSession[] {
  let room = idsLength;
  const fits = (client_id: string) => {
    room -= client_id.length + 3;
    return room >= 0;
  };
  const knowing = ended.map((one) => one.knowing.filter(fits));
  return ended.map((one, index) => ({ ...one, knowing: knowing[index] ?? [], others: one.others.filter(fits) }));
}

const boundTo = (context: Context, request: FastifyRequest, reply: FastifyReply): string =>
  `signed-out/${browserId(context, request, reply)}`;
