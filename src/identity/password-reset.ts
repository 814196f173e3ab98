import type { Context } from '../context.ts';
import { insertLink } from '../storage/links.ts';
import { findUserByKey } from '../storage/users.ts';
import { newEvent } from './audit.ts';
import { houseName } from './brands/index.ts';
import { mailAddressOf } from './email-claims.ts';
import { type Language, textsIn } from './languages.ts';
import { newLink } from './links.ts';
import { isLoginKey, loginKey } from './login-name.ts';
import { chargeMailRequest, chargeMailTo } from './mail-limits.ts';
import { isMailConfigured, prepareMail } from './mails.ts';
import { mailTexts } from './texts/index.ts';

/** How long a link works that a mail takes to its owner, and one that an administrator has to find and hand over. */
const mailedSeconds = 30 * 60;
const handedOverSeconds = 24 * 60 * 60;

/** Who has forgotten a password. */
export interface ResetRequest {
  readonly usernameOrEmail: string;
  readonly language: Language;
  /** The network address that asks. */
  readonly address: string;
  /** What the pages remember with the link. */
  readonly detail?: Readonly<Record<string, string>>;
}

/**
 * Mails a link with which the owner of the account chooses a new password; where no mail can be sent, or the address is
 * only claimed, the console has it. The answer and the time it takes are the same when there is no such account. The link
 * goes to the address that the account has, and the one before is dead; those that administrators made are not. Resolves
 * with the seconds to wait when nothing may be sent now, otherwise undefined.
 */
export async function requestPasswordReset(context: Context, request: ResetRequest): Promise<number | undefined> {
  const key = loginKey(request.usernameOrEmail);
  const refusedForSeconds = await chargeMailRequest(context, { asked: key, address: request.address });
  if (refusedForSeconds !== undefined) return refusedForSeconds;
  context.inBackground(() => sendReset(context, key, request));
  return undefined;
}

async function sendReset(
  context: Context,
  key: string,
  { language, address, detail: remembered }: ResetRequest,
): Promise<void> {
  const user = isLoginKey(key) ? (await findUserByKey(context.database, key))?.user : undefined;
  if (!user || user.disabled) return;
  // Whoever asks by an address that is only claimed may be its owner, and the account somebody else's.
  if (user.claimsEmail && key !== loginKey(user.username)) return;
  if ((await chargeMailTo(context, user.id)) !== undefined) return;
  const recipient = mailAddressOf(user);
  const seconds = isMailConfigured(context) && recipient !== undefined ? mailedSeconds : handedOverSeconds;
  const detail = { ...remembered, email_key: loginKey(user.email ?? '') };
  const link = newLink(context, { purpose: 'password-reset', user_id: user.id, seconds, detail });
  const t = textsIn(context, language, mailTexts);
  const house = await houseName(context);
  const mail = prepareMail(context, {
    recipient,
    user_id: user.id,
    purpose: 'password-reset',
    language,
    subject: t('resetSubject'),
    text: t('resetText', { username: user.username, house }),
    link: `${context.config.publicUrl}/recovery?token=${link.token}`,
    linkLabel: t('resetSubject'),
    closing: t('resetClosing', { minutes: seconds / 60 }),
    expires_at: link.row.expires_at,
  });
  const event = newEvent(context, { id: 'system', address }, 'password-reset.requested', user.id);
  await insertLink(context.database, { ...link.row, code_hash: null }, event, [mail.statement]);
  mail.sendSoon();
}
