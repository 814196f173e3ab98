import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { type Html, html } from '../../lib/html.ts';
import {
  type LogoutDelivery,
  type LogoutDeliveryCursor,
  listLogoutDeliveries,
} from '../../storage/logout-deliveries.ts';
import { checkbox, textField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { badge, dataTable, emptyState, filterForm } from '../ui/list.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { sendConsolePage } from './console-page.ts';
import { type EventNames, eventParty, namesOf } from './event-names.ts';
import { readPage, searchText } from './paging.ts';

const path = '/admin/sign-outs';
const title = 'Sign-outs';
const filtersSchema = z.strictObject({ client_id: searchText, open: z.literal('1').optional() });

type Filters = z.output<typeof filtersSchema>;

/** Which applications were told of ended sessions over the back channel, and which could not be reached. */
export const signOuts: AdminPage = {
  name: 'sign-outs',
  path,
  title,
  icon: 'signOut',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, async (request, reply) => {
      const { filters, rows, pagination } = await readPage(context, request, {
        path,
        filters: filtersSchema,
        find: ({ client_id, open }, { limit, after }) =>
          listLogoutDeliveries(context.database, {
            limit,
            client_id,
            undelivered: open === '1',
            after: after === undefined ? undefined : readCursor(after),
          }),
        cursorOf: ({ created_at, session_id, client_id }) => JSON.stringify({ created_at, session_id, client_id }),
      });
      const names = await namesOf(
        context,
        rows.map(({ user_id, client_id }) => ({ actor: user_id, target: client_id })),
      );
      return sendConsolePage(context, request, reply, {
        title,
        lead: 'When a session ends, the applications with a back-channel logout address are told. What was told when, for 30 days.',
        body: html`${signOutFilters(filters)}${deliveriesTable(rows, names)}${pagination}`,
      });
    });
  },
};

function readCursor(after: string): LogoutDeliveryCursor {
  return z.object({ created_at: z.number(), session_id: z.string(), client_id: z.string() }).parse(JSON.parse(after));
}

function signOutFilters({ client_id, open }: Filters): Html {
  return filterForm({
    everything: path,
    isFiltered: (client_id ?? open) !== undefined,
    fields: [
      textField({
        name: 'client_id',
        label: 'Application',
        value: client_id,
        placeholder: 'Client ID',
        maxlength: 200,
      }),
      checkbox({ name: 'open', label: 'Only what was not delivered', value: '1', checked: open === '1' }),
    ],
  });
}

function deliveriesTable(rows: readonly LogoutDelivery[], names: EventNames): Html {
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({ icon: icon('signOut'), heading: 'Nothing here', text: 'No application had to be told.' }),
    columns: [
      { heading: 'Session ended', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'Application', cell: ({ client_id }) => eventParty(client_id, names) },
      { heading: 'Person', cell: ({ user_id }) => eventParty(user_id, names) },
      { heading: 'State', cell: stateOf },
      { heading: 'Attempts', kind: 'number', cell: ({ attempts }) => attempts },
      { heading: 'Last answer', cell: answerOf },
    ],
  });
}

function stateOf({ delivered_at, given_up_at, next_attempt_at, attempts }: LogoutDelivery): Html {
  if (delivered_at !== null) return html`${badge('Told', 'good')} <small>${timeTag(delivered_at)}</small>`;
  if (given_up_at !== null) return html`${badge('Given up', 'bad')} <small>${timeTag(given_up_at)}</small>`;
  if (attempts === 0 || next_attempt_at === null) return badge('Waiting');
  return html`${badge('Trying again', 'warning')} <small>${timeTag(next_attempt_at)}</small>`;
}

function answerOf({ attempts, http_status }: LogoutDelivery): Html {
  if (attempts === 0) return html`–`;
  return http_status === null ? html`None` : html`<code>${http_status}</code>`;
}
