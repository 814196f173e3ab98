/** The mails to people who are to have an account, in the language in which they are written to. */
import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { type Language, languageOfUser, textsIn } from '../languages.ts';
import type { Mail } from '../mails.ts';
import { houseName } from '../notices.ts';
import { type NewAccountMailTexts, newAccountMailTexts } from './texts/index.ts';

/** How long a mail that only tells something is kept for the console, in seconds. */
const noticeSeconds = 7 * 86_400;

/** With the link of an invitation. */
export function invitationMail(
  context: Context,
  language: Language,
  invited: {
    readonly email: string;
    readonly name: string | undefined;
    readonly link: string;
    readonly expires_at: number;
  },
): Mail {
  const t = textsIn(context, language, newAccountMailTexts);
  const house = houseName(context);
  const { email, name, link, expires_at } = invited;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(expires_at * 1000);
  return {
    recipient: email,
    purpose: 'invitation',
    language,
    subject: t('invitationSubject', { house }),
    text: name === undefined ? t('invitation', { house }) : t('invitationTo', { name, house }),
    link,
    linkLabel: t('invitationLabel'),
    closing: t('invitationClosing', { date }),
    expires_at,
  };
}

/** With the code and the link that confirm the address of somebody who signs up. */
export function confirmationMail(
  context: Context,
  language: Language,
  asked: { readonly email: string; readonly code: string; readonly link: string; readonly expires_at: number },
): Mail {
  const t = textsIn(context, language, newAccountMailTexts);
  const { email, code, link, expires_at } = asked;
  return {
    recipient: email,
    purpose: 'registration',
    language,
    subject: t('confirmationSubject'),
    text: t('confirmation', { house: houseName(context) }),
    code,
    link,
    linkLabel: t('confirmationLabel'),
    closing: t('confirmationClosing'),
    expires_at,
  };
}

/** To the owner of an address with which somebody wanted to sign up. */
export function existingAccountMail(context: Context, language: Language, email: string): Mail {
  const t = textsIn(context, language, newAccountMailTexts);
  return {
    ...telling(context, t, language, email),
    subject: t('existingSubject'),
    text: t('existing', { house: houseName(context) }),
    closing: t('existingClosing'),
  };
}

/** To somebody whom an administrator has let in. */
export function approvalMail(context: Context, user: User & { readonly email: string }): Mail {
  const language = languageOfUser(user);
  const t = textsIn(context, language, newAccountMailTexts);
  return {
    ...telling(context, t, language, user.email),
    user_id: user.id,
    subject: t('approvedSubject'),
    text: t('approved', { house: houseName(context), username: user.username }),
  };
}

function telling(context: Context, t: NewAccountMailTexts, language: Language, recipient: string) {
  return {
    recipient,
    purpose: 'registration' as const,
    language,
    link: `${context.config.publicUrl}/login`,
    linkLabel: t('signIn'),
    expires_at: context.now() + noticeSeconds,
  };
}
