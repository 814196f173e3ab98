import type { FastifyInstance, FastifyRequest } from 'fastify';
import { disconnectFederatedIdentity } from '../../../identity/federated-identities.ts';
import { createRecoveryLink } from '../../../identity/recovery.ts';
import { endSession, endSessionsOf, listSessions } from '../../../identity/sessions.ts';
import { disableUser, enableUser, UserError } from '../../../identity/users.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { findIdentityProvider } from '../../../protocol/identity-providers/registered-providers.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { formOf } from '../../ui/form-body.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound } from '../console-page.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { accessPath, doAndTell, requireUser, type UserRequest, userRoute } from './user-page.ts';

type SessionRequest = FastifyRequest<{ Params: { user_id: string; session_id: string } }>;

const route = `${userRoute}/access`;

/** What can be done about a person with one button. */
export function userActRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.post(`${route}/recovery-link`, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const path = accessPath(user.id);
    if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, path);
    try {
      const link = await createRecoveryLink(context, user, await actorOf(context, request));
      return await redirectWithNews(context, request, reply, path, {
        text: 'Hand it to the person. It works once, for a day, and links made before work no more.',
        secret: { label: 'Recovery link', value: link },
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return redirectWithNews(context, request, reply, path, { text: error.message, isRefusal: true });
    }
  });

  for (const isEnabled of [true, false]) {
    app.post(`${route}/${isEnabled ? 'enable' : 'disable'}`, async (request: UserRequest, reply) => {
      const { id } = await requireUser(context, request);
      const actor = await actorOf(context, request);
      return doAndTell(context, request, reply, {
        work: () => (isEnabled ? enableUser : disableUser)(context, id, actor),
        done: isEnabled ? 'The person can sign in again.' : 'The person is disabled and signed out everywhere.',
        path: accessPath(id),
      });
    });
  }

  app.post(`${route}/providers/disconnect`, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const path = accessPath(user.id);
    if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, path);
    const { provider = '', sub = '' } = requireUnrepeated(formOf(request));
    const providerLabel = (await findIdentityProvider(context, provider))?.settings.label ?? provider;
    const actor = await actorOf(context, request);
    return doAndTell(context, request, reply, {
      work: () => disconnectFederatedIdentity(context, user, { provider, sub, providerLabel }, actor),
      done: 'The account at the provider is disconnected, and signs nobody in here any more.',
      path,
    });
  });

  app.post(`${route}/sessions/end`, async (request: UserRequest, reply) => {
    const { id } = await requireUser(context, request);
    await endSessionsOf(context, id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, accessPath(id), { text: 'The person is signed out everywhere.' });
  });

  app.post(`${route}/sessions/:session_id/end`, async (request: SessionRequest, reply) => {
    const { id } = await requireUser(context, request);
    const session = (await listSessions(context, id)).find((each) => each.id === request.params.session_id);
    if (!session) throw notFound('session', { label: 'Back to the person', href: accessPath(id) });
    await endSession(context, session.id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, accessPath(id), { text: 'The session is ended.' });
  });
}
