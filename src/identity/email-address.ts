import type { Context } from '../context.ts';
import { confirmEmailAddress, type EmailAddress, restoreEmailAddress } from '../storage/email-addresses.ts';
import { findUsableLinkOf, insertLink, type Link, linkInsert } from '../storage/links.ts';
import { isConstraint } from '../storage/storage-error.ts';
import type { User } from '../storage/user-row.ts';
import { findUserById, findUserByKey } from '../storage/users.ts';
import { isOpen } from './account-state.ts';
import { type Actor, type AuditEvent, newEvent } from './audit.ts';
import { houseName } from './brands/index.ts';
import { emailLost } from './email-claims.ts';
import { type Language, languageOfUser, textsIn } from './languages.ts';
import { codeHash, findLink, newLink, spacedCode, typedCode } from './links.ts';
import { emailSchema, loginKey, usernameSchema } from './login-name.ts';
import { chargeMailRequest, chargeMailTo } from './mail-limits.ts';
import { prepareMail, queueMail } from './mails.ts';
import { createRecoveryLink } from './recovery.ts';
import { mailTexts } from './texts/index.ts';
import { chargeCodeGuess, forgiveCodeGuesses } from './throttle.ts';
import { UserError } from './user-error.ts';

const confirmationSeconds = 24 * 3600;
const undoSeconds = 7 * 86_400;

/** Why an address was not confirmed: the reasons a page can say in its language. */
export type ConfirmationOutcome =
  | { readonly outcome: 'confirmed' }
  | { readonly outcome: 'wrong' | 'taken' }
  | { readonly outcome: 'throttled'; readonly refusedForSeconds: number };

/**
 * Mails a link and a code to an address that a person gave for the own account; the account keeps the address it has
 * until one of them is used. Whoever owns the address already is told, and the person is not. Resolves with the seconds
 * to wait when no mail may be sent now. Throws a ZodError for what is no address.
 */
export async function requestEmailConfirmation(
  context: Context,
  user: User,
  given: { readonly email: string; readonly language: Language },
  actor: Actor,
): Promise<number | undefined> {
  const email = emailSchema.parse(given.email);
  addressOf(user, email);
  const asked = loginKey(email);
  const refusedForSeconds =
    (await chargeMailRequest(context, { asked, address: actor.address ?? '' })) ??
    (await chargeMailTo(context, user.id));
  if (refusedForSeconds !== undefined) return refusedForSeconds;
  const link = newLink(context, {
    purpose: 'email-confirmation',
    user_id: user.id,
    seconds: confirmationSeconds,
    detail: { email },
  });
  const event = newEvent(context, actor, 'email-confirmation.requested', user.id, { email });
  const owner = (await findUserByKey(context.database, asked))?.user;
  if (owner && owner.id !== user.id && !owner.claimsEmail) {
    await insertLink(context.database, { ...link.row, code_hash: null }, event);
    await tellOwnerOfAddress(context, owner, email);
    return undefined;
  }
  const { language } = given;
  const t = textsIn(context, language, mailTexts);
  const mail = prepareMail(context, {
    recipient: email,
    user_id: user.id,
    purpose: 'email-confirmation',
    language,
    subject: t('confirmSubject'),
    text: t('confirmText', { house: await houseName(context) }),
    code: spacedCode(link.code),
    link: `${context.config.publicUrl}/account/email/confirm?token=${link.token}`,
    linkLabel: t('confirmLabel'),
    closing: t('confirmClosing', { hours: confirmationSeconds / 3600 }),
    expires_at: link.row.expires_at,
  });
  await insertLink(context.database, link.row, event, [mail.statement]);
  mail.sendSoon();
  return undefined;
}

/** The address that waits to be confirmed by this user. */
export async function findUnconfirmedEmail(context: Context, user: User): Promise<string | undefined> {
  return (await findConfirmation(context, user))?.detail.email;
}

/** The address that a mailed link of this user confirms, while it can be used; looking does not consume it. */
export async function findEmailToConfirm(context: Context, user: User, token: string): Promise<string | undefined> {
  const link = await findLink(context, 'email-confirmation', token);
  return link?.user_id === user.id ? link.detail.email : undefined;
}

/** Gives the account the address of a mailed link; of any number of callers exactly one gets `confirmed`. */
export async function confirmEmailByLink(
  context: Context,
  user: User,
  token: string,
  actor: Actor,
): Promise<ConfirmationOutcome> {
  const link = await findLink(context, 'email-confirmation', token);
  return link?.user_id === user.id ? confirm(context, user, link, actor) : { outcome: 'wrong' };
}

/** The same with the code that was mailed last; each guess is counted before it is looked at. */
export async function confirmEmailByCode(
  context: Context,
  user: User,
  typed: string,
  actor: Actor,
): Promise<ConfirmationOutcome> {
  const refusedForSeconds = await chargeCodeGuess(context, { user_id: user.id, address: actor.address ?? '' });
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };
  const link = await findConfirmation(context, user);
  const code = typedCode(typed);
  // What is stored is derived under the secret key, so that how long comparing takes tells nothing of the code.
  if (!link || code === undefined || link.code_hash !== codeHash(context, link.id, code)) return { outcome: 'wrong' };
  const confirmed = await confirm(context, user, link, actor);
  if (confirmed.outcome === 'confirmed') await forgiveCodeGuesses(context, user.id);
  return confirmed;
}

