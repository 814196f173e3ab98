import type { Context } from '../../context.ts';
import { languageOfUser, textsIn } from '../languages.ts';
import { queueMail } from '../mails.ts';
import type { User } from '../users.ts';
import { securityNoticeTexts } from './texts/index.ts';

/** What somebody is told about their account, with what the texts need. */
export type SecurityNotice =
  | {
      readonly about:
        | 'passwordChanged'
        | 'authenticatorAdded'
        | 'authenticatorRemoved'
        | 'recoveryCodesMade'
        | 'secondFactorsRemoved';
    }
  | { readonly about: 'recoveryCodeUsed'; readonly left: number };

/** How long, in seconds, a notice is worth sending. */
const noticeSeconds = 3 * 86_400;

/** Tells the owner of an account by mail what was changed of how one signs in; nothing without an e-mail address. */
export async function sendSecurityNotice(context: Context, user: User, notice: SecurityNotice): Promise<void> {
  if (user.email === undefined) return;
  const language = languageOfUser(user);
  const t = textsIn(context, language, securityNoticeTexts);
  const { username } = user;
  const text =
    notice.about === 'recoveryCodeUsed'
      ? t('recoveryCodeUsed', { username, left: notice.left })
      : t(notice.about, { username });
  await queueMail(context, {
    recipient: user.email,
    user_id: user.id,
    purpose: 'notice',
    language,
    subject: t(`${notice.about}Subject`),
    text: `${text}\n\n${t('wasItYou')}`,
    expires_at: context.now() + noticeSeconds,
  });
}
