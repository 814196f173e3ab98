import type { FastifyInstance } from 'fastify';
import { type Invitation, listInvitations } from '../../../identity/invitations.ts';
import { type Html, html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { icon } from '../../ui/icon.ts';
import { dataTable, emptyState } from '../../ui/list.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { noFilters, readPage } from '../paging.ts';
import { invitationPath, invitationsPath, nameOf, stateBadge, usesText } from './invitation-page.ts';

/** The list of invitations. */
export function invitationListRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(invitationsPath, async (request, reply) => {
    const { rows, pagination } = await readPage(context, request, {
      path: invitationsPath,
      filters: noFilters,
      find: (_filters, { limit, after }) => listInvitations(context, { limit, before: after }),
      cursorOf: ({ id }) => id,
    });
    const add = html`${linkButton({ label: 'Invite somebody', href: `${invitationsPath}/new` })}
${linkButton({ label: 'Invite a list of people', href: `${invitationsPath}/import`, kind: 'quiet' })}`;
    return sendConsolePage(context, request, reply, {
      title: 'Invitations',
      lead: 'Links with which people make their own account.',
      ...(rows.length > 0 && { actions: add }),
      body: html`${table(context, rows, add)}${pagination}`,
    });
  });
}

function table(context: ConsoleContext, rows: readonly Invitation[], add: Html): Html {
  return dataTable({
    caption: 'Invitations',
    rows,
    empty: emptyState({
      icon: icon('mail'),
      heading: 'No invitation yet',
      text: 'Whoever has the link of an invitation makes an account, and chooses a password that nobody else knows.',
      action: html`<div class="buttons">${add}</div>`,
    }),
    columns: [
      {
        heading: 'For',
        cell: (invitation) =>
          html`<span><a href="${invitationPath(invitation)}">${nameOf(invitation)}</a> ${stateBadge(context, invitation)}</span>`,
      },
      { heading: 'E-mail address', cell: ({ profile }) => profile.email ?? '–' },
      { heading: 'Groups', cell: ({ groups }) => groups.join(', ') || '–' },
      { heading: 'Uses left', kind: 'number', cell: usesText },
      { heading: 'Works until', cell: ({ expires_at }) => timeTag(expires_at) },
    ],
  });
}
