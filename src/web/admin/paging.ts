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
const pageSize = 50;

/** What may narrow a list down: text from a search field. */
export const searchText = z.string().trim().max(200).optional();

/** The filter of a list with one search field. */
export const searchFilter = z.strictObject({ search: searchText });

/** The filters of a list that has none. */
export const noFilters = z.strictObject({});

/**
 * One page of a list: its filters and the rows behind the cursor of the address, and the way to the others. `find` is
 * asked for one row more than a page has. Throws `invalid_request` for a parameter that is no filter of this list, and
 * for a cursor that we did not write for it.
 */
export async function readPage<Filters extends Readonly<Record<string, string | undefined>>, Row>(
  context: Context,
  request: FastifyRequest,
  list: {
    readonly path: string;
    readonly filters: z.ZodType<Filters>;
    readonly find: (
      filters: Filters,
      page: { readonly limit: number; readonly after: string | undefined },
    ) => Promise<readonly Row[]>;
    readonly cursorOf: (row: Row) => string;
  },
): Promise<{
  readonly filters: Filters;
  readonly rows: readonly Row[];
  readonly isFirst: boolean;
  readonly pagination: Html | undefined;
}> {
  const { path, find, cursorOf } = list;
  const { after: sealed, ...others } = { ...requireUnrepeated(queryOf(request)) };
  const parsed = list.filters.safeParse(others);
  if (!parsed.success) throw invalidRequest('the address has a parameter that this list does not know');
  const filters = parsed.data;
  const after = sealed === undefined ? undefined : unsealCursor(context, path, sealed);
  const found = await find(filters, { limit: pageSize + 1, after });
  const rows = found.slice(0, pageSize);
  const last = found.length > pageSize ? rows.at(-1) : undefined;
  const next = last === undefined ? undefined : context.secretKey.seal(JSON.stringify(cursorOf(last)), boundTo(path));
  return {
    filters,
    rows,
    isFirst: after === undefined,
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

function unsealCursor(context: Context, path: string, sealed: string): string {
  try {
    return z.string().parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(path))));
  } catch (error) {
    if (error instanceof SealError) throw invalidRequest('the address of this page is incomplete');
    throw error;
  }
}

const boundTo = (path: string): string => `cursor${path}`;
