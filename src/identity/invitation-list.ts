import { z } from 'zod';
import type { Context } from '../context.ts';
import { endOfDay } from '../lib/calendar-date.ts';
import { type CsvLine, readCsv } from '../lib/csv.ts';
import { type NewInvitation, newInvitationSchema, problemsOfInvitations } from './invitations.ts';
import { UserError } from './user-error.ts';

/** The columns that a list of people may have, in any order. */
export const listColumns = ['email', 'name', 'username', 'groups', 'expires'] as const;
/** How many people one list may have. */
export const longestList = 1000;
/** How long the text of a list may be, in characters. */
export const longestListText = 500_000;

type Column = (typeof listColumns)[number];

/** A person of a list: what was read, and what is wrong with it. */
export interface ListedPerson {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** Undefined when there is a problem. */
  readonly invitation: NewInvitation | undefined;
  readonly problems: readonly string[];
}

/**
 * Reads a list of people as CSV, one a line under a line that names the columns, and finds what is wrong with each.
 * Writes nothing. Throws a UserError or CsvError when the text as a whole is no such list.
 */
export async function readInvitationList(context: Context, text: string, days: number): Promise<ListedPerson[]> {
  if (text.length > longestListText)
    throw new UserError(`The list is longer than ${longestListText} characters.`, 'list');
  const [head, ...lines] = await readCsv(text);
  const columns = columnsOf(head);
  if (lines.length === 0) throw new UserError('There is nobody in the list.', 'list');
  if (lines.length > longestList) throw new UserError(`The list has more than ${longestList} people.`, 'list');
  const people = lines.map((line) => readPerson(line, columns, days));
  const fine = people.flatMap((person) => (person.invitation ? [person.invitation] : []));
  const found = Map.groupBy(await problemsOfInvitations(context, fine), ({ index }) => index);
  return people.map((person) => {
    const problems = person.invitation && found.get(fine.indexOf(person.invitation));
    if (!problems) return person;
    return { ...person, invitation: undefined, problems: problems.map(({ message }) => message) };
  });
}

function columnsOf(head: CsvLine | undefined): readonly Column[] {
  const names = (head?.cells ?? []).map((name) => name.toLowerCase());
  const parsed = z.array(z.enum(listColumns)).min(1).safeParse(names);
  if (!parsed.success)
    throw new UserError(`The first line names the columns, which are some of ${listColumns.join(', ')}.`, 'list');
  if (new Set(names).size < names.length) throw new UserError('The first line names a column twice.', 'list');
  return parsed.data;
}

function readPerson({ line, cells: read }: CsvLine, columns: readonly Column[], days: number): ListedPerson {
  const entries = columns.flatMap((column, index) => (read[index] ? [[column, read[index]] as const] : []));
  const cells: Partial<Record<Column, string>> = Object.fromEntries(entries);
  const problems: string[] = [];
  if (read.length !== columns.length)
    problems.push(`The line has ${read.length} cells, and the first line ${columns.length}.`);
  const { email, name, username, groups = '', expires } = cells;
  const account_expires_at = expires === undefined ? undefined : endOfDay(expires);
  if (expires !== undefined && account_expires_at === undefined)
    problems.push('The column expires holds a day such as 2030-12-31.');
  const parsed = newInvitationSchema.safeParse({
    ...{ email, name, username, days, account_expires_at },
    groups: groups.split(/[|,;]/).flatMap((group) => group.trim() || []),
  });
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => message));
  return { line, cells, invitation: problems.length === 0 ? parsed.data : undefined, problems };
}
