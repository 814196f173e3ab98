/** The mails to people who are to have an account, in the language in which they are written to. */
import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { houseName } from '../brands/index.ts';
import { dayIn, type Language, languageOfUser, textsIn } from '../languages.ts';
import type { Mail } from '../mails.ts';
import { type NewAccountMailTexts, newAccountMailTexts } from './texts/index.ts';

/** How long a mail that only tells something is kept for the console, in seconds. */
const noticeSeconds = 7 * 86_400;

/** With the link of an invitation to the house of this name. */
export function invitationMail(
  context: Context,
  language: Language,
  invited: {
    readonly house: string;
    readonly email: string;
    readonly name: string | undefined;
    readonly link: string;
    readonly expires_at: number;
  },
): Mail {
  const t = textsIn(context, language, newAccountMailTexts);
  const { house, email, name, link, expires_at } = invited;
  const date = dayIn(language, expires_at);
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
export async function confirmationMail(
  context: Context,
  language: Language,
  asked: { readonly email: string; readonly code: string; readonly link: string; readonly expires_at: number },
): Promise<Mail> {
  const t = textsIn(context, language, newAccountMailTexts);
  const { email, code, link, expires_at } = asked;
  return {
    recipient: email,
    purpose: 'registration',
    language,
    subject: t('confirmationSubject'),
    text: t('confirmation', { house: await houseName(context) }),
    code,
    link,
    linkLabel: t('confirmationLabel'),
    closing: t('confirmationClosing'),
    expires_at,
  };
}

/** To the owner of an address with which somebody wanted to sign up. */
export async function existingAccountMail(context: Context, language: Language, email: string): Promise<Mail> {
  const t = textsIn(context, language, newAccountMailTexts);
  return {
    ...telling(context, t, language, email),
    subject: t('existingSubject'),
    text: t('existing', { house: await houseName(context) }),
    closing: t('existingClosing'),
  };
}

/** To somebody whom an administrator has let in. */
export async function approvalMail(context: Context, user: User & { readonly email: string }): Promise<Mail> {
  const language = languageOfUser(user);
  const t = textsIn(context, language, newAccountMailTexts);
  return {
    ...telling(context, t, language, user.email),
    user_id: user.id,
    subject: t('approvedSubject'),
    text: t('approved', { house: await houseName(context), username: user.username }),
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
