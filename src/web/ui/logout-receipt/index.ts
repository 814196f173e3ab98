import { type Html, type HtmlValue, html } from '../../../lib/html.ts';
import type { ReceiptEntry } from '../../../protocol/logout/index.ts';
import type { IconName } from '../icon.ts';
import { permissionList } from '../permission-list.ts';
import { timeTag } from '../time.ts';
import type { LogoutReceiptTexts } from './texts/index.ts';

/**
 * What is told of each application after a sign-out: whether it was told, and until when it may stay signed in. Of
 * several sessions that one application was used in, the one it was told least of counts.
 */
export function logoutReceipt(t: LogoutReceiptTexts, entries: readonly ReceiptEntry[]): Html | undefined {
  if (entries.length === 0) return undefined;
  return permissionList(
    leastToldOf(entries).map((entry) => ({
      icon: icons[standingOf(entry)],
      label: html`<strong>${entry.client.client_name}</strong>`,
      detail: detailOf(t, entry),
    })),
  );
}

/** One sentence on all of them. */
export function receiptLead(t: LogoutReceiptTexts, entries: readonly ReceiptEntry[]): string {
  if (entries.length === 0) return t('none');
  return entries.every((entry) => standingOf(entry) === 'told') ? t('allTold') : t('someMayKnow');
}

/** How the sign-out reached an application, the best first. */
const standings = ['told', 'beingTold', 'outOfReach', 'neverTold'] as const;
type Standing = (typeof standings)[number];

const icons: Readonly<Record<Standing, IconName>> = {
  told: 'check',
  beingTold: 'clock',
  outOfReach: 'warning',
  neverTold: 'info',
};

function standingOf({ client, knewSession, delivery }: ReceiptEntry): Standing {
  if (delivery?.delivered_at) return 'told';
  if (knewSession && client.frontchannel_logout_uri !== undefined) return 'told';
  if (!delivery) return 'neverTold';
  return delivery.given_up_at === null ? 'beingTold' : 'outOfReach';
}

function leastToldOf(entries: readonly ReceiptEntry[]): ReceiptEntry[] {
  const rank = (entry: ReceiptEntry) => standings.indexOf(standingOf(entry));
  const byClient = new Map<string, ReceiptEntry>();
  for (const entry of entries) {
    const known = byClient.get(entry.client.client_id);
    if (!known || rank(known) < rank(entry)) byClient.set(entry.client.client_id, entry);
  }
  return [...byClient.values()];
}

function detailOf(t: LogoutReceiptTexts, entry: ReceiptEntry): Html {
  const { offline_until, access_until } = entry;
  const standing = standingOf(entry);
  const sentences: HtmlValue[] = [t(standing)];
  const until = (time: number) => timeTag(time, t);
  if (offline_until !== undefined) sentences.push(' ', t.rich('keepsAccess', { until: until(offline_until) }));
  else if (standing !== 'told' && access_until !== undefined)
    sentences.push(' ', t.rich('accessEnds', { until: until(access_until) }));
  return html`${sentences}`;
}
