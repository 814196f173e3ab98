/** The part of the console for users, which it calls people: one file for each of its pages. */
import type { AdminPage } from '../admin-page.ts';
import { userAccessRoutes } from './access.ts';
import { userActRoutes } from './acts.ts';
import { userListRoutes } from './list.ts';
import { newUserRoutes } from './new.ts';
import { userProfileRoutes } from './profile.ts';
import { userQuestionRoutes } from './questions.ts';
import { usersPath } from './user-page.ts';
import { waitingUserRoutes } from './waiting.ts';

export const users: AdminPage = {
  name: 'users',
  path: usersPath,
  title: 'People',
  icon: 'people',
  routes(app, context) {
    userListRoutes(app, context);
    newUserRoutes(app, context);
    userProfileRoutes(app, context);
    userAccessRoutes(app, context);
    userActRoutes(app, context);
    waitingUserRoutes(app, context);
    userQuestionRoutes(app, context);
  },
};
