import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { countFederatedIdentities } from '../../../identity/federated-identities.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import {
  type IdentityProvider,
  type IdentityProviderKind,
  identityProviderKinds,
} from '../../../protocol/identity-providers/index.ts';
import {
  addIdentityProvider,
  kindOf,
  listIdentityProviders,
  ProviderError,
} from '../../../protocol/identity-providers/registered-providers.ts';
import { linkButton } from '../../ui/button.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { icon } from '../../ui/icon.ts';
import { badge, dataTable, emptyState } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import { linkTiles } from '../../ui/tiles.ts';
import type { AdminPage, ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { askWhetherToDisable, askWhetherToRemove, removeProvider, switchProvider } from './provider-end.ts';
import { providerForm, providerProblems, readProviderForm } from './provider-form.ts';
import { saveProvider, sendProvider, testProvider } from './provider-page.ts';
import { type ProviderRequest, path, requireProvider, title } from './requested-provider.ts';

const addition = `${path}/new`;
const route = `${path}/:name`;

/** The providers through which people may sign in here. */
export const identityProviders: AdminPage = {
  name: 'identity-providers',
  path,
  title,
  icon: 'globe',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, (request, reply) => sendList(context, request, reply));
    app.get(addition, (request, reply) => {
      const kind = identityProviderKinds.get(requireUnrepeated(queryOf(request)).kind ?? '');
      return kind
        ? sendForm(context, request, reply, { kind, values: presetsOf(kind), problems: {} })
        : sendKinds(context, request, reply);
    });
    app.post(addition, (request, reply) => add(context, request, reply));
    app.get(route, async (request: ProviderRequest, reply) =>
      sendProvider(context, request, reply, { provider: await requireProvider(context, request) }),
    );
    app.post(route, (request: ProviderRequest, reply) => saveProvider(context, request, reply));
    app.get(`${route}/test`, (request: ProviderRequest, reply) => testProvider(context, request, reply));
    app.get(`${route}/disable`, (request: ProviderRequest, reply) => askWhetherToDisable(context, request, reply));
    for (const [act, disabled] of [
      ['enable', false],
      ['disable', true],
    ] as const)
      app.post(`${route}/${act}`, (request: ProviderRequest, reply) =>
        switchProvider(context, request, reply, { disabled }),
      );
    app.get(`${route}/remove`, (request: ProviderRequest, reply) => askWhetherToRemove(context, request, reply));
    app.post(`${route}/remove`, (request: ProviderRequest, reply) => removeProvider(context, request, reply));
  },
};

async function sendList(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const providers = await listIdentityProviders(context);
  const counts = await countFederatedIdentities(context);
  const add = linkButton({ label: 'Add a provider', href: addition, id: 'provider-add' });
  return sendConsolePage(context, request, reply, {
    title,
    lead: 'Other places where people have accounts, and through which they may sign in here.',
    ...(providers.length > 0 && { actions: add }),
    body: dataTable<IdentityProvider>({
      caption: title,
      rows: providers,
      empty: emptyState({
        icon: icon('globe'),
        heading: 'No provider yet',
        text: 'People sign in with what they have set up here. Add a provider to let them come with the account they have there.',
        action: add,
      }),
      columns: [
        {
          heading: 'Name',
          cell: ({ name, settings, disabled }) =>
            html`<span><a href="${path}/${name}">${settings.label}</a> ${disabled && badge('disabled', 'warning')}</span>`,
        },
        { heading: 'Kind', cell: (provider) => kindOf(provider).title },
        { heading: 'Short name', kind: 'code', cell: ({ name }) => name },
        { heading: 'New people', cell: ({ settings }) => (settings.creates_users ? 'Get an account' : 'Connect one') },
        { heading: 'Connected', kind: 'number', cell: ({ name }) => counts.get(name)?.people ?? 0 },
      ],
    }),
  });
}

function sendKinds(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    title: 'Add a provider',
    lead: 'Whose accounts do people have?',
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: linkTiles(
      'Kinds of providers',
      [...identityProviderKinds.values()].map(({ name, title, guide }) => ({
        href: `${addition}?kind=${name}`,
        label: title,
        hint: guide,
        icon: 'globe' as const,
      })),
    ),
  });
}

async function add(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const typed = requireUnrepeated(formOf(request));
  const kind = identityProviderKinds.get(typed.kind ?? '');
  if (!kind) return sendKinds(context, request, reply);
  const given = readProviderForm(kind, typed);
  try {
    const { name } = await addIdentityProvider(context, given, await actorOf(context, request));
    return await redirectWithNews(context, request, reply, `${path}/${name}`, {
      text: 'The provider is added. Register the redirect URI there, then test the connection.',
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const problems = providerProblems(error.problems);
    return sendForm(context, request, reply, {
      kind,
      values: { ...given.settings, name: given.name },
      problems,
      status: 400,
    });
  }
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    readonly kind: IdentityProviderKind;
    readonly values: Readonly<Record<string, unknown>>;
    readonly problems: FormProblems;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { kind, values, problems, status } = form;
  return sendConsolePage(context, request, reply, {
    title: `Add ${kind.title}`,
    lead: `The redirect URI to register there is ${context.config.publicUrl}/login/with/SHORT-NAME/callback; the next page has it to copy.`,
    ...(status !== undefined && { status }),
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: providerForm({
      kind,
      isSetUp: false,
      values,
      problems,
      hidden: hiddenField('kind', kind.name),
      cancel: path,
    }),
  });
}

function presetsOf({ name, title, place }: IdentityProviderKind): Record<string, unknown> {
  return place?.member === 'issuer' && place.required ? {} : { name, label: title };
}
