import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { listUsers, type User } from '../../../identity/users.ts';
import { lastDayBefore } from '../../../lib/calendar-date.ts';
import { type Html, html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { dataTable, emptyState, searchForm } from '../../ui/list.ts';
import { tabs } from '../../ui/navigation.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { listUrl, readPage, searchFilter } from '../paging.ts';
import { displayName, userBadges, userPath, usersPath } from './user-page.ts';
import { waitingTable } from './waiting.ts';

const filters = searchFilter.extend({ state: z.enum(['waiting', 'disabled', 'expired']).optional() });

/** The list of users. */
export function userListRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(usersPath, async (request, reply) => {
    const {
      filters: chosen,
      rows,
      pagination,
    } = await readPage(context, request, {
      path: usersPath,
      filters,
      find: ({ search, state }, page) => listUsers(context, { ...page, search, state }),
      cursorOf: ({ username }) => username,
    });
    return sendConsolePage(context, request, reply, {
      title: 'People',
      lead: 'Who can sign in.',
      actions: html`${linkButton({ label: 'Add a person', href: `${usersPath}/new` })}
${linkButton({ label: 'Invite somebody', href: '/admin/invitations/new', kind: 'quiet' })}`,
      body: html`${stateTabs(chosen.state)}${chosen.state === undefined && searchForm({ label: 'Search people', value: chosen.search })}${
        chosen.state === 'waiting' && rows.length > 0 ? waitingTable(rows) : usersTable(context, rows)
      }${pagination}`,
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

function stateTabs(state: string | undefined): Html {
  const states = [
    { label: 'All', href: usersPath },
    { label: 'Waiting', href: listUrl(usersPath, { state: 'waiting' }) },
    { label: 'Disabled', href: listUrl(usersPath, { state: 'disabled' }) },
    { label: 'Expired', href: listUrl(usersPath, { state: 'expired' }) },
  ];
  return tabs({ label: 'Which people', entries: states, current: listUrl(usersPath, { state }) });
}
