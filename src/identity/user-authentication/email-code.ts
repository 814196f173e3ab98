import type { Context } from '../../context.ts';
import { consumeEmailSignIn } from '../../storage/email-addresses.ts';
import { insertLinkBesideOthers } from '../../storage/links.ts';
import type { User } from '../../storage/user-row.ts';
import { findUserById, findUserByKey } from '../../storage/users.ts';
import { newEvent } from '../audit.ts';
import { houseName } from '../brands/index.ts';
import { mailAddressOf } from '../email-claims.ts';
import { type Language, textsIn } from '../languages.ts';
import { codeHash, type FreshLink, findLink, type Link, newLink, spacedCode, typedCode } from '../links.ts';
import { isLoginKey, loginKey } from '../login-name.ts';
import { chargeMailRequest, chargeMailTo } from '../mail-limits.ts';
import { isMailConfigured, prepareMail } from '../mails.ts';
import { mailTexts } from '../texts/index.ts';
import type { Proof } from './proof.ts';
import type { TypedMethod } from './user-authentication-method.ts';

/** How long code and link of a mail sign in. */
const signInSeconds = 600;

/**
 * Who reads the mail of an account. What is presented is the id of the link that was mailed, a blank, and the code as
 * it was typed; a code is right only for its link.
 */
export const emailCode: TypedMethod = {
  name: 'email-code',
  title: 'Code by e-mail',
  amr: ['otp', 'email'],
  factors: ['first'],
  isEnrolled: (context, user) => isMailConfigured(context) && mailAddressOf(user) !== undefined,
  // An address that nobody has proven may be mistyped: it lets in whoever reads there, but nobody can rely on it.
  count: (context, user) => Number(user.email_verified && emailCode.isEnrolled(context, user)),
  async verify(context, candidate, presented) {
    const [id = ''] = presented.split(' ', 1);
    const code = typedCode(presented.slice(id.length));
    return consumeEmailSignIn(context.database, {
      id,
      code_hash: codeHash(context, id, code ?? ''),
      user_id: candidate?.user.id ?? '',
      email_key: loginKey(candidate?.user.email ?? ''),
      now: context.now(),
    });
  },
};

/** Who asks for a code, and for which sign-in. */
export interface CodeRequest {
  readonly email: string;
  readonly language: Language;
  /** The network address that asks. */
  readonly address: string;
  /** What the link has to know to go on with the sign-in at the browser that asked. */
  readonly detail: { readonly browser: string; readonly continuation?: string };
}

/**
 * Mails a code and a link that sign in, when this address belongs to an account. The answer and the time it takes are
 * the same when there is none: all that depends on it happens in the background. Resolves with the id that the code
 * will be presented with, or with the seconds to wait.
 */
export async function requestSignInCode(
  context: Context,
  { email, language, address, detail }: CodeRequest,
): Promise<{ readonly id: string } | { readonly refusedForSeconds: number }> {
  const email_key = loginKey(email);
  const refusedForSeconds = await chargeMailRequest(context, { asked: email_key, address });
  if (refusedForSeconds !== undefined) return { refusedForSeconds };
  const link = newLink(context, {
    purpose: 'email-sign-in',
    user_id: null,
    seconds: signInSeconds,
    detail: { ...detail, email_key },
  });
  context.inBackground(() => sendCode(context, { email_key, language, address, link }));
  return { id: link.row.id };
}

/** The sign-in that a mailed link is for, while it can be used; looking does not consume it. */
export async function findEmailSignIn(
  context: Context,
  token: string,
): Promise<{ readonly link: Link; readonly user: User } | undefined> {
  const link = await findLink(context, 'email-sign-in', token);
  const user = link?.user_id ? await findUserById(context.database, link.user_id) : undefined;
  if (!link || !user || user.disabled || link.detail.email_key !== loginKey(user.email ?? '')) return undefined;
  return { link, user };
}

/**
 * What a mailed link proves; of any number of callers exactly one gets it. Nobody guesses a link, so that no throttle
 * stands before it, which strangers could keep charged.
 */
export async function consumeSignInLink(context: Context, token: string): Promise<Proof | undefined> {
  const found = await findEmailSignIn(context, token);
  if (!found) return undefined;
  const { link, user } = found;
  const email_key = loginKey(user.email ?? '');
  const password_changed_at = (await findUserByKey(context.database, email_key))?.password_changed_at;
  const now = context.now();
  const place = { id: link.id, code_hash: undefined, user_id: user.id, email_key, now };
  if (!(await consumeEmailSignIn(context.database, place))) return undefined;
  const amr = [...emailCode.amr];
  return { user_id: user.id, amr, proven_at: now, ...(password_changed_at !== undefined && { password_changed_at }) };
}

async function sendCode(
  context: Context,
  { email_key, language, address, link }: { email_key: string; language: Language; address: string; link: FreshLink },
): Promise<void> {
  const user = isLoginKey(email_key) ? (await findUserByKey(context.database, email_key))?.user : undefined;
  const recipient = user && mailAddressOf(user);
  if (!user || recipient === undefined || loginKey(recipient) !== email_key || user.disabled) return;
  if ((await chargeMailTo(context, user.id)) !== undefined) return;
  const t = textsIn(context, language, mailTexts);
  const house = await houseName(context);
  const mail = prepareMail(context, {
    recipient,
    user_id: user.id,
    purpose: 'sign-in',
    language,
    subject: t('signInSubject', { house }),
    text: t('signInText', { house }),
    code: spacedCode(link.code),
    link: `${context.config.publicUrl}/login/email/link?token=${link.token}`,
    linkLabel: t('signInLabel'),
    closing: t('signInClosing', { minutes: signInSeconds / 60 }),
    expires_at: link.row.expires_at,
  });
  const event = newEvent(context, { id: 'system', address }, 'sign-in-code.sent', user.id);
  await insertLinkBesideOthers(context.database, { ...link.row, user_id: user.id }, event, [mail.statement]);
  mail.sendSoon();
}
