import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { type AuditEvent, listEvents } from '../../identity/audit.ts';
import { findUserByLogin } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import { submitButton } from '../ui/button.ts';
import { textField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { dataTable, emptyState } from '../ui/list.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { sendConsolePage } from './console-page.ts';
import { actionText, type EventNames, eventParty, namesOf } from './event-names.ts';
import { listUrl, pageOf, pageSize, readListQuery, searchText } from './paging.ts';

const path = '/admin/audit';
const title = 'Audit log';
const filterNames = { actor: searchText, action: searchText, target: searchText };

type Filters = Readonly<Partial<Record<keyof typeof filterNames, string | undefined>>>;

/** Every change and sign-in, the newest first. Nothing here changes or clears it. */
export const audit: AdminPage = {
  name: 'audit',
  path,
  title,
  icon: 'list',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, async (request, reply) => {
      const { filters, after } = readListQuery(context, request, 'audit', filterNames);
      const { rows, pagination } = pageOf(context, {
        name: 'audit',
        path,
        filters,
        after,
        found: await listEvents(context, {
          limit: pageSize + 1,
          before: after,
          action: filters.action,
          actor: await idOf(context, filters.actor),
          target: await idOf(context, filters.target),
        }),
        cursorOf: ({ id }) => id,
      });
      return sendConsolePage(context, request, reply, {
        title,
        lead: 'Every change and every sign-in, the newest first.',
        body: html`${filterForm(filters)}${eventsTable(rows, await namesOf(context, rows), filters)}${pagination}`,
      });
    });
  },
};

/** People are looked for by what they sign in with; everything else by its id. */
async function idOf(context: Context, text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  return (await findUserByLogin(context, text))?.id ?? text;
}

function filterForm({ actor, action, target }: Filters): Html {
  return html`<form class="filters" role="search">${textField({
    name: 'actor',
    label: 'By whom',
    value: actor,
    placeholder: 'User name, command or system',
    maxlength: 200,
  })}${textField({ name: 'action', label: 'Action', value: action, placeholder: 'Such as client.updated', maxlength: 200 })}${textField(
    {
      name: 'target',
      label: 'On whom or what',
      value: target,
      placeholder: 'User name, client ID or key ID',
      maxlength: 200,
    },
  )}<div class="buttons">${submitButton({ label: 'Filter', kind: 'quiet' })}${
    (actor ?? action ?? target) !== undefined && html`<a href="${path}">Show everything</a>`
  }</div></form>`;
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
