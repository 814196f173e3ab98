import type { FastifyInstance, FastifyRequest } from 'fastify';
import { longestList } from '../../../identity/invitation-list.ts';
import { type Invitation, invitationLink, listInvitations } from '../../../identity/invitations.ts';
import { lastDayBefore } from '../../../lib/calendar-date.ts';
import { csvText } from '../../../lib/csv.ts';
import { html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { copyable, dataTable } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound, sendConsolePage } from '../console-page.ts';
import { invitationPath, invitationsPath, nameOf, stateBadge } from './invitation-page.ts';

const route = `${invitationsPath}/lists/:list_id`;

type ListRequest = FastifyRequest<{ Params: { list_id: string } }>;

/** The address of what was made from one list. */
export const madeListPath = (list_id: string): string => `${invitationsPath}/lists/${list_id}`;

/** What was made from one list, with the links, also as a file. */
export function madeListRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(route, async (request: ListRequest, reply) => {
    const rows = await requireList(context, request);
    return sendConsolePage(context, request, reply, {
      title: rows.length === 1 ? '1 invitation' : `${rows.length} invitations`,
      lead: 'Each link is for the person of its line. You can come back to this page.',
      breadcrumbs: breadcrumbs({ label: 'Invitations', href: invitationsPath }),
      actions: linkButton({
        label: 'Download the links (CSV)',
        href: `${madeListPath(request.params.list_id)}/links.csv`,
      }),
      body: dataTable({
        caption: 'Invitations of the list',
        rows,
        columns: [
          {
            heading: 'For',
            cell: (row) =>
              html`<span><a href="${invitationPath(row)}">${nameOf(row)}</a> ${stateBadge(context, row)}</span>`,
          },
          { heading: 'E-mail address', cell: ({ profile }) => profile.email ?? '–' },
          { heading: 'Link', cell: (row) => copyable(invitationLink(context, row), `link for ${nameOf(row)}`) },
        ],
      }),
    });
  });

  app.get(`${route}/links.csv`, async (request: ListRequest, reply) => {
    const rows = await requireList(context, request);
    const cells = rows.map((row) => [
      row.profile.email ?? '',
      row.profile.name ?? '',
      row.profile.username ?? '',
      row.groups.join('|'),
      row.account_expires_at === null ? '' : lastDayBefore(row.account_expires_at),
      invitationLink(context, row),
    ]);
    return reply
      .headers({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="invitations.csv"',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(csvText([['email', 'name', 'username', 'groups', 'expires', 'link'], ...cells]));
  });
}

/** In the order of the list. Throws PageError 404. */
async function requireList(context: ConsoleContext, { params: { list_id } }: ListRequest): Promise<Invitation[]> {
  const isId = /^[0-9a-f]{32}$/.test(list_id);
  const found = isId ? await listInvitations(context, { list_id, limit: longestList }) : [];
  if (found.length === 0) throw notFound('list', { label: 'All invitations', href: invitationsPath });
  return found.toReversed();
}