/** The change that a link undoes, while it can be used; looking does not consume it. */
export async function findEmailChange(
  context: Context,
  token: string,
): Promise<{ readonly user: User; readonly link: Link; readonly email: string } | undefined> {
  const link = await findLink(context, 'email-undo', token);
  const user = link?.user_id ? await findUserById(context.database, link.user_id) : undefined;
  const email = link?.detail.email;
  return link && user && isOpen(context, user) && email !== undefined ? { user, link, email } : undefined;
}

/**
 * Gives an account the address back that it had, and ends every session, authorization and later link: somebody else may
 * have been there. Resolves with the URL at which a new password is chosen; of any number of callers exactly one gets
 * it. Throws a UserError when the address is somebody else's by now.
 */
export async function undoEmailChange(
  context: Context,
  token: string,
  from: Omit<Actor, 'id'>,
): Promise<string | undefined> {
  const change = await findEmailChange(context, token);
  if (!change) return undefined;
  const { user, link, email } = change;
  const actor = { ...from, id: user.id };
  const event = newEvent(context, actor, 'email.restored', user.id, { email });
  const isRestored = await whileFree(context, user, email, (lost) =>
    restoreEmailAddress(context.database, link.id, addressOf(user, email), { now: context.now(), event, lost }),
  );
  return isRestored ? createRecoveryLink(context, user, actor) : undefined;
}

function findConfirmation({ database, now }: Context, user: User): Promise<Link | undefined> {
  return findUsableLinkOf(database, { user_id: user.id, purpose: 'email-confirmation', now: now() });
}

async function confirm(context: Context, user: User, link: Link, actor: Actor): Promise<ConfirmationOutcome> {
  const { email = '' } = link.detail;
  const isChange = loginKey(user.email ?? '') !== loginKey(email);
  const event = newEvent(context, actor, isChange ? 'email.changed' : 'email.verified', user.id, { email });
  const undo = isChange && user.email_verified ? await prepareUndo(context, user, email) : undefined;
  try {
    const isConfirmed = await whileFree(context, user, email, (lost) =>
      confirmEmailAddress(context.database, link.id, addressOf(user, email), {
        now: context.now(),
        event,
        lost,
        endLinks: isChange,
        more: undo?.statements ?? [],
      }),
    );
    if (!isConfirmed) return { outcome: 'wrong' };
    undo?.sendSoon();
    return { outcome: 'confirmed' };
  } catch (error) {
    if (error instanceof UserError) return { outcome: 'taken' };
    throw error;
  }
}

/**
 * The notice to the address that goes, with a link that brings it back. Only a verified address has such a say, and as
 * long as one has it no other gets it: a thief could otherwise change the address twice and take the account back later,
 * from an address of their own.
 */
async function prepareUndo(context: Context, user: User, email: string) {
  const detail = { email: user.email ?? '' };
  const { database, now } = context;
  const standing = await findUsableLinkOf(database, { user_id: user.id, purpose: 'email-undo', now: now() });
  const link = newLink(context, { purpose: 'email-undo', user_id: user.id, seconds: undoSeconds, detail });
  const language = languageOfUser(user);
  const t = textsIn(context, language, mailTexts);
  const mail = prepareMail(context, {
    recipient: user.email,
    user_id: user.id,
    purpose: 'notice',
    language,
    subject: t('emailChangedSubject'),
    text: t('emailChangedText', { username: user.username, house: await houseName(context), email }),
    ...(!standing && {
      link: `${context.config.publicUrl}/recovery/email?token=${link.token}`,
      linkLabel: t('undoLabel'),
      closing: t('undoClosing', { days: undoSeconds / 86_400 }),
    }),
    expires_at: link.row.expires_at,
  });
  const undo = standing ? [] : [linkInsert({ ...link.row, code_hash: null })];
  return { statements: [...undo, mail.statement], sendSoon: mail.sendSoon };
}

async function tellOwnerOfAddress(context: Context, owner: User, email: string): Promise<void> {
  const language = languageOfUser(owner);
  const t = textsIn(context, language, mailTexts);
  await queueMail(context, {
    recipient: owner.email ?? email,
    user_id: owner.id,
    purpose: 'notice',
    language,
    subject: t('takenSubject'),
    text: t('takenText', { house: await houseName(context) }),
    expires_at: context.now() + confirmationSeconds,
  });
}

/** The address for the row of a user; a user name that is the e-mail address goes along with it. */
function addressOf(user: User, email: string): EmailAddress {
  const isAlsoName = user.username.includes('@') && loginKey(user.username) === loginKey(user.email ?? '');
  const username = isAlsoName ? usernameSchema.parse(email) : user.username;
  return { user_id: user.id, username, username_key: loginKey(username), email, email_key: loginKey(email) };
}

/** Runs a write that gives a user an address, and takes it off who claims it. Throws a UserError when another has it. */
async function whileFree<Result>(
  context: Context,
  user: User,
  email: string,
  write: (lost: AuditEvent) => Promise<Result>,
): Promise<Result> {
  const refuseTaken = async () => {
    const owner = (await findUserByKey(context.database, loginKey(email)))?.user;
    if (owner && owner.id !== user.id && !owner.claimsEmail)
      throw new UserError('Another user has this e-mail address.', 'email');
  };
  await refuseTaken();
  const lost = emailLost(context, email);
  try {
    return await write(lost);
  } catch (error) {
    if (!isConstraint(error)) throw error;
    await refuseTaken();
    // Somebody claimed it at the same instant, who loses it now.
    return write(lost);
  }
}
