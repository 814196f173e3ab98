import type { Context } from '../context.ts';
import { serverError } from '../lib/errors.ts';
import {
  type ConsentRow,
  deleteConsent,
  findConsentRow,
  insertConsent,
  listConsentRows,
  replaceConsent,
  revokeAuthorizationsFor,
} from '../storage/consents.ts';
import { type Actor, recordEvent } from './audit.ts';

/** What a person allowed a client, as it is stored. */
export type Consent = ConsentRow;

/** What can be allowed: scope values, and the identifiers of the APIs to call in the person's name. */
export interface Allowance {
  readonly scope: readonly string[];
  readonly resource: readonly string[];
}

/** What a person answered: what they allow, and the scope values that they were asked for and leave out. */
export interface Answer extends Allowance {
  readonly declined?: readonly string[];
}

/** What is asked for, and what of it the person may leave out. */
export interface Asked extends Allowance {
  readonly optional: readonly string[];
}

/** What this person allowed this client before. */
export function findConsent({ database }: Context, user_id: string, client_id: string): Promise<Consent | undefined> {
  return findConsentRow(database, user_id, client_id);
}

/** What a person allowed, client by client. */
export function listConsents({ database }: Context, user_id: string): Promise<Consent[]> {
  return listConsentRows(database, user_id);
}

/** What a consent allows; nothing without one. */
export function allowanceOf(consent: Consent | undefined): Allowance {
  return { scope: valuesIn(consent?.scope), resource: valuesIn(consent?.resource) };
}

/** What the person was asked for and left out. */
export function declinedIn(consent: Consent | undefined): readonly string[] {
  return valuesIn(consent?.declined);
}

/**
 * Whether nothing of what is asked for is left to ask: it is allowed by this consent, or was left out and may be. Nothing
 * but what was left out is no consent at all.
 */
export function isCovered(asked: Asked, consent: Consent | undefined): boolean {
  if (!consent) return false;
  const { scope, resource } = allowanceOf(consent);
  const leftOut = declinedIn(consent).filter((value) => asked.optional.includes(value));
  const isAllowed = (value: string) => scope.includes(value);
  return (
    asked.scope.every((value) => isAllowed(value) || leftOut.includes(value)) &&
    asked.resource.every((api) => resource.includes(api)) &&
    (asked.scope.length === 0 || asked.scope.some(isAllowed))
  );
}

/** How often a consent may change under our hands while one is written. */
const mostTries = 10;

/**
 * Remembers what a person allows a client besides what they allowed before, and what they leave out; leaving out what
 * they allowed before ends all that came of it. What is withdrawn at the same instant stays withdrawn: only what is
 * asked for now is allowed then.
 */
export async function rememberConsent(
  context: Context,
  { user_id, client_id, asked }: { user_id: string; client_id: string; asked: Answer },
  actor: Actor,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await findConsent(context, user_id, client_id);
    const allowed = allowanceOf(before);
    const leftOut = asked.declined ?? [];
    const scope = union(allowed.scope, asked.scope, leftOut);
    const resource = union(allowed.resource, asked.resource);
    const declined = union(declinedIn(before), leftOut, asked.scope);
    const consent = { user_id, client_id, scope, resource, declined, granted_at: context.now() };
    const { database } = context;
    const takesAway = allowed.scope.some((value) => leftOut.includes(value));
    const isWritten = await (before
      ? replaceConsent(database, consent, { before, takesAway })
      : insertConsent(database, consent));
    const detail = { scope, resource, ...(declined !== '' && { declined }) };
    if (isWritten) return recordEvent(context, actor, 'consent.granted', client_id, detail);
  }
  throw serverError('what the person allows has changed all the while');
}

/**
 * Withdraws all that a person allowed a client, with every token that came of it, and what a client got that needs no
 * consent; the client is told that the person is signed out there. False when there is nothing.
 */
export async function withdrawConsent(
  context: Context,
  { user_id, client_id }: { user_id: string; client_id: string },
  actor: Actor,
): Promise<boolean> {
  const access = { user_id, client_id, now: context.now() };
  const { database } = context;
  const isWithdrawn = (await deleteConsent(database, access)) || (await revokeAuthorizationsFor(database, access));
  if (isWithdrawn) await recordEvent(context, actor, 'consent.withdrawn', client_id);
  return isWithdrawn;
}

function valuesIn(text = ''): string[] {
  return text.split(' ').filter((value) => value !== '');
}

function union(before: readonly string[], more: readonly string[], without: readonly string[] = []): string {
  return [...new Set([...before, ...more])].filter((value) => !without.includes(value)).join(' ');
}
