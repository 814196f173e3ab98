import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { ReceiptEntry } from '../../protocol/logout/index.ts';
import type { IconName } from '../ui/icon.ts';
import { permissionList } from '../ui/permission-list.ts';
import { timeTag } from '../ui/time.ts';

/** What the signed-out page tells of each application: whether it was told, and until when it may stay signed in. */
export function logoutReceipt(entries: readonly ReceiptEntry[]): Html | undefined {
  if (entries.length === 0) return undefined;
  return permissionList(
    entries.map((entry) => ({
      icon: standings[standingOf(entry)].icon,
      label: labelOf(entry),
      detail: detailOf(entry),
    })),
  );
}

/** One sentence on all of them. */
export function receiptLead(entries: readonly ReceiptEntry[]): string {
  if (entries.length === 0) return 'You had opened no application from here.';
  if (entries.every((entry) => standingOf(entry) === 'told')) return 'The applications that you used have been told.';
  return 'Applications that you used may still know you until you sign out there, too.';
}

/** How the sign-out reached an application. */
type Standing = 'told' | 'being-told' | 'out-of-reach' | 'never-told';

const standings: Readonly<Record<Standing, { readonly icon: IconName; readonly text: string }>> = {
  told: { icon: 'check', text: 'Was told.' },
  'being-told': { icon: 'clock', text: 'Is being told, but has not answered yet.' },
  'out-of-reach': { icon: 'warning', text: 'Could not be told: sign out there, too.' },
  'never-told': { icon: 'info', text: 'Is not told when you sign out here: sign out there, too.' },
};

function standingOf({ client, knewSession, delivery }: ReceiptEntry): Standing {
  if (delivery?.delivered_at) return 'told';
  if (knewSession && client.frontchannel_logout_uri !== undefined) return 'told';
  if (!delivery) return 'never-told';
  return delivery.given_up_at === null ? 'being-told' : 'out-of-reach';
}

function labelOf({ client }: ReceiptEntry): Html {
  return html`<strong>${client.client_name}</strong>`;
}

function detailOf(entry: ReceiptEntry): Html {
  const { offline_until, access_until } = entry;
  const standing = standingOf(entry);
  const sentences: HtmlValue[] = [standings[standing].text];
  if (offline_until !== undefined)
    sentences.push(html` It keeps the access that you allowed it while you are away, until ${timeTag(offline_until)}.`);
  else if (standing !== 'told' && access_until !== undefined)
    sentences.push(html` What it got from here ends by ${timeTag(access_until)}.`);
  return html`${sentences}`;
}
