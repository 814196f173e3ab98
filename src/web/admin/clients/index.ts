/** The part of the console for clients, which people know as applications: one file for each of its pages. */
import type { AdminPage } from '../admin-page.ts';
import { clientActRoutes } from './acts.ts';
import { clientAppearanceRoutes } from './appearance.ts';
import { clientsPath } from './client-page.ts';
import { clientConnectionRoutes } from './connection.ts';
import { clientListRoutes } from './list.ts';
import { newClientRoutes } from './new.ts';
import { clientSecretsRoutes } from './secrets.ts';
import { clientSettingsRoutes } from './settings.ts';

export const clients: AdminPage = {
  name: 'clients',
  path: clientsPath,
  title: 'Applications',
  icon: 'apps',
  routes(app, context) {
    clientListRoutes(app, context);
    newClientRoutes(app, context);
    clientConnectionRoutes(app, context);
    clientSettingsRoutes(app, context);
    clientSecretsRoutes(app, context);
    clientAppearanceRoutes(app, context);
    clientActRoutes(app, context);
  },
};
