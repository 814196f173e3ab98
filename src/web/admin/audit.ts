import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type AuditEvent, listEvents } from '../../identity/audit.ts';
import { findUserByLogin } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import { textField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { dataTable, emptyState, filterForm } from '../ui/list.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { sendConsolePage } from './console-page.ts';
import { actionText, type EventNames, eventParty, namesOf } from './event-names.ts';
import { listUrl, readPage, searchText } from './paging.ts';

const path = '/admin/audit';
const title = 'Audit log';
const filtersSchema = z.strictObject({ actor: searchText, action: searchText, target: searchText });

type Filters = z.output<typeof filtersSchema>;

/** Every change and sign-in, the newest first. Nothing here changes or clears it. */
export const audit: AdminPage = {
  name: 'audit',
  path,
  title,
  icon: 'list',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, async (request, reply) => {
      const { filters, rows, pagination } = await readPage(context, request, {
        path,
        filters: filtersSchema,
        find: async ({ actor, action, target }, { limit, after }) =>
          listEvents(context, {
            limit,
            before: after,
            action,
            actor: await idOf(context, actor),
            target: await idOf(context, target),
          }),
        cursorOf: ({ id }) => id,
      });
      return sendConsolePage(context, request, reply, {
        title,
        lead: 'Every change and every sign-in, the newest first.',
        body: html`${auditFilters(filters)}${eventsTable(rows, await namesOf(context, rows), filters)}${pagination}`,
      });
    });
  },
};

/** People are looked for by what they sign in with; everything else by its id. */
async function idOf(context: Context, text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  return (await findUserByLogin(context, text))?.id ?? text;
}

function auditFilters({ actor, action, target }: Filters): Html {
  return filterForm({
    everything: path,
    isFiltered: (actor ?? action ?? target) !== undefined,
    fields: [
      { name: 'actor', label: 'By whom', value: actor, placeholder: 'User name, command or system' },
      { name: 'action', label: 'Action', value: action, placeholder: 'Such as client.updated' },
      { name: 'target', label: 'On whom or what', value: target, placeholder: 'User name, client ID or key ID' },
    ].map((field) => textField({ ...field, maxlength: 200 })),
  });
}

function eventsTable(rows: readonly AuditEvent[], names: EventNames, filters: Filters): Html {
  const narrowed = (more: Filters) => listUrl(path, { ...filters, ...more });
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({ icon: icon('list'), heading: 'Nothing here', text: 'No event fits these filters.' }),
    columns: [
      { heading: 'When', cell: ({ at }) => timeTag(at) },
      { heading: 'By whom', cell: ({ actor }) => eventParty(actor, names) },
      { heading: 'Action', cell: ({ action }) => html`<a href="${narrowed({ action })}">${actionText(action)}</a>` },
      { heading: 'On whom or what', cell: ({ target }) => (target === undefined ? '–' : eventParty(target, names)) },
      { heading: 'Details', cell: detailsOf },
    ],
  });
}

/** What a function that made the change said of it; a member that is a time is told as one. */
function detailsOf({ detail, address, request_id }: AuditEvent): Html {
  const told = (name: string, value: string | number | boolean) =>
    name.endsWith('_at') && typeof value === 'number' ? timeTag(value) : html`<code>${String(value)}</code>`;
  const entries = Object.entries({ ...detail, ...(address && { address }), ...(request_id && { request_id }) });
  return html`<small class="details">${entries.map(
    ([name, value]) => html`<span>${name.replaceAll('_', ' ')} ${told(name, value)}</span> `,
  )}</small>`;
}
