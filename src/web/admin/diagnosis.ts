import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { type Client, metadataOf } from '../../protocol/client-metadata.ts';
import { findClient } from '../../protocol/clients.ts';
import { isRegisteredRedirectUri } from '../../protocol/redirect-uris.ts';
import { updateClient } from '../../protocol/register-client.ts';
import { readClientMetadata } from '../../protocol/registrable-metadata.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { type Diagnosis, readDiagnosis } from '../ui/diagnosis.ts';
import { PageError } from '../ui/error-page.ts';
import { hiddenField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { copyable, definitionList, notice } from '../ui/list.ts';
import { breadcrumbs } from '../ui/navigation.ts';
import { section } from '../ui/section.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { formProblems } from './clients/client-form.ts';
import { clientPath, clientsPath } from './clients/client-page.ts';
import { notFound, sendConsolePage } from './console-page.ts';
import { actorOf } from './guard.ts';
import { redirectWithNews } from './news.ts';
import { nearestRedirectUri, redirectUriDifferences } from './redirect-uri-differences.ts';

const path = '/admin/diagnosis';

/** What an error page's reference leads to: what was received, what is registered, and a button that repairs it. */
export const diagnosis: AdminPage = {
  name: 'diagnosis',
  path,
  title: 'Diagnosis',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, async (request, reply) => {
      const { received = '' } = requireUnrepeated(queryOf(request));
      return sendDiagnosis(context, request, reply, received);
    });

    app.post(path, async (request, reply) => {
      const { received = '' } = requireUnrepeated(formOf(request));
      const { client, redirect_uri } = await requireDiagnosis(context, received);
      if (!isRegisteredRedirectUri(client, redirect_uri)) {
        const metadata = repaired(client, redirect_uri);
        const read = readClientMetadata(metadata, client.client_id);
        if ('problems' in read) return sendDiagnosis(context, request, reply, received, formProblems(read.problems));
        await updateClient(context, client, metadata, await actorOf(context, request));
      }
      return redirectWithNews(context, request, reply, clientPath(client.client_id), {
        text: 'The redirect URI is registered: the application may use it now.',
      });
    });
  },
};

async function requireDiagnosis(
  context: ConsoleContext,
  received: string,
): Promise<Diagnosis & { readonly client: Client }> {
  const read = readDiagnosis(context, received);
  if (!read)
    throw new PageError({
      heading: 'Nothing to diagnose',
      message: 'The address is incomplete.',
      whatToDo: 'Open the link of the error page again, whole.',
      status: 400,
    });
  const client = await findClient(context, read.client_id);
  if (!client) throw notFound('application', { label: 'All applications', href: clientsPath });
  return { ...read, client };
}

function repaired(client: Client, redirect_uri: string): Record<string, unknown> {
  return { ...metadataOf(client), redirect_uris: [...client.redirect_uris, redirect_uri] };
}

async function sendDiagnosis(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  received: string,
  refused?: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const read = await requireDiagnosis(context, received);
  const { client } = read;
  const isRepaired = isRegisteredRedirectUri(client, read.redirect_uri);
  return sendConsolePage(context, request, reply, {
    title: isRepaired ? 'The redirect URI is registered by now' : 'The redirect URI is not registered',
    lead: isRepaired
      ? 'Start the sign-in at the application again.'
      : `${client.client_name} sent somebody here to sign in, with an address to come back to that it has not registered. Castellan sends nobody to an unknown address, so the sign-in ended with an error page.`,
    ...(refused && { status: 400 }),
    breadcrumbs: breadcrumbs(
      { label: 'Applications', href: clientsPath },
      { label: client.client_name, href: clientPath(client.client_id) },
    ),
    body: html`${what(read)}${!isRepaired && html`${registered(read)}${repair(read, received, refused)}`}`,
  });
}

function what({ client, redirect_uri, at, request_id }: Diagnosis & { readonly client: Client }): Html {
  return section({
    heading: 'What was received',
    body: definitionList([
      { term: 'Redirect URI', value: copyable(redirect_uri, 'redirect URI') },
      {
        term: 'Application',
        value: html`<a href="${clientPath(client.client_id)}">${client.client_name}</a> (<code>${client.client_id}</code>)`,
      },
      { term: 'When', value: timeTag(at) },
      { term: 'Reference', value: copyable(request_id, 'reference') },
    ]),
  });
}

function registered({ client, redirect_uri }: Diagnosis & { readonly client: Client }): Html {
  const nearest = nearestRedirectUri(redirect_uri, client.redirect_uris);
  const differences = (uri: string) =>
    html`<ul>${redirectUriDifferences(redirect_uri, uri).map((difference) => html`<li>${difference}</li>`)}</ul>`;
  return section({
    heading: 'What is registered',
    body:
      nearest === undefined
        ? notice('neutral', 'No redirect URI at all: this application does not sign people in so far.')
        : html`${notice('warning', html`<p><code>${nearest}</code></p>${differences(nearest)}`, 'The most similar one, and what was different in the received one')}
${
  client.redirect_uris.length > 1 &&
  definitionList(
    client.redirect_uris
      .filter((uri) => uri !== nearest)
      .map((uri) => ({ term: 'Also', value: html`<code>${uri}</code>` })),
  )
}`,
  });
}

/** The button, unless the schema would refuse the URI anyway: then why, and what else can be done. */
function repair(
  { client, redirect_uri }: Diagnosis & { readonly client: Client },
  received: string,
  refused: Readonly<Record<string, string>> = {},
): Html {
  const settings = linkButton({
    label: 'Open the settings',
    href: `${clientPath(client.client_id)}/settings`,
    kind: 'quiet',
  });
  const read = readClientMetadata(repaired(client, redirect_uri), client.client_id);
  const problems = 'problems' in read ? Object.values({ ...formProblems(read.problems), ...refused }) : [];
  if (problems.length > 0)
    return section({
      heading: 'It cannot be registered as it is',
      body: html`${notice('bad', problems.join(' '))}<p>The application must be changed to send another one.</p>${buttonRow(settings)}`,
    });
  return section({
    heading: 'Repair it',
    body: html`<p>If you know this address and it belongs to the application, register it. If you do not know it, do
nothing: somebody may be trying to have a sign-in sent to themselves.</p>${postForm({
      body: html`${hiddenField('received', received)}${buttonRow(
        submitButton({ label: 'Register this redirect URI', id: 'diagnosis-repair' }),
        settings,
      )}`,
      action: path,
    })}`,
  });
}
