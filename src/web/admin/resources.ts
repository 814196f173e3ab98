import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import {
  findResources,
  listResources,
  newResourceSchema,
  type Resource,
  ResourceError,
  registerResource,
  removeResource,
  updateResource,
} from '../../protocol/resources.ts';
import { linkButton } from '../ui/button.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { icon } from '../ui/icon.ts';
import { badge, dataTable, emptyState } from '../ui/list.ts';
import { breadcrumbs } from '../ui/navigation.ts';
import { durationText } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { formProblems } from './clients/client-form.ts';
import { clientPath } from './clients/client-page.ts';
import { confirmation } from './confirmation.ts';
import { notFound, sendConsolePage } from './console-page.ts';
import { actorOf, isRecentlySignedIn } from './guard.ts';
import { redirectWithNews } from './news.ts';
import { listUrl, noFilters, readPage } from './paging.ts';
import { readResourceForm, resourceForm } from './resource-form.ts';

const path = '/admin/resources';
const registration = `${path}/new`;
const change = `${path}/edit`;
const removal = `${path}/remove`;
const title = 'APIs';

/** The APIs that access tokens are for: what is registered, registering one, changing one, and removing one. */
export const resources: AdminPage = {
  name: 'resources',
  path,
  title,
  icon: 'braces',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, (request, reply) => sendList(context, request, reply));
    app.get(registration, (request, reply) => sendForm(context, request, reply, { values: {}, problems: {} }));
    app.post(registration, (request, reply) => register(context, request, reply));
    app.get(change, async (request, reply) => {
      const resource = await requireResource(context, request);
      return sendForm(context, request, reply, { resource, values: valuesOf(resource), problems: {} });
    });
    app.post(change, (request, reply) => update(context, request, reply));
    app.get(removal, (request, reply) => askWhetherToRemove(context, request, reply));
    app.post(removal, (request, reply) => remove(context, request, reply));
  },
};

async function sendList(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { rows, pagination } = await readPage(context, request, {
    path,
    filters: noFilters,
    find: (_, { limit, after }) => listResources(context, { limit, ...(after !== undefined && { after }) }),
    cursorOf: ({ identifier }) => identifier,
  });
  const add = linkButton({ label: 'Register an API', href: registration });
  return sendConsolePage(context, request, reply, {
    title,
    lead: 'Services that applications call with an access token. What is said here of an API holds for every token that is for it.',
    ...(rows.length > 0 && { actions: add }),
    body: html`${resourcesTable(rows, add)}${pagination}`,
  });
}

function resourcesTable(rows: readonly Resource[], add: Html): Html {
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({
      icon: icon('braces'),
      heading: 'No API yet',
      text: 'Signing in needs none. Register one when applications call a service of yours with their access tokens.',
      action: add,
    }),
    columns: [
      {
        heading: 'Name',
        cell: ({ identifier, name, open }) =>
          html`<span><a href="${listUrl(change, { identifier })}">${name}</a> ${open && badge('open')}</span>`,
      },
      { heading: 'Identifier', kind: 'code', cell: ({ identifier }) => identifier },
      {
        heading: 'Scope values',
        cell: ({ scope }) => (scope.length > 0 ? html`<code>${scope.join(' ')}</code>` : 'Any'),
      },
      { heading: 'Tokens', cell: tokensOf },
      {
        heading: 'Introspects as',
        cell: ({ client_id }) =>
          client_id === undefined ? '–' : html`<a href="${clientPath(client_id)}"><code>${client_id}</code></a>`,
      },
      {
        heading: 'Actions',
        kind: 'actions',
        cell: ({ identifier, name }) =>
          linkButton({
            label: html`Remove…<span class="unseen"> ${name}</span>`,
            href: removalPath(identifier),
            kind: 'danger',
          }),
      },
    ],
  });
}

function tokensOf(resource: Resource): string {
  const { access_token_format, access_token_seconds, access_token_signing_alg } = resource;
  if (access_token_format === 'opaque') return ['Opaque', ...atMost(access_token_seconds)].join(', ');
  const alg = access_token_signing_alg === undefined ? [] : [access_token_signing_alg];
  return ['JWT', ...alg, ...atMost(access_token_seconds)].join(', ');
}

