/**
 * The account: what people see and change of themselves. To add a page: write its file with the interface of
 * `account-page.ts`, and add its name here. The menu reads this registry, and one guard stands before the routes of
 * every entry, so that a page neither asks who is there nor where a form came from. A page sends itself with
 * `sendAccountPage`, and acts that would outlast a borrowed browser ask `isRecentlySignedIn` first.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registryOf } from '../../lib/registry.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import type { AccountPage } from './account-page.ts';
import { activity } from './activity/index.ts';
import { applications } from './applications/index.ts';
import { email } from './email/index.ts';
import { guard } from './guard.ts';
import { deletedPage } from './own-data/deleted.ts';
import { data } from './own-data/index.ts';
import { profile } from './profile/index.ts';
import { security } from './security.ts';
import { sessions } from './sessions/index.ts';

const pages: ReadonlyMap<string, AccountPage> = registryOf<AccountPage>(
  profile,
  email,
  security,
  sessions,
  applications,
  activity,
  data,
);

/** The pages of the account, each entry behind the guard, and the one that is left when the account is gone. */
export function accountPages(app: FastifyInstance, context: Context): void {
  app.register(async (scope) => deletedPage(scope, context));
  for (const page of pages.values()) {
    app.register(async (scope) => {
      scope.setErrorHandler(answerWithErrorPage(context));
      scope.addHook('onRequest', guard(context, page, [...pages.values()]));
      page.routes(scope, context);
    });
  }
}
