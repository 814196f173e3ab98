import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { findUserByLogin, type User } from '../identity/users.ts';
import { endOfDay } from '../lib/calendar-date.ts';
import { OperatorError } from '../lib/operator-error.ts';
import type { Client } from '../protocol/client-metadata.ts';
import { findClient } from '../protocol/clients.ts';
import type { CommandHost } from './command.ts';

/** The user of this name or e-mail address. Throws an OperatorError when there is none. */
export async function namedUser(context: Context, login: string): Promise<User> {
  const user = await findUserByLogin(context, login);
  if (!user)
    throw new OperatorError(`There is no user ${JSON.stringify(login)}; "castellan user list" shows them all.`);
  return user;
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
