import type { Context } from '../context.ts';
import { equalHashes, newId, newSplitToken, parseSplitToken } from '../lib/split-token.ts';
import type { Sql } from '../storage/database.ts';
import {
  consumeInvitation,
  deleteInvitation,
  findInvitationById,
  type Invitation,
  insertInvitations,
  listInvitationRows,
} from '../storage/invitations.ts';
import { findTakenKeys } from '../storage/taken-names.ts';
import type { User } from '../storage/user-row.ts';
import { type Actor, newEvent } from './audit.ts';
import { houseName } from './brands/index.ts';
import type { NewInvitation } from './invitation-schema.ts';
import type { Language } from './languages.ts';
import { loginKey } from './login-name.ts';
import { isMailConfigured, prepareMail } from './mails.ts';
import { invitationMail } from './new-account-mails/index.ts';
import { UserError } from './user-error.ts';
import type { NewUser } from './user-schema.ts';
import { insertNewUser } from './users.ts';

export type { Invitation } from '../storage/invitations.ts';
export { type NewInvitation, newInvitationSchema } from './invitation-schema.ts';

const secondsOfDay = 86_400;

/** What stands against inviting so many people at once, by the place in the list and the member it is about. */
export interface InvitationProblem {
  readonly index: number;
  readonly member: 'email' | 'username' | 'account_expires_at';
  readonly message: string;
}

/** What else an invitation may come to: a mail in this language to each address, where mail can be sent. */
export interface InvitationTerms {
  readonly language: Language;
  readonly sendsMail: boolean;
}

/** Makes an invitation. Throws a UserError for what `problemsOfInvitations` finds. */
export async function createInvitation(
  context: Context,
  invitation: NewInvitation,
  terms: InvitationTerms,
  actor: Actor,
): Promise<Invitation> {
  const [made] = await createInvitations(context, [invitation], terms, actor, null);
  if (!made) throw new Error('an invitation was not made although nothing stood against it');
  return made;
}

/** Makes all invitations of a list, or none, and resolves with its id. Throws as `createInvitation`. */
export async function createInvitationList(
  context: Context,
  invitations: readonly NewInvitation[],
  terms: InvitationTerms,
  actor: Actor,
): Promise<string> {
  const list_id = newId(context);
  await createInvitations(context, invitations, terms, actor, list_id);
  return list_id;
}

/** Whom nobody can invite: who has an account already, is in the list twice, or would have one that has expired. */
export async function problemsOfInvitations(
  context: Context,
  invitations: readonly NewInvitation[],
): Promise<InvitationProblem[]> {
  const named = invitations.flatMap(({ email, username }, index) => [
    ...(email === undefined ? [] : [{ index, member: 'email' as const, key: loginKey(email) }]),
    ...(username === undefined ? [] : [{ index, member: 'username' as const, key: loginKey(username) }]),
  ]);
  const taken = await findTakenKeys(context.database, [...new Set(named.map(({ key }) => key))]);
  const first = new Map<string, number>();
  const problems: InvitationProblem[] = [];
  for (const { index, member, key } of named) {
    const before = first.get(key);
    first.set(key, before ?? index);
    if (taken.has(key)) problems.push({ index, member, message: takenMessage[member] });
    else if (before !== undefined && before !== index)
      problems.push({ index, member, message: 'Another line of the list has the same.' });
  }
  for (const [index, { account_expires_at }] of invitations.entries())
    if (account_expires_at !== undefined && account_expires_at <= context.now())
      problems.push({ index, member: 'account_expires_at', message: 'The account would have expired already.' });
  return problems;
}

/** The address of an invitation, to be handed over. Throws a SealError for a row that was tampered with. */
export function invitationLink(context: Context, { id, sealed_token }: Invitation): string {
  return `${context.config.publicUrl}/invitation?token=${context.secretKey.unseal(sealed_token, boundTo(id))}`;
}

/** The invitation of a token, as long as it can be used; looking does not consume it. */
export async function findInvitation(context: Context, token: string): Promise<Invitation | undefined> {
  const presented = parseSplitToken(token);
  const invitation = presented && (await findInvitationById(context.database, presented.id));
  if (!invitation || !equalHashes(invitation.verifier_hash, presented.verifier_hash)) return undefined;
  return stateOf(context, invitation) === 'open' ? invitation : undefined;
}

/** How an invitation stands. */
export function stateOf(context: Context, invitation: Invitation): 'open' | 'used' | 'expired' {
  const { uses_left, expires_at, account_expires_at } = invitation;
  if (uses_left <= 0) return 'used';
  return Math.min(expires_at, account_expires_at ?? expires_at) > context.now() ? 'open' : 'expired';
}

/**
 * Makes the account of somebody who holds an invitation, and takes one of its uses, both or neither: of any number of
 * callers as many get a user as uses are left, the others undefined. Groups, expiry and a given e-mail address are those
 * of the invitation, whatever else is presented; another address is only claimed. Only who has the mail with the link has
 * shown that the address is theirs: `mail_proof` tells. They are written to in the language in which they accepted.
 * Throws a ZodError or UserError, with the invitation unharmed, for what cannot be a user.
 */
