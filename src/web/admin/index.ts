/**
 * The console: pages for administrators. To add one: write its file with the interface of `admin-page.ts`, and add its
 * name here. The menu reads this registry, and one guard stands before the routes of every entry, so that a page
 * neither asks who is there nor where a form came from. What a page changes is put into the audit log by the function
 * of `identity` or `protocol` that changes it, with `actorOf(request)`.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registryOf } from '../../lib/registry.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import type { AdminPage } from './admin-page.ts';
import { appearance } from './appearance/index.ts';
import { audit } from './audit.ts';
import { clients } from './clients/index.ts';
import { diagnosis } from './diagnosis.ts';
import { guard } from './guard.ts';
import { identityProviders } from './identity-providers/index.ts';
import { invitations } from './invitations/index.ts';
import { keys } from './keys.ts';
import { mails } from './mails.ts';
import { overview } from './overview.ts';
import { registrationTokens } from './registration-tokens.ts';
import { resources } from './resources.ts';
import { signOuts } from './sign-outs.ts';
import { users } from './users/index.ts';

const pages: ReadonlyMap<string, AdminPage> = registryOf<AdminPage>(
  overview,
  clients,
  users,
  invitations,
  identityProviders,
  resources,
  registrationTokens,
  keys,
  audit,
  signOuts,
  mails,
  appearance,
  diagnosis,
);

/** The pages of the console, each entry behind the guard. */
export function adminPages(app: FastifyInstance, context: Context): void {
  const menu = [...pages.values()].flatMap(({ path, title, icon }) =>
    icon === undefined ? [] : [{ label: title, href: path, icon }],
  );
  for (const page of pages.values()) {
    app.register(async (scope) => {
      scope.setErrorHandler(answerWithErrorPage(context));
      scope.addHook('onRequest', guard(context, page.path));
      page.routes(scope, { ...context, menu, current: page.path });
    });
  }
}
