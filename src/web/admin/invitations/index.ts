/** The part of the console for invitations: one file for each of its pages. */
import type { AdminPage } from '../admin-page.ts';
import { importRoutes } from './import.ts';
import { invitationRoutes, invitationsPath } from './invitation-page.ts';
import { invitationListRoutes } from './list.ts';
import { madeListRoutes } from './made-list.ts';
import { newInvitationRoutes } from './new.ts';

export const invitations: AdminPage = {
  name: 'invitations',
  path: invitationsPath,
  title: 'Invitations',
  icon: 'mail',
  routes(app, context) {
    invitationListRoutes(app, context);
    newInvitationRoutes(app, context);
    importRoutes(app, context);
    madeListRoutes(app, context);
    invitationRoutes(app, context);
  },
};
