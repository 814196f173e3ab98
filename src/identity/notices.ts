import type { Context } from '../context.ts';
import type { User } from '../storage/user-row.ts';
import { listEvents } from './audit.ts';
import { houseName } from './brands/index.ts';
import { mailAddressOf } from './email-claims.ts';
import { languageOfUser, textsIn, timeZoneOfUser } from './languages.ts';
import { isMailConfigured, queueMail } from './mails.ts';
import { type MailTexts, mailTexts } from './texts/index.ts';

/** A notice that was not delivered by then is no news any more. */
const noticeSeconds = 2 * 86_400;

/** What the owner of an account is told of. */
export type NoticeKind =
  | 'newDevice'
  | 'passwordChanged'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'secondFactorAdded'
  | 'secondFactorRemoved'
  | 'recoveryCodeUsed'
  | 'providerLinked'
  | 'providerUnlinked'
  | 'passkeyRefused'
  | 'secondFactorsRemoved';

/** What to do about those for which it makes no difference whose doing it was, or which were no doing of the owner. */
const closings: Partial<Record<NoticeKind, 'passkeyRefusedClosing' | 'secondFactorsRemovedClosing'>> = {
  passkeyRefused: 'passkeyRefusedClosing',
  secondFactorsRemoved: 'secondFactorsRemovedClosing',
};

/** What more there is to say: what the thing is called, and from where it was done. */
export interface NoticeDetails {
  readonly name?: string;
  readonly device?: string;
  readonly address?: string;
}

/**
 * Tells the owner of an account by mail of what could be somebody else's doing, in the language of the claim `locale`.
 * Nothing happens where no mail can be sent, or no address is known that belongs to the account.
 */
export async function notifyOwner(
  context: Context,
  user: User,
  kind: NoticeKind,
  details: NoticeDetails = {},
): Promise<void> {
  const recipient = mailAddressOf(user);
  if (!isMailConfigured(context) || recipient === undefined) return;
  const language = languageOfUser(user);
  const t = textsIn(context, language, mailTexts, timeZoneOfUser(user));
  const values = { username: user.username, house: await houseName(context), name: details.name ?? '' };
  await queueMail(context, {
    recipient,
    user_id: user.id,
    purpose: 'notice',
    language,
    subject: t(`${kind}Subject`),
    text: `${textOf(t, kind, values)}${where(context, t, details)}`,
    link: `${context.config.publicUrl}/account`,
    linkLabel: t('accountLabel'),
    closing: t(closings[kind] ?? 'noticeClosing'),
    expires_at: context.now() + noticeSeconds,
  });
}

/** Tells the owner of a sign-in at a browser that is new to the account, but for the very first one. */
export async function notifyOfNewDevice(context: Context, user: User, details: NoticeDetails): Promise<void> {
  if (!isMailConfigured(context) || mailAddressOf(user) === undefined) return;
  const signIns = await listEvents(context, { target: user.id, action: 'session.started', limit: 2 });
  if (signIns.length > 1) await notifyOwner(context, user, 'newDevice', details);
}

function textOf(t: MailTexts, kind: NoticeKind, values: { username: string; house: string; name: string }): string {
  return t(`${kind}Text`, values);
}

function where(context: Context, t: MailTexts, { device, address }: NoticeDetails): string {
  if (device === undefined || address === undefined) return '';
  return `\n\n${t('newDeviceDetails', { time: t.time(context.now()), device, address })}`;
}
