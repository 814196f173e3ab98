import type { FastifyInstance } from 'fastify';
import { html } from '../../../lib/html.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { brandRoutes } from '../appearance/brand-routes.ts';
import { clientPath, clientRoute, requireClient, sendClientPage, sendClientQuestion } from './client-page.ts';

/** How pages look while somebody signs in for a client. */
export function clientAppearanceRoutes(app: FastifyInstance, context: ConsoleContext): void {
  brandRoutes(app, context, `${clientRoute}/appearance`, async (request, reply) => {
    const client = await requireClient(context, request);
    const { client_id } = client;
    const path = `${clientPath(client_id)}/appearance`;
    return {
      client_id,
      path,
      send: ({ body, status }) =>
        sendClientPage(context, request, reply, client, {
          current: path,
          scripts: ['appearance.js'],
          ...(status !== undefined && { status }),
          body: html`<p class="hint">Takes the place of what the house has, while somebody signs in for this application.
What is left empty is as the house has it; name and logo go together, and so do background and picture.</p>
${body}`,
        }),
      ask: (question) => sendClientQuestion(context, request, reply, client, question),
    };
  });
}
