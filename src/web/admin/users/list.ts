import type { FastifyInstance } from 'fastify';
import { listUsers, type User } from '../../../identity/users.ts';
import { lastDayBefore } from '../../../lib/calendar-date.ts';
import { type Html, html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { dataTable, emptyState, searchForm } from '../../ui/list.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { readPage, searchFilter } from '../paging.ts';
import { displayName, userBadges, userPath, usersPath } from './user-page.ts';

/** The list of users. */
export function userListRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(usersPath, async (request, reply) => {
    const { filters, rows, pagination } = await readPage(context, request, {
      path: usersPath,
      filters: searchFilter,
      find: ({ search }, page) => listUsers(context, { ...page, search }),
      cursorOf: ({ username }) => username,
    });
    return sendConsolePage(context, request, reply, {
      title: 'People',
      lead: 'Who can sign in.',
      actions: linkButton({ label: 'Add a person', href: `${usersPath}/new` }),
      body: html`${searchForm({ label: 'Search people', value: filters.search })}${usersTable(context, rows)}${pagination}`,
    });
  });
}

function usersTable(context: ConsoleContext, rows: readonly User[]): Html {
  return dataTable({
    caption: 'People',
    rows,
    empty: emptyState({ heading: 'Nobody found', text: 'Nobody has this in the name, e-mail address or profile.' }),
    columns: [
      {
        heading: 'Name',
        cell: (user) =>
          html`<span><a href="${userPath(user.id)}">${displayName(user)}</a> ${userBadges(context, user)}</span>`,
      },
      { heading: 'User name', kind: 'code', cell: ({ username }) => username },
      { heading: 'E-mail address', cell: ({ email }) => email ?? '–' },
      { heading: 'Groups', cell: ({ groups }) => (groups.length === 0 ? '–' : groups.join(', ')) },
      {
        heading: 'Expires',
        cell: ({ expires_at }) => (expires_at === undefined ? '–' : lastDayBefore(expires_at)),
      },
      { heading: 'Added', cell: ({ created_at }) => timeTag(created_at) },
    ],
  });
}
