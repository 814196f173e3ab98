import type { FastifyInstance } from 'fastify';
import { type Html, html } from '../../../lib/html.ts';
import type { Client } from '../../../protocol/client-metadata.ts';
import { listClients } from '../../../protocol/clients.ts';
import { linkButton } from '../../ui/button.ts';
import { redirectHost } from '../../ui/client-links.ts';
import { icon } from '../../ui/icon.ts';
import { dataTable, emptyState, searchForm } from '../../ui/list.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { readPage, searchFilter } from '../paging.ts';
import { clientBadges, clientPath, clientsPath } from './client-page.ts';

/** The list of clients. */
export function clientListRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(clientsPath, async (request, reply) => {
    const { filters, rows, isFirst, pagination } = await readPage(context, request, {
      path: clientsPath,
      filters: searchFilter,
      find: ({ search }, page) => listClients(context, { ...page, search }),
      cursorOf: ({ client_id }) => client_id,
    });
    const { search } = filters;
    const isEmpty = rows.length === 0 && search === undefined && isFirst;
    return sendConsolePage(context, request, reply, {
      title: 'Applications',
      lead: 'What people sign in to with their account here.',
      ...(!isEmpty && { actions: linkButton({ label: 'Register an application', href: `${clientsPath}/new` }) }),
      body: isEmpty
        ? noClients()
        : html`${searchForm({ label: 'Search applications', value: search })}${clientsTable(rows)}${pagination}`,
    });
  });
}

function clientsTable(rows: readonly Client[]): Html {
  return dataTable({
    caption: 'Applications',
    // By name as far as one page goes; the pages follow one another by client_id.
    rows: rows.toSorted((one, other) => one.client_name.localeCompare(other.client_name, 'en')),
    empty: emptyState({ heading: 'Nothing found', text: 'No application has this in its name, ID or addresses.' }),
    columns: [
      {
        heading: 'Name',
        cell: (client) =>
          html`<span><a href="${clientPath(client.client_id)}">${client.client_name}</a> ${clientBadges(client)}</span>`,
      },
      { heading: 'Client ID', kind: 'code', cell: ({ client_id }) => client_id },
      { heading: 'Sends people to', cell: hostsOf },
      { heading: 'Registered', cell: ({ created_at }) => timeTag(created_at) },
    ],
  });
}

function hostsOf({ redirect_uris }: Client): string {
  const [first, ...others] = new Set(redirect_uris.map(redirectHost));
  if (first === undefined) return '–';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function noClients(): Html {
  return emptyState({
    icon: icon('apps'),
    heading: 'No application yet',
    text: 'Register the first one: any application that speaks OpenID Connect or OAuth 2 can sign its people in here.',
    action: linkButton({ label: 'Register an application', href: `${clientsPath}/new` }),
  });
}
