import type { FastifyInstance } from 'fastify';
import type { Session } from '../../../identity/sessions.ts';
import { listSessions } from '../../../identity/sessions.ts';
import { enrolledSecondFactors } from '../../../identity/user-authentication/index.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { linkButton, postForm, submitButton } from '../../ui/button.ts';
import { badge, dataTable, definitionList, emptyState } from '../../ui/list.ts';
import { dangerZone, section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { administratorSession } from '../guard.ts';
import { listUrl } from '../paging.ts';
import { signingInSection } from './signing-in.ts';
import { accessPath, requireUser, sendUserPage, type UserRequest, userRoute } from './user-page.ts';
import { waitingNotice } from './waiting.ts';

/** How a person signs in, where they are signed in, and what may be done about it. */
export function userAccessRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(`${userRoute}/access`, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const own = await administratorSession(context, request);
    const sessions = await listSessions(context, user.id);
    const second = (await enrolledSecondFactors(context, user)).map(({ title }) => title);
    return sendUserPage(context, request, reply, user, {
      current: accessPath(user.id),
      body: html`${waitingNotice(user)}${await signingInSection(context, user)}${access(user, second)}${sessionsSection(user, sessions, own)}${acts(user)}`,
    });
  });
}

function access(user: User, second: readonly string[]): Html {
  const path = accessPath(user.id);
  return section({
    heading: 'Access',
    lead: 'With a recovery link the person chooses a new password. It works once, for a day; whoever has it can sign in as the person.',
    body: definitionList([
      {
        term: 'Password',
        value: html`<div class="buttons">${linkButton({
          label: user.hasPassword ? 'Set another password…' : 'Set a password…',
          kind: 'quiet',
          href: `${path}/password`,
        })}${postForm({
          action: `${path}/recovery-link`,
          inline: true,
          body: submitButton({
            label: 'Make a recovery link',
            kind: 'quiet',
            id: 'recovery-link',
            disabled: user.disabled,
          }),
        })}</div>`,
      },
      {
        term: 'Second factors',
        value:
          second.length === 0
            ? 'None'
            : html`<div class="buttons">${second.join(', ')}${linkButton({
                label: 'Remove them…',
                kind: 'quiet',
                href: `${path}/second-factors`,
              })}</div>`,
        hint: 'For somebody who has lost them.',
      },
      {
        term: 'Rights',
        value: html`<div class="buttons">${user.administrator ? 'Administrator' : 'None in this console'}${linkButton({
          label: user.administrator ? 'Take the right away…' : 'Make an administrator…',
          kind: 'quiet',
          href: `${path}/administrator`,
        })}</div>`,
      },
      { term: 'User ID', value: html`<code>${user.id}</code>`, hint: 'Applications know the person by it (sub).' },
      ...(user.mustChangePassword ? [{ term: 'Next sign-in', value: 'The password must be changed' }] : []),
      { term: 'Added', value: timeTag(user.created_at) },
      {
        term: 'History',
        value: html`<a href="${listUrl('/admin/audit', { actor: user.id })}">What the person did</a>,
<a href="${listUrl('/admin/audit', { target: user.id })}">what was changed about the person</a>`,
      },
    ]),
  });
}

function sessionsSection(user: User, sessions: readonly Session[], own: Session): Html {
  const path = `${accessPath(user.id)}/sessions`;
  return section({
    heading: 'Sessions',
    lead: 'The browsers in which the person is signed in. An ended session also ends what applications got through it.',
    ...(sessions.length > 1 && {
      actions: postForm({
        action: `${path}/end`,
        inline: true,
        body: submitButton({ label: 'End all', kind: 'danger', id: 'sessions-end' }),
      }),
    }),
    body: dataTable({
      caption: 'Sessions',
      rows: sessions,
      empty: emptyState({ heading: 'Not signed in anywhere' }),
      columns: [
        { heading: 'Signed in', cell: ({ auth_time }) => timeTag(auth_time) },
        { heading: 'Last used', cell: ({ last_used_at }) => timeTag(last_used_at) },
        { heading: 'From', kind: 'code', cell: ({ address }) => address },
        {
          heading: 'Browser',
          cell: ({ id, user_agent }) =>
            html`<small>${user_agent || 'Unknown'}</small> ${id === own.id && badge('this browser', 'good')}`,
        },
        {
          heading: 'Actions',
          kind: 'actions',
          cell: ({ id, address }) =>
            postForm({
              action: `${path}/${id}/end`,
              inline: true,
              body: submitButton({
                label: html`End<span class="unseen"> the session from ${address}</span>`,
                kind: 'danger',
              }),
            }),
        },
      ],
    }),
  });
}

function acts(user: User): Html {
  const path = accessPath(user.id);
  return dangerZone([
    user.disabled
      ? {
          heading: 'Enable',
          text: 'The person can sign in again, with the same password.',
          action: postForm({
            action: `${path}/enable`,
            inline: true,
            body: submitButton({ label: 'Enable', kind: 'quiet', id: 'user-enable' }),
          }),
        }
      : {
          heading: 'Disable',
          text: 'The person is signed out everywhere and cannot sign in, until enabled again.',
          action: postForm({
            action: `${path}/disable`,
            inline: true,
            body: submitButton({ label: 'Disable', kind: 'danger', id: 'user-disable' }),
          }),
        },
    {
      heading: 'Remove',
      text: 'With everything that is known of the person. This cannot be undone.',
      action: linkButton({ label: 'Remove…', kind: 'danger', href: `${path}/remove` }),
    },
  ]);
}
