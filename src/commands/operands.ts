import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { accountState } from '../identity/account-state.ts';
import { enrolledSecondFactors } from '../identity/user-authentication/index.ts';
import { findUserByLogin, type User } from '../identity/users.ts';
import { endOfDay } from '../lib/calendar-date.ts';
import { OperatorError } from '../lib/operator-error.ts';
import type { Client } from '../protocol/client-metadata.ts';
import { findClient } from '../protocol/clients.ts';
import type { IdentityProvider } from '../protocol/identity-providers/index.ts';
import { findIdentityProvider } from '../protocol/identity-providers/registered-providers.ts';
import type { CommandHost } from './command.ts';

/** The user of this name or e-mail address. Throws an OperatorError when there is none. */
export async function namedUser(context: Context, login: string): Promise<User> {
  const user = await findUserByLogin(context, login);
  if (!user)
    throw new OperatorError(`There is no user ${JSON.stringify(login)}; "castellan user list" shows them all.`);
  return user;
}

/** Why nobody can sign in with this account now, and the command which helps; undefined when somebody can. */
export function closedSentence(context: Context, user: User): string | undefined {
  const state = accountState(context, user);
  if (state === 'open') return undefined;
  const { sentence, more } = closed[state];
  return `${user.username} ${sentence}; "castellan user enable ${user.username}${more}" changes that.`;
}

/** Throws an OperatorError with the `closedSentence` of a user, where there is one. */
export function requireOpen(context: Context, user: User): void {
  const sentence = closedSentence(context, user);
  if (sentence !== undefined) throw new OperatorError(sentence);
}

const closed = {
  disabled: { sentence: 'is disabled', more: '' },
  'awaits-approval': { sentence: 'waits for approval', more: '' },
  expired: { sentence: 'has an account whose last day is over', more: ' --expires <day>' },
} as const;

/** Reminds whoever replaces a password that it alone does not sign in, where it does not. */
export async function remarkOnSecondFactors(host: CommandHost, context: Context, user: User): Promise<void> {
  const factors = (await enrolledSecondFactors(context, user)).map(({ title }) => title.toLowerCase());
  if (factors.length > 0)
    host.remark(
      `A second factor is asked for as ever (${factors.join(', ')}); if it is lost: "castellan user remove-second-factors ${user.username}".`,
    );
}

/** The identity provider of this name. Throws an OperatorError when there is none. */
export async function namedProvider(context: Context, name: string): Promise<IdentityProvider> {
  const provider = await findIdentityProvider(context, name);
  if (!provider)
    throw new OperatorError(
      `There is no provider ${JSON.stringify(name)}; "castellan identity-provider list" shows them all.`,
    );
  return provider;
}

/** The client of this id. Throws an OperatorError when there is none. */
export async function namedClient(context: Context, client_id: string): Promise<Client> {
  const client = await findClient(context, client_id);
  if (!client)
    throw new OperatorError(`There is no client ${JSON.stringify(client_id)}; "castellan client list" shows them all.`);
  return client;
}

/** The error that no API has this identifier. */
export function missingResource(identifier: string): OperatorError {
  return new OperatorError(
    `There is no resource ${JSON.stringify(identifier)}; "castellan resource list" shows them all.`,
  );
}

/** The JSON object that a word is, or that the file after its @ holds; @- is standard input. Throws OperatorError. */
export async function readObject(host: CommandHost, word: string): Promise<Record<string, unknown>> {
  const text = word === '@-' ? await host.readInput() : word.startsWith('@') ? readFile(host, word.slice(1)) : word;
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new OperatorError(`${describe(word)} must be a JSON object, such as {"name": "value"}.`);
  return { ...value };
}

/** A day as a word of a command, read as the moment (epoch seconds) at which it is over. */
export const dayWord = z.string().transform((text, context) => {
  const end = endOfDay(text);
  if (end !== undefined) return end;
  context.addIssue('is not a day such as 2030-12-31');
  return z.NEVER;
});

/** The same, or null for the word never. */
export const lastDayWord = z.string().transform((text, context) => {
  if (text === 'never') return null;
  const end = endOfDay(text);
  if (end !== undefined) return end;
  context.addIssue('is not a day such as 2030-12-31, nor the word never');
  return z.NEVER;
});

/** An epoch time as people and spreadsheets read it. */
export function timeText(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? '' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const longest = 1024 * 1024;

function readFile({ folder }: CommandHost, file: string): string {
  try {
    const bytes = readFileSync(resolve(folder, file));
    if (bytes.length > longest) throw new OperatorError(`${file} is longer than 1 MiB.`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${file} cannot be read.`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\u{feff}/u, ''));
  } catch {
    return undefined;
  }
}

function describe(word: string): string {
  return word === '@-' ? 'Standard input' : word.startsWith('@') ? word.slice(1) : 'The document';
}
