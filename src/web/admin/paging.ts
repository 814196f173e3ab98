/**
 * Lists longer than a page: the address of the next page carries the last row of this one, sealed, so that nothing but
 * what we wrote ever reaches a query. How long a page is, no address can say.
 */
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { invalidRequest } from '../../lib/errors.ts';
import type { Html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { SealError } from '../../lib/seal.ts';
import { queryOf } from '../ui/form-body.ts';
import { pagination } from '../ui/list.ts';

/** How many rows a page has. */
export const pageSize = 50;

/** What may narrow a list down: text from a search field. */
export const searchText = z.string().trim().max(200).optional();

/**
 * The query of a list's page: its own filters, and behind which row it begins. Throws `invalid_request` for anything
 * else in the address, and for a cursor that we did not write for this list.
 */
export function readListQuery<Shape extends z.ZodRawShape>(
  context: Context,
  request: FastifyRequest,
  list: string,
  filters: Shape,
): { readonly filters: z.output<z.ZodObject<Shape>>; readonly after: string | undefined } {
  const { after, ...others } = { ...requireUnrepeated(queryOf(request)) };
  const parsed = z.strictObject(filters).safeParse(others);
  if (!parsed.success) throw invalidRequest('the address has a parameter that this list does not know');
  return { filters: parsed.data, after: after === undefined ? undefined : unsealCursor(context, list, after) };
}

/** One page of the rows that were found by asking for `pageSize + 1` of them, and the way to the others. */
export function pageOf<Row>(
  context: Context,
  list: {
    readonly name: string;
    readonly path: string;
    readonly filters: Readonly<Record<string, string | undefined>>;
    readonly after: string | undefined;
    readonly found: readonly Row[];
    readonly cursorOf: (row: Row) => string;
  },
): { readonly rows: readonly Row[]; readonly pagination: Html | undefined } {
  const { name, path, filters, after, found, cursorOf } = list;
  const rows = found.slice(0, pageSize);
  const last = found.length > pageSize ? rows.at(-1) : undefined;
  const next = last === undefined ? undefined : context.secretKey.seal(JSON.stringify(cursorOf(last)), boundTo(name));
  return {
    rows,
    pagination: pagination({
      ...(after !== undefined && { first: listUrl(path, filters) }),
      ...(next !== undefined && { next: listUrl(path, { ...filters, after: next }) }),
    }),
  };
}

/** The address of a list with these filters. */
export function listUrl(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function unsealCursor(context: Context, list: string, sealed: string): string {
  try {
    return z.string().parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(list))));
  } catch (error) {
    if (error instanceof SealError) throw invalidRequest('the address of this page is incomplete');
    throw error;
  }
}

const boundTo = (list: string): string => `cursor/${list}`;
