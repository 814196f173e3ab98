import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { listWaiting } from '../../identity/approvals.ts';
import { listEvents } from '../../identity/audit.ts';
import { type Html, html } from '../../lib/html.ts';
import { countClients } from '../../storage/clients.ts';
import { countUsers } from '../../storage/users.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { icon } from '../ui/icon.ts';
import { copyable, dataTable, definitionList, emptyState } from '../ui/list.ts';
import { disclosure, section } from '../ui/section.ts';
import { figures } from '../ui/tiles.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { sendConsolePage } from './console-page.ts';
import { discoveryUrl, endpointsList } from './endpoints-list.ts';
import { eventParty, namesOf } from './event-names.ts';
import { listUrl } from './paging.ts';
import { waitingListPath, waitingTable } from './users/waiting.ts';

const path = '/admin';
const signIn = 'session.started';
const shownSignIns = 8;
const shownWaiting = 5;

/** The first page of the console: how things stand, and what to do first. */
export const overview: AdminPage = {
  name: 'overview',
  path,
  title: 'Overview',
  icon: 'home',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, async (request, reply) => {
      const [clients, users] = await Promise.all([countClients(context.database), countUsers(context.database)]);
      return sendConsolePage(context, request, reply, {
        title: 'Overview',
        body: html`${clients === 0 && firstSteps()}${await waiting(context)}${await counts(context, clients, users)}${connection(context)}
${await lastSignIns(context)}`,
      });
    });
  },
};

function firstSteps(): Html {
  return emptyState({
    icon: icon('apps'),
    heading: 'Castellan is ready for its first application',
    text: 'Register one and enter what you get in it: then people sign in to it here. The playground shows how a sign-in works, without any application.',
    action: buttonRow(
      linkButton({ label: 'Register an application', href: '/admin/clients/new' }),
      linkButton({ label: 'Try the playground', href: '/playground', kind: 'quiet' }),
    ),
  });
}

async function waiting(context: Context): Promise<Html | undefined> {
  const users = await listWaiting(context, shownWaiting + 1);
  if (users.length === 0) return undefined;
  return section({
    heading: 'Waiting to be let in',
    lead: 'They have signed up and cannot sign in yet. Whom nobody lets in is removed after 30 days.',
    ...(users.length > shownWaiting && {
      actions: linkButton({ label: 'All', kind: 'quiet', href: waitingListPath }),
    }),
    body: waitingTable(users.slice(0, shownWaiting)),
  });
}

async function counts(context: Context, clients: number, users: number): Promise<Html> {
  const keys = await context.signingKeys.list();
  const current = keys.filter(({ state }) => state === 'current').map(({ alg }) => alg);
  const hasNext = keys.some(({ state }) => state === 'next');
  const numbers = new Intl.NumberFormat('en');
  return figures('Numbers', [
    { icon: 'apps', label: 'Applications', value: numbers.format(clients), href: '/admin/clients' },
    { icon: 'people', label: 'People', value: numbers.format(users), href: '/admin/users' },
    {
      icon: 'key',
      label: hasNext ? 'Signing keys; next ones published' : 'Signing keys',
      value: current.length === 0 ? 'None yet' : current.join(', '),
      href: '/admin/keys',
    },
  ]);
}

function connection(context: Context): Html {
  return section({
    heading: 'Connect an application',
    lead: 'Most applications need only the discovery URL, and the client ID and secret from their registration.',
    body: html`${definitionList([
      { term: 'Discovery URL', value: copyable(discoveryUrl(context), 'discovery URL') },
      { term: 'Issuer', value: copyable(context.config.issuer, 'issuer') },
    ])}${disclosure('All endpoints', endpointsList(context))}`,
  });
}

async function lastSignIns(context: Context): Promise<Html> {
  const rows = await listEvents(context, { action: signIn, limit: shownSignIns });
  const names = await namesOf(context, rows);
  return section({
    heading: 'Last sign-ins',
    actions: linkButton({ label: 'All', kind: 'quiet', href: listUrl('/admin/audit', { action: signIn }) }),
    body: dataTable({
      caption: 'Last sign-ins',
      rows,
      empty: emptyState({ heading: 'Nobody has signed in yet' }),
      columns: [
        { heading: 'Who', cell: ({ actor }) => eventParty(actor, names) },
        { heading: 'When', cell: ({ at }) => timeTag(at) },
        { heading: 'From', kind: 'code', cell: ({ address }) => address ?? '–' },
        { heading: 'By', cell: ({ detail }) => String(detail.amr ?? '–') },
      ],
    }),
  });
}
