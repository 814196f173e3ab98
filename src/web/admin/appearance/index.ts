/** How the house looks to the people who sign in: its name, logo, colours, words and links. */
import { house } from '../../../identity/brands/index.ts';
import { html } from '../../../lib/html.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import type { AdminPage } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { brandRoutes } from './brand-routes.ts';

const path = '/admin/appearance';
const title = 'Appearance';
const scripts = ['appearance.js'];

export const appearance: AdminPage = {
  name: 'appearance',
  path,
  title,
  icon: 'palette',
  routes(app, context) {
    brandRoutes(app, context, path, async (request, reply) => ({
      client_id: house,
      path,
      send: (page) =>
        sendConsolePage(context, request, reply, {
          ...page,
          title,
          scripts,
          lead: html`How pages look to the people who sign in. An application can have looks of its own: they are on its
page under <a href="/admin/clients">Applications</a>.`,
        }),
      ask: (question) =>
        sendConsolePage(context, request, reply, {
          ...question,
          breadcrumbs: breadcrumbs({ label: title, href: path }),
        }),
    }));
  },
};
