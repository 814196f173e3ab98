import type { FastifyInstance } from 'fastify';
import { approveUser, refuseUser } from '../../../identity/approvals.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import { dataTable, notice } from '../../ui/list.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { listUrl } from '../paging.ts';
import { displayName, requireUser, type UserRequest, userPath, userRoute, usersPath } from './user-page.ts';

/** The list of those who wait to be let in. */
export const waitingListPath = listUrl(usersPath, { state: 'waiting' });

/** Letting in, and refusing, those who have signed up. */
export function waitingUserRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.post(`${userRoute}/approve`, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const isLetIn = await approveUser(context, user.id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, waitingListPath, {
      text: isLetIn ? `${displayName(user)} can sign in now.` : 'The person was let in before.',
      isRefusal: !isLetIn,
    });
  });

  app.post(`${userRoute}/refuse`, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const isRefused = await refuseUser(context, user, await actorOf(context, request));
    return redirectWithNews(context, request, reply, waitingListPath, {
      text: isRefused ? `${displayName(user)} is removed again.` : 'The person was let in before, and stays.',
      isRefusal: !isRefused,
    });
  });
}

/** Those who wait, each with what to do about them. */
export function waitingTable(users: readonly User[]): Html {
  return dataTable({
    caption: 'People who wait to be let in',
    rows: users,
    columns: [
      { heading: 'Name', cell: (user) => html`<a href="${userPath(user.id)}">${displayName(user)}</a>` },
      { heading: 'User name', kind: 'code', cell: ({ username }) => username },
      {
        heading: 'E-mail address',
        cell: ({ email, email_verified }) =>
          email === undefined
            ? '–'
            : email_verified
              ? email
              : html`<span>${email} <small>(not verified)</small></span>`,
      },
      { heading: 'Since', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'Actions', kind: 'actions', cell: waitingButtons },
    ],
  });
}

/** For the page of somebody who waits. */
export function waitingNotice(user: User): Html | undefined {
  if (!user.awaitsApproval) return undefined;
  return notice('warning', html`<p>This person has signed up and waits to be let in.</p>${waitingButtons(user)}`);
}

function waitingButtons(user: User): Html {
  const whom = html`<span class="unseen"> ${displayName(user)}</span>`;
  return html`<div class="buttons">${postForm({
    action: `${userPath(user.id)}/approve`,
    inline: true,
    body: submitButton({ label: html`Let in${whom}` }),
  })}${postForm({
    action: `${userPath(user.id)}/refuse`,
    inline: true,
    body: submitButton({ label: html`Refuse${whom}`, kind: 'quiet' }),
  })}</div>`;
}
