import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { type Client, metadataOf } from '../../../protocol/client-metadata.ts';
import { updateClient } from '../../../protocol/register-client.ts';
import { readClientMetadata } from '../../../protocol/registrable-metadata.ts';
import { formOf } from '../../ui/form-body.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { type ClientForm, clientForm, formProblems, problemOfRefusal, readClientForm } from './client-form.ts';
import { type ClientRequest, clientPath, clientRoute, requireClient, sendClientPage } from './client-page.ts';

/** Changing a client's metadata. */
export function clientSettingsRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(`${clientRoute}/settings`, async (request: ClientRequest, reply) => {
    const client = await requireClient(context, request);
    return sendForm(context, request, reply, client, { values: metadataOf(client), problems: {} });
  });

  app.post(`${clientRoute}/settings`, async (request: ClientRequest, reply) => {
    const client = await requireClient(context, request);
    const path = clientPath(client.client_id);
    const values = readClientForm(context, requireUnrepeated(formOf(request)), metadataOf(client));
    const again = (problems: ClientForm['problems']) =>
      sendForm(context, request, reply, client, { values, problems, status: 400 });

    const read = readClientMetadata(values, client.client_id);
    if ('problems' in read) return again(formProblems(read.problems));
    try {
      const { client_secret } = await updateClient(context, client, values, await actorOf(context, request));
      if (client_secret === undefined)
        return await redirectWithNews(context, request, reply, `${path}/settings`, { text: 'The changes are saved.' });
      return await redirectWithNews(context, request, reply, path, {
        text: 'The changes are saved, and the application has a new secret. Copy it now: it is never shown again.',
        secret: { label: 'Client secret', value: client_secret },
      });
    } catch (error) {
      const problems = problemOfRefusal(error);
      if (!problems) throw error;
      return again(problems);
    }
  });
}

function sendForm(
  context: ConsoleContext,
  request: ClientRequest,
  reply: FastifyReply,
  client: Client,
  form: Pick<ClientForm, 'values' | 'problems'> & { readonly status?: number },
): Promise<FastifyReply> {
  const path = clientPath(client.client_id);
  return sendClientPage(context, request, reply, client, {
    current: `${path}/settings`,
    ...(form.status !== undefined && { status: form.status }),
    body: clientForm(context, { ...form, submit: 'Save the changes', cancel: path }),
  });
}
