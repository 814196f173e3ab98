import type { FastifyInstance } from 'fastify';
import { html } from '../../../lib/html.ts';
import { removeClient, setClientEnabled } from '../../../protocol/clients.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import {
  type ClientRequest,
  clientPath,
  clientRoute,
  clientsPath,
  requireClient,
  sendClientQuestion,
} from './client-page.ts';

/** Disabling, enabling and removing a client. */
export function clientActRoutes(app: FastifyInstance, context: ConsoleContext): void {
  for (const isEnabled of [true, false]) {
    app.post(`${clientRoute}/${isEnabled ? 'enable' : 'disable'}`, async (request: ClientRequest, reply) => {
      const { client_id } = await requireClient(context, request);
      await setClientEnabled(context, client_id, isEnabled, await actorOf(context, request));
      const text = isEnabled ? 'The application is enabled again.' : 'The application is disabled.';
      return redirectWithNews(context, request, reply, clientPath(client_id), { text });
    });
  }

  app.get(`${clientRoute}/remove`, async (request: ClientRequest, reply) => {
    const client = await requireClient(context, request);
    const path = clientPath(client.client_id);
    if (!(await isRecentlySignedIn(context, request)))
      return redirectToSignIn(context, request, reply, `${path}/remove`);
    return sendClientQuestion(context, request, reply, client, {
      title: `Remove ${client.client_name}?`,
      body: confirmation({
        text: html`<p>Nobody will be able to sign in to it, every token it holds stops working at once, and what people
have allowed it is forgotten. This cannot be undone.</p>`,
        action: 'Remove the application',
        cancel: path,
      }),
    });
  });

  app.post(`${clientRoute}/remove`, async (request: ClientRequest, reply) => {
    const { client_id } = await requireClient(context, request);
    if (!(await isRecentlySignedIn(context, request)))
      return redirectToSignIn(context, request, reply, `${clientPath(client_id)}/remove`);
    await removeClient(context, client_id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, clientsPath, { text: 'The application is removed.' });
  });
}
