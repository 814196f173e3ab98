import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { Client } from '../../../protocol/client-metadata.ts';
import { usesSecret } from '../../../protocol/client-secrets.ts';
import { addClientSecret, removeClientSecret } from '../../../protocol/clients.ts';
import { type ClientSecret, listClientSecrets } from '../../../storage/client-secrets.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { badge, dataTable, emptyState } from '../../ui/list.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { notFound } from '../console-page.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { problemOfRefusal } from './client-form.ts';
import {
  type ClientRequest,
  clientPath,
  clientRoute,
  requireClient,
  sendClientPage,
  sendClientQuestion,
} from './client-page.ts';

type SecretRequest = FastifyRequest<{ Params: { client_id: string; secret_id: string } }>;

const removal = `${clientRoute}/secrets/:secret_id/remove`;

/** The secrets of a client: several may be in use, so that an application can change over without a break. */
export function clientSecretsRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(`${clientRoute}/secrets`, async (request: ClientRequest, reply) =>
    sendSecrets(context, request, reply, await requireClient(context, request)),
  );

  app.post(`${clientRoute}/secrets`, async (request: ClientRequest, reply) => {
    const client = await requireClient(context, request);
    const { expires_on } = requireUnrepeated(formOf(request));
    const refused = (problem: string) => sendSecrets(context, request, reply, client, { expires_on, problem });
    const expires_at = expires_on === undefined ? null : endOfDay(expires_on);
    if (expires_at === undefined) return refused('Enter a date such as 2030-12-31.');
    if (expires_at !== null && expires_at <= context.now()) return refused('This day is over already.');
    try {
      const actor = await actorOf(context, request);
      const { client_secret } = await addClientSecret(context, client, actor, { expires_at });
      return await redirectWithNews(context, request, reply, `${clientPath(client.client_id)}/secrets`, {
        text: 'The secret is added. Copy it now: it is never shown again.',
        secret: { label: 'Client secret', value: client_secret },
      });
    } catch (error) {
      const [problem] = Object.values(problemOfRefusal(error) ?? {});
      if (problem === undefined) throw error;
      return refused(problem);
    }
  });

  app.get(removal, async (request: SecretRequest, reply) => {
    const { client, secret } = await requireSecret(context, request);
    return sendRemoval(context, request, reply, client, secret);
  });

  app.post(removal, async (request: SecretRequest, reply) => {
    const { client, secret } = await requireSecret(context, request);
    await removeClientSecret(context, client.client_id, secret.id, await actorOf(context, request));
    const path = `${clientPath(client.client_id)}/secrets`;
    return redirectWithNews(context, request, reply, path, { text: 'The secret is removed and works no more.' });
  });
}

async function requireSecret(
  context: ConsoleContext,
  request: SecretRequest,
): Promise<{ client: Client; secret: ClientSecret }> {
  const client = await requireClient(context, request);
  const secrets = await listClientSecrets(context.database, client.client_id);
  const secret = secrets.find(({ id }) => id === request.params.secret_id);
  const href = `${clientPath(client.client_id)}/secrets`;
  if (!secret) throw notFound('secret', { label: 'The secrets of this application', href });
  return { client, secret };
}

async function sendSecrets(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
  typed: { readonly expires_on?: string | undefined; readonly problem?: string } = {},
): Promise<FastifyReply> {
  const path = clientPath(client.client_id);
  const { problem } = typed;
  const body = usesSecret(client)
    ? html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'field-expires_on' }])}
${await secretsTable(context, client)}${additionForm(typed)}`
    : emptyState({
        heading: 'This application has no secret',
        text: `It authenticates with ${client.token_endpoint_auth_method}. Another authentication method in its settings gives it one.`,
      });
  return sendClientPage(context, request, reply, client, {
    current: `${path}/secrets`,
    ...(problem !== undefined && { status: 400 }),
    body,
  });
}

async function secretsTable(context: ConsoleContext, client: Client) {
  const path = clientPath(client.client_id);
  const rows = await listClientSecrets(context.database, client.client_id);
  return dataTable({
    caption: 'Secrets',
    rows,
    empty: emptyState({
      heading: 'There is no secret',
      text: 'Until it has one, the application cannot authenticate.',
    }),
    columns: [
      { heading: 'Created', cell: ({ created_at }) => timeTag(created_at) },
      {
        heading: 'Expires',
        cell: ({ expires_at }) => {
          if (expires_at === null) return 'Never';
          return expires_at <= context.now() ? badge('expired', 'warning') : timeTag(expires_at);
        },
      },
      { heading: 'Last used', cell: ({ last_used_at }) => (last_used_at === null ? 'Never' : timeTag(last_used_at)) },
      { heading: 'Name', kind: 'code', cell: ({ id }) => id },
      {
        heading: 'Actions',
        kind: 'actions',
        cell: ({ id }) =>
          linkButton({
            label: html`Remove<span class="unseen"> ${id}</span>`,
            kind: 'danger',
            href: `${path}/secrets/${id}/remove`,
          }),
      },
    ],
  });
}

function additionForm({
  expires_on,
  problem,
}: {
  readonly expires_on?: string | undefined;
  readonly problem?: string;
}) {
  return section({
    heading: 'Add a secret',
    lead: 'To change a secret without a break: add one, give it to the application, then remove the old one.',
    body: html`<div class="panel narrow">${postForm({
      body: html`${textField({
        name: 'expires_on',
        label: 'Expires at the end of',
        hint: 'In UTC. Empty: never.',
        type: 'date',
        required: false,
        short: true,
        value: expires_on?.slice(0, 30),
        problem,
      })}${buttonRow(submitButton({ label: 'Add a secret', id: 'secret-submit' }))}`,
    })}</div>`,
  });
}

function sendRemoval(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
  secret: ClientSecret,
): Promise<FastifyReply> {
  const use = secret.last_used_at === null ? 'never' : timeTag(secret.last_used_at);
  return sendClientQuestion(context, request, reply, client, {
    title: 'Remove this secret?',
    body: confirmation({
      text: html`<p>It was made ${timeTag(secret.created_at)} and last used: ${use}. An application that still uses it
cannot get tokens any more, from this moment on.</p>`,
      action: 'Remove the secret',
      cancel: `${clientPath(client.client_id)}/secrets`,
    }),
  });
}

/** The last second of a day in UTC; undefined for text that is no day of the next thousands of years. */
function endOfDay(text: string): number | undefined {
  if (!z.iso.date().safeParse(text).success) return undefined;
  return Date.parse(`${text}T23:59:59Z`) / 1000;
}
