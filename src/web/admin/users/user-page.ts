import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountState } from '../../../identity/account-state.ts';
import { findUser, type User, UserError } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { badge, notice } from '../../ui/list.ts';
import { breadcrumbs, tabs } from '../../ui/navigation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound, sendConsolePage } from '../console-page.ts';
import { redirectWithNews } from '../news.ts';

/** The list of users. */
export const usersPath = '/admin/users';
/** The routes of one user. */
export const userRoute = `${usersPath}/:user_id`;

export type UserRequest = FastifyRequest<{ Params: { user_id: string } }>;

/** The address of a user's page. */
export const userPath = (user_id: string): string => `${usersPath}/${encodeURIComponent(user_id)}`;

/** The page with password, sessions and rights of a user. */
export const accessPath = (user_id: string): string => `${userPath(user_id)}/access`;

/** The user that the address names. Throws PageError 404. */
export async function requireUser(context: ConsoleContext, request: UserRequest): Promise<User> {
  const { user_id } = request.params;
  const user = /^[\x21-\x7E]{1,100}$/.test(user_id) ? await findUser(context, user_id) : undefined;
  if (!user) throw notFound('person', { label: 'All people', href: usersPath });
  return user;
}

/** What people call this user. */
export const displayName = ({ username, claims }: User): string => claims.name ?? username;

/** Sends one of a user's pages, the one at `current` marked. */
export function sendUserPage(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  page: { readonly current: string; readonly body: Html; readonly status?: number; readonly notice?: Html | undefined },
): Promise<FastifyReply> {
  const entries = [
    { label: 'Profile', href: userPath(user.id) },
    { label: 'Access', href: accessPath(user.id) },
  ];
  return sendConsolePage(context, request, reply, {
    title: displayName(user),
    lead: html`<code>${user.username}</code> ${userBadges(context, user)}`,
    ...(page.status !== undefined && { status: page.status }),
    breadcrumbs: breadcrumbs({ label: 'People', href: usersPath }),
    body: html`${tabs({ label: 'Person', entries, current: page.current })}
${user.disabled && notice('warning', 'This person is disabled and cannot sign in anywhere.')}${accountState(context, user) === 'expired' && notice('warning', 'This account has expired: nobody can sign in with it, until it gets a later last day.')}
${page.body}`,
  });
}

/** Sends a question about a user. */
export function sendUserQuestion(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  question: { readonly title: string; readonly body: Html; readonly status?: number },
): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    ...question,
    breadcrumbs: breadcrumbs(
      { label: 'People', href: usersPath },
      { label: displayName(user), href: accessPath(user.id) },
    ),
  });
}

/**
 * Does something to a user and tells the outcome at `path`; a refusal, such as that of the last administrator, is told
 * at `refusedPath` in its own words.
 */
export async function doAndTell(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  act: {
    readonly work: () => Promise<unknown>;
    readonly done: string;
    readonly path: string;
    readonly refusedPath?: string;
  },
): Promise<FastifyReply> {
  const { work, done, path, refusedPath = path } = act;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return redirectWithNews(context, request, reply, refusedPath, { text: error.message, isRefusal: true });
  }
  return redirectWithNews(context, request, reply, path, { text: done });
}

const stateWords = { disabled: 'disabled', expired: 'expired', 'awaits-approval': 'waits for approval' } as const;

/** How a user stands, where that is not as usual. */
export function userBadges(context: ConsoleContext, user: User): Html {
  const { administrator, hasPassword } = user;
  const state = accountState(context, user);
  return html`${administrator && badge('administrator', 'good')} ${state !== 'open' && badge(stateWords[state], 'warning')} ${!hasPassword && badge('no password')}`;
}