const atMost = (seconds: number | undefined): string[] =>
  seconds === undefined ? [] : [`at most ${durationText(seconds)}`];

async function register(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const values = readResourceForm(requireUnrepeated(formOf(request)));
  const problems = await save(values, async (given) =>
    registerResource(context, given, await actorOf(context, request)),
  );
  if (problems) return sendForm(context, request, reply, { values, problems, status: 400 });
  return redirectWithNews(context, request, reply, path, { text: 'The API is registered.' });
}

async function update(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const resource = await requireResource(context, request);
  const { identifier } = resource;
  const values = { ...readResourceForm(requireUnrepeated(formOf(request))), identifier };
  const problems = await save(values, async (given) => updateResource(context, given, await actorOf(context, request)));
  if (problems) return sendForm(context, request, reply, { resource, values, problems, status: 400 });
  return redirectWithNews(context, request, reply, path, { text: 'The API is changed.' });
}

/** Hands what was typed to `write` once it is well formed; what is wrong with it, by field. */
async function save(
  values: Readonly<Record<string, unknown>>,
  write: (given: z.output<typeof newResourceSchema>) => Promise<Resource>,
): Promise<FormProblems | undefined> {
  const parsed = newResourceSchema.safeParse(values);
  if (!parsed.success)
    return formProblems(parsed.error.issues.map(({ path, message }) => ({ member: String(path[0]), message })));
  try {
    await write(parsed.data);
    return undefined;
  } catch (error) {
    if (error instanceof ResourceError) return { [error.member]: error.message };
    throw error;
  }
}

/** What the form shows of a resource, in the schema's form. */
function valuesOf({ scope, ...members }: Resource): Record<string, unknown> {
  return { ...members, scope: scope.join(' ') };
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    /** The one that is changed; none while one is registered. */
    readonly resource?: Resource;
    readonly values: Readonly<Record<string, unknown>>;
    readonly problems: FormProblems;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { resource, values, problems, status } = form;
  return sendConsolePage(context, request, reply, {
    title: resource?.name ?? 'Register an API',
    ...(resource && { lead: html`<code>${resource.identifier}</code>` }),
    ...(status !== undefined && { status }),
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: resourceForm({ values, problems, isRegistered: resource !== undefined, cancel: path }),
  });
}

async function askWhetherToRemove(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { identifier, name } = await requireResource(context, request);
  if (!(await isRecentlySignedIn(context, request)))
    return redirectToSignIn(context, request, reply, removalPath(identifier));
  return sendConsolePage(context, request, reply, {
    title: `Remove ${name}?`,
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: confirmation({
      text: html`<p><code>${identifier}</code></p><p>No application can name it any more when it asks for a token, and what
is said here of its tokens no longer holds. JWTs that it was sent already stay good until they expire, and applications
keep it in their audience until that is changed, too.</p>`,
      action: 'Remove the API',
      cancel: path,
    }),
  });
}

async function remove(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { identifier } = await requireResource(context, request);
  if (!(await isRecentlySignedIn(context, request)))
    return redirectToSignIn(context, request, reply, removalPath(identifier));
  await removeResource(context, identifier, await actorOf(context, request));
  return redirectWithNews(context, request, reply, path, { text: 'The API is removed.' });
}

/** An identifier is full of slashes, which many a proxy decodes or refuses in a path: it is asked for in the query. */
const removalPath = (identifier: string): string => listUrl(removal, { identifier });

/** The registered resource that the address names. Throws a page that there is none. */
async function requireResource(context: Context, request: FastifyRequest): Promise<Resource> {
  const { identifier = '' } = requireUnrepeated(queryOf(request));
  const isOurs = identifier === context.config.issuer;
  const [resource] = isOurs ? [] : await findResources(context, [identifier]);
  if (!resource) throw notFound('API', { label: title, href: path });
  return resource;
}
