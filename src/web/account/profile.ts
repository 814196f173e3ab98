import { html } from '../../lib/html.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import type { AccountPage } from './account-page.ts';
import { visitorSession } from './guard.ts';
import { sendAccountPage } from './send-account-page.ts';

/** Who the person is. */
export const profile: AccountPage = {
  name: 'profile',
  path: '/account',
  title: (t) => t('profile'),
  icon: 'person',
  routes(app, context) {
    app.get('/account', async (request, reply) => {
      const { user } = await visitorSession(context, request);
      return sendAccountPage(context, request, reply, { body: html`${visitorChip(user)}` });
    });
  },
};
