import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../../../lib/html.ts';
import type { Client } from '../../../protocol/client-metadata.ts';
import { usesSecret } from '../../../protocol/client-secrets.ts';
import { findClient } from '../../../protocol/clients.ts';
import { badge, notice } from '../../ui/list.ts';
import { breadcrumbs, tabs } from '../../ui/navigation.ts';
import type { Page } from '../../ui/page.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound, sendConsolePage } from '../console-page.ts';

/** The list of clients. */
export const clientsPath = '/admin/clients';
/** The routes of one client. */
export const clientRoute = `${clientsPath}/:client_id`;

export type ClientRequest = FastifyRequest<{ Params: { client_id: string } }>;

/**
 * The address of a client's page. A client_id may be any printable text: what would be another page's name, or a dot
 * that browsers take for a folder, goes behind a tilde.
 */
export function clientPath(client_id: string): string {
  const isMistakable = /^(~.*|\.{1,2}|new)$/.test(client_id);
  return `${clientsPath}/${isMistakable ? '~' : ''}${encodeURIComponent(client_id)}`;
}

/** The client that the address names. Throws PageError 404. */
export async function requireClient(context: ConsoleContext, request: ClientRequest): Promise<Client> {
  const client = await findClient(context, request.params.client_id.replace(/^~/, ''));
  if (!client) throw notFound('application', { label: 'All applications', href: clientsPath });
  return client;
}

/** Sends one of a client's pages, the one at `current` marked. */
export function sendClientPage(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
  page: Pick<Page, 'actions' | 'status' | 'scripts'> & { readonly current: string; readonly body: Html },
): Promise<FastifyReply> {
  const path = clientPath(client.client_id);
  const entries = [
    { label: 'Connect', href: path },
    { label: 'Settings', href: `${path}/settings` },
    ...(usesSecret(client) ? [{ label: 'Secrets', href: `${path}/secrets` }] : []),
    { label: 'Appearance', href: `${path}/appearance` },
  ];
  return sendConsolePage(context, request, reply, {
    ...page,
    title: client.client_name,
    breadcrumbs: breadcrumbs({ label: 'Applications', href: clientsPath }),
    body: html`${tabs({ label: 'Application', entries, current: page.current })}
${client.disabled && notice('warning', 'This application is disabled: nobody can sign in to it, and its tokens are refused.')}
${page.body}`,
  });
}

/** Sends a question about a client. */
export function sendClientQuestion(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
  question: { readonly title: string; readonly body: Html },
): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    ...question,
    breadcrumbs: breadcrumbs(
      { label: 'Applications', href: clientsPath },
      { label: client.client_name, href: clientPath(client.client_id) },
    ),
  });
}

/** How a client stands, where that is not as usual. */
export function clientBadges(client: Client): Html {
  return html`${client.disabled && badge('disabled', 'warning')}${client.first_party && badge('our own')}`;
}