export async function acceptInvitation(
  context: Context,
  presented: { readonly token: string; readonly mail_proof: string | undefined },
  person: Pick<NewUser, 'username' | 'email' | 'password' | 'claims'> & { readonly language: Language },
  from: Omit<Actor, 'id'>,
): Promise<User | undefined> {
  const invitation = await findInvitation(context, presented.token);
  if (!invitation) return undefined;
  const { id, profile, groups, account_expires_at } = invitation;
  const email = profile.email ?? person.email;
  const isProven = profile.email !== undefined && isMailProof(context, invitation, presented.mail_proof);
  const { username, password, claims, language } = person;
  const known = {
    ...{ username, password: password ?? '', email_verified: isProven, groups: [...groups] },
    claims: { ...(typeof claims === 'object' && claims), locale: language },
    ...(email !== undefined && { email }),
    ...(account_expires_at !== null && { expires_at: account_expires_at }),
  };
  const claim = consumeInvitation(id, context.now());
  const actor = { ...from, id: 'system' };
  const claimsEmail = profile.email === undefined;
  return insertNewUser(context, known, actor, 'invitation.accepted', {
    ...{ claim, claimsEmail },
    detail: { invitation: id },
  });
}

/** Invitations, the newest first, at most 1000; of one list, when that is named. */
export async function listInvitations(
  context: Context,
  { before, list_id, limit }: { before?: string | undefined; list_id?: string | undefined; limit: number },
): Promise<Invitation[]> {
  return listInvitationRows(context.database, { before, list_id, limit: Math.max(1, Math.min(limit, 1000)) });
}

/** The invitation of this id, used, expired or open. */
export async function findInvitationOf(context: Context, id: string): Promise<Invitation | undefined> {
  return /^[0-9a-f]{32}$/.test(id) ? findInvitationById(context.database, id) : undefined;
}

/** Withdraws an invitation, whose link is dead when this resolves; accounts made with it stay. False when it is gone. */
export async function removeInvitation(context: Context, id: string, actor: Actor): Promise<boolean> {
  return deleteInvitation(context.database, id, newEvent(context, actor, 'invitation.removed', id));
}

const takenMessage = {
  email: 'There is an account with this e-mail address already.',
  username: 'This user name is taken.',
};

async function createInvitations(
  context: Context,
  invitations: readonly NewInvitation[],
  terms: InvitationTerms,
  actor: Actor,
  list_id: string | null,
): Promise<Invitation[]> {
  const [problem] = await problemsOfInvitations(context, invitations);
  if (problem) throw new UserError(problem.message, problem.member);
  const rows = invitations.map((invitation) => newRow(context, invitation, actor, list_id));
  const house = await houseName(context);
  const mails =
    terms.sendsMail && isMailConfigured(context)
      ? rows.flatMap((row) => mailOf(context, row, { ...terms, house }))
      : [];
  const [first] = rows;
  const event = newEvent(context, actor, 'invitation.added', list_id ?? first?.id, {
    people: rows.reduce((sum, { uses }) => sum + uses, 0),
    mails: mails.length,
  });
  const alongside: Sql[] = mails.map(({ statement }) => statement);
  await insertInvitations(context.database, rows, { event, alongside });
  for (const mail of mails) mail.sendSoon();
  return rows;
}

function newRow(context: Context, invitation: NewInvitation, actor: Actor, list_id: string | null): Invitation {
  const { email, name, username, groups, uses, days, account_expires_at = null } = invitation;
  const { id, verifier_hash, token } = newSplitToken(context);
  const created_at = context.now();
  return {
    id,
    verifier_hash,
    sealed_token: context.secretKey.seal(token, boundTo(id)),
    profile: { ...(email !== undefined && { email }), ...(name && { name }), ...(username && { username }) },
    groups,
    account_expires_at,
    uses,
    uses_left: uses,
    list_id,
    created_by: actor.id,
    created_at,
    expires_at: created_at + days * secondsOfDay,
  };
}

function mailOf(
  context: Context,
  invitation: Invitation,
  { language, house }: InvitationTerms & { readonly house: string },
) {
  const { profile, expires_at } = invitation;
  const { email, name } = profile;
  if (email === undefined) return [];
  const link = `${invitationLink(context, invitation)}&mail_proof=${mailProof(context, invitation)}`;
  return [prepareMail(context, invitationMail(context, language, { house, email, name, link, expires_at }))];
}

/** What only the link in the mail has: the console shows the link without it. */
function mailProof(context: Context, { id, profile }: Invitation): string {
  return context.secretKey.derive('invitation-mail', `${id}/${profile.email ?? ''}`).toString('base64url');
}

function isMailProof(context: Context, invitation: Invitation, presented: string | undefined): boolean {
  return presented !== undefined && equalHashes(mailProof(context, invitation), presented);
}

const boundTo = (id: string): string => `invitations/${id}`;
