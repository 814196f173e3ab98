import { z } from 'zod';
import type { Context } from '../context.ts';
import { equalHashes } from '../lib/split-token.ts';
import { consumeLink, findUsableLink, type Link } from '../storage/links.ts';
import { countSignUps, insertSignUp } from '../storage/sign-ups.ts';
import { isConstraint } from '../storage/storage-error.ts';
import { findUserByKey } from '../storage/users.ts';
import { countWaitingUsers, refuseMoreWaiting } from '../storage/waiting-users.ts';
import type { Actor } from './audit.ts';
import type { Language } from './languages.ts';
import { codeHash, findLink, newLink, spacedCode, typedCode } from './links.ts';
import { emailSchema, loginKey, usernameSchema } from './login-name.ts';
import { chargeMailRequest } from './mail-limits.ts';
import { isMailConfigured, prepareMail, queueMail } from './mails.ts';
import { chargeConfirmation, chargeNewAccount } from './new-account-limit.ts';
import { confirmationMail, existingAccountMail } from './new-account-mails/index.ts';
import { hashNewPassword, normalisePassword } from './user-authentication/password-policy.ts';
import type { Proof } from './user-authentication/proof.ts';
import { userClaimsSchema } from './user-claims.ts';
import { UserError } from './user-error.ts';
import { insertNewUser } from './users.ts';

/** How long code and link confirm a sign-up. */
const confirmationSeconds = 3600;
/** How many may wait at the same time to be confirmed, and how many to be let in: so much a flood can write. */
const unconfirmedAtMost = 1000;
const waitingAtMost = 500;

const personSchema = z.object({ username: usernameSchema, email: emailSchema, claims: userClaimsSchema });

/** What is kept, sealed, of somebody who has not confirmed the address. */
const formSchema = personSchema.extend({ password_hash: z.string() });

export type SignUpForm = z.output<typeof formSchema>;

/** Somebody who signs up, and from where. */
export interface SignUpRequest {
  readonly person: { readonly username?: unknown; readonly email?: unknown; readonly claims?: object };
  readonly password: string;
  readonly language: Language;
  readonly from: Omit<Actor, 'id'> & { readonly address: string };
  /** What the mailed link has to know to go on at the browser that asked. */
  readonly detail: { readonly browser: string; readonly continuation?: string };
}

/** What came of a sign-up, or of confirming one. */
export type SignUpOutcome =
  | { readonly outcome: 'created'; readonly proof: Proof }
  | { readonly outcome: 'throttled'; readonly refusedForSeconds: number };

/** Whether people may make their own account. */
export function isSignUpOffered({ config }: Context): boolean {
  return config.signUp !== 'off';
}

/**
 * Takes what somebody says who signs up. Where mail can be sent, it goes to the address, and the answer is the id that
 * the code will be presented with; the same, in the same time, when the address has an account, whose owner then gets
 * another mail. Without mail the account is made at once, without an address that another account has. Throws a ZodError,
 * or a UserError for a taken user name, a weak password, or when too many wait.
 */
export async function signUp(
  context: Context,
  request: SignUpRequest,
): Promise<SignUpOutcome | { readonly outcome: 'asked'; readonly id: string }> {
  const { person, password, language, from } = request;
  const refusedForSeconds = await chargeNewAccount(context, from.address);
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };
  const parsed = personSchema.parse({ ...person, claims: { ...person.claims, locale: language } });
  if (parsed.username.includes('@'))
    throw new UserError('A user name has no @ here.', 'username', { code: 'usernameAt' });
  await refuseTakenName(context, parsed.username);
  await refuseWhenFull(context);
  const form = { ...parsed, password_hash: await hashNewPassword(context, password, parsed) };
  return isMailConfigured(context)
    ? askForConfirmation(context, request, form)
    : createWithoutMail(context, form, from);
}

/** What somebody says who holds a mailed link, as long as it can be used; looking does not consume it. */
export async function findSignUp(
  context: Context,
  token: string,
): Promise<{ readonly link: Link; readonly form: SignUpForm } | undefined> {
  const link = await findLink(context, 'sign-up', token);
  return link && { link, form: formOf(context, link) };
}

/**
 * Makes the account of a sign-up by its code, of any number of callers for exactly one; undefined for a wrong code, and
 * for a sign-up that never was. `username` takes the place of one that was taken meanwhile. Throws a ZodError or UserError.
 */
export async function confirmByCode(
  context: Context,
  presented: { readonly id: string; readonly code: string; readonly username?: string | undefined },
  from: Omit<Actor, 'id'>,
): Promise<SignUpOutcome | undefined> {
  const { id, username } = presented;
  const refusedForSeconds = await chargeConfirmation(context, id);
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };
  const code_hash = codeHash(context, id, typedCode(presented.code) ?? '');
  const link = await findUsableLink(context.database, { id, purpose: 'sign-up', now: context.now() });
  if (!link || !equalHashes(link.code_hash ?? '', code_hash)) return undefined;
  return confirm(context, link, username, from);
}

