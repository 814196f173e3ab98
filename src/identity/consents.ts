import type { Context } from '../context.ts';
import { serverError } from '../lib/errors.ts';
import {
  type ConsentRow,
  deleteConsent,
  findConsentRow,
  insertConsent,
  listConsentRows,
  replaceConsent,
} from '../storage/consents.ts';
import { type Actor, recordEvent } from './audit.ts';

/** What a person allowed a client, as it is stored. */
export type Consent = ConsentRow;

/** What can be allowed: scope values, and the identifiers of the APIs to call in the person's name. */
export interface Allowance {
  readonly scope: readonly string[];
  readonly resource: readonly string[];
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

/** Whether all that is asked for is allowed by this consent. */
export function isCovered(asked: Allowance, consent: Consent | undefined): boolean {
  if (!consent) return false;
  const { scope, resource } = allowanceOf(consent);
  return asked.scope.every((value) => scope.includes(value)) && asked.resource.every((api) => resource.includes(api));
}

/** How often a consent may change under our hands while one is written. */
const mostTries = 10;

/**
 * Remembers what a person allows a client besides what they allowed before. What is withdrawn at the same instant stays
 * withdrawn: only what is asked for now is allowed then.
 */
export async function rememberConsent(
  context: Context,
  { user_id, client_id, asked }: { user_id: string; client_id: string; asked: Allowance },
  actor: Actor,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await findConsent(context, user_id, client_id);
    const allowed = allowanceOf(before);
    const scope = union(allowed.scope, asked.scope);
    const resource = union(allowed.resource, asked.resource);
    const consent = { user_id, client_id, scope, resource, granted_at: context.now() };
    const { database } = context;
    const isWritten = await (before ? replaceConsent(database, consent, before) : insertConsent(database, consent));
    if (isWritten) return recordEvent(context, actor, 'consent.granted', client_id, { scope, resource });
  }
  throw serverError('what the person allows has changed all the while');
}

/** Withdraws all that a person allowed a client, with every token that came of it. False when there is nothing. */
export async function withdrawConsent(
  context: Context,
  { user_id, client_id }: { user_id: string; client_id: string },
  actor: Actor,
): Promise<boolean> {
  const isWithdrawn = await deleteConsent(context.database, { user_id, client_id, now: context.now() });
  if (isWithdrawn) await recordEvent(context, actor, 'consent.withdrawn', client_id);
  return isWithdrawn;
}

function valuesIn(text = ''): string[] {
  return text.split(' ').filter((value) => value !== '');
}

function union(before: readonly string[], more: readonly string[]): string {
  return [...new Set([...before, ...more])].join(' ');
}