/**
 * The same by the mailed link. Somebody may have signed up with the address of another who only follows the link:
 * elsewhere than at the browser that signed up, the password is asked for. Undefined when it is wrong.
 */
export async function confirmByLink(
  context: Context,
  presented: {
    readonly link: Link;
    readonly browser: string;
    readonly password: string;
    readonly username?: string | undefined;
  },
  from: Omit<Actor, 'id'>,
): Promise<SignUpOutcome | undefined> {
  const { link, browser, password, username } = presented;
  if (link.detail.browser !== browser) {
    const refusedForSeconds = await chargeConfirmation(context, `link ${link.id}`);
    if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };
    const { password_hash } = formOf(context, link);
    if (!(await context.passwordHasher.verify(normalisePassword(password) ?? '', password_hash))) return undefined;
  }
  return confirm(context, link, username, from);
}

async function askForConfirmation(context: Context, request: SignUpRequest, form: SignUpForm) {
  const { language, from, detail } = request;
  const { email } = form;
  const refusedForSeconds = await chargeMailRequest(context, { asked: loginKey(email), address: from.address });
  if (refusedForSeconds !== undefined) return { outcome: 'throttled' as const, refusedForSeconds };
  const fresh = newLink(context, { purpose: 'sign-up', user_id: null, seconds: confirmationSeconds });
  const { id } = fresh.row;
  const row = { ...fresh.row, detail: { ...detail, form: context.secretKey.seal(JSON.stringify(form), boundTo(id)) } };
  // Whatever depends on whether there is such an account happens where nobody waits for it.
  context.inBackground(async () => {
    const owner = (await findUserByKey(context.database, loginKey(email)))?.user;
    if (owner && !owner.claimsEmail)
      return queueMail(context, await existingAccountMail(context, language, owner.email ?? email));
    const link = `${context.config.publicUrl}/sign-up/link?token=${fresh.token}`;
    const { expires_at } = row;
    const mail = prepareMail(
      context,
      await confirmationMail(context, language, { email, code: spacedCode(fresh.code), link, expires_at }),
    );
    const isInserted = await insertSignUp(context.database, row, {
      most: unconfirmedAtMost,
      alongside: [mail.statement],
    });
    if (isInserted) mail.sendSoon();
  });
  return { outcome: 'asked' as const, id };
}

async function createWithoutMail(context: Context, form: SignUpForm, from: Omit<Actor, 'id'>): Promise<SignUpOutcome> {
  const created = await create(context, form, { from, email_verified: false });
  if (!created) throw new Error('nobody was made although nothing stood against it');
  return created;
}

async function confirm(
  context: Context,
  link: Link,
  username: string | undefined,
  from: Omit<Actor, 'id'>,
): Promise<SignUpOutcome | undefined> {
  const form = formOf(context, link);
  const named = username === undefined ? form : { ...form, username };
  const claim = consumeLink(link.id, context.now());
  return create(context, named, { from, email_verified: true, claim });
}

async function create(
  context: Context,
  { password_hash, ...person }: SignUpForm,
  terms: {
    readonly from: Omit<Actor, 'id'>;
    readonly email_verified: boolean;
    readonly claim?: ReturnType<typeof consumeLink>;
  },
): Promise<SignUpOutcome | undefined> {
  const { from, email_verified, claim } = terms;
  const awaitsApproval = context.config.signUp === 'approval';
  const alongside = awaitsApproval ? refuseMoreWaiting(waitingAtMost, context.now()) : [];
  const actor = { ...from, id: 'system' };
  const how = { password_hash, awaitsApproval, alongside, claimsEmail: !email_verified, ...(claim && { claim }) };
  try {
    const user = await insertNewUser(context, { ...person, email_verified }, actor, 'user.signed-up', how);
    if (!user) return undefined;
    const proof = {
      user_id: user.id,
      amr: ['pwd'],
      proven_at: context.now(),
      password_changed_at: user.created_at,
    };
    return { outcome: 'created', proof };
  } catch (error) {
    if (isConstraint(error)) await refuseWhenFull(context);
    throw error;
  }
}

async function refuseTakenName(context: Context, username: string): Promise<void> {
  if (await findUserByKey(context.database, loginKey(username)))
    throw new UserError('This user name is taken.', 'username', { code: 'usernameTaken' });
}

async function refuseWhenFull(context: Context): Promise<void> {
  const { database, config } = context;
  const isFull =
    (config.signUp === 'approval' && (await countWaitingUsers(database)) >= waitingAtMost) ||
    (isMailConfigured(context) && (await countSignUps(database, context.now())) >= unconfirmedAtMost);
  if (isFull) throw new UserError('Too many people are signing up.', '', { code: 'full' });
}

function formOf(context: Context, { id, detail }: Link): SignUpForm {
  return formSchema.parse(JSON.parse(context.secretKey.unseal(detail.form ?? '', boundTo(id))));
}

const boundTo = (id: string): string => `links/${id}`;
