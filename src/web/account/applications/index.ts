/** The applications that the person has let in: what each may read, what it was given last, and the way to end that. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { withdrawConsent } from '../../../identity/consents.ts';
import { listSessions } from '../../../identity/sessions.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import {
  type ConnectedClient,
  findConnectedClient,
  listConnectedClients,
} from '../../../protocol/connected-clients.ts';
import { lifetimesOf } from '../../../protocol/tokens/lifetimes.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { emptyState } from '../../ui/list.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { tellApplications } from '../../ui/tell-applications.ts';
import { timeTag } from '../../ui/time.ts';
import type { AccountPage } from '../account-page.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { applicationCard, applicationHeader } from './application-card.ts';
import { applicationsTexts } from './texts/index.ts';

const path = '/account/applications';
const withdrawPath = `${path}/withdraw`;

export const applications: AccountPage = {
  name: 'applications',
  path,
  title: (t) => t('applications'),
  icon: 'apps',
  routes(app, context) {
    app.get(path, (request, reply) => sendApplications(context, request, reply));
    app.get(withdrawPath, async (request, reply) => {
      const { client_id } = requireUnrepeated(queryOf(request));
      return sendQuestion(context, request, reply, await requireConnected(context, request, client_id));
    });
    app.post(withdrawPath, (request, reply) => withdraw(context, request, reply));
  },
};

async function sendApplications(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, applicationsTexts);
  const connected = await listConnectedClients(context, user.id);
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    body:
      connected.length === 0
        ? emptyState({ icon: icon('apps'), heading: t('nothing'), text: t('nothingText') })
        : html`${connected.map((one) => applicationCard(t, user, one, withdrawPath))}`,
  });
}

async function sendQuestion(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  connected: ConnectedClient,
): Promise<FastifyReply> {
  const t = textsFor(context, request, applicationsTexts);
  const { client, granted_at } = connected;
  const name = html`<strong>${client.client_name}</strong>`;
  const until = timeTag(context.now() + lifetimesOf(context, client).accessTokenSeconds, t);
  return sendAccountPage(context, request, reply, {
    title: t('question', { client: client.client_name }),
    body: html`${applicationHeader(client)}
<ul>
<li>${t.rich('losesAccess', { client: name })}</li>
<li>${client.backchannel_logout_uri === undefined ? t('isNotTold') : t('isTold')}</li>
<li>${t('keepsWhatItRead')}</li>
<li>${t.rich('otherServices', { until })}</li>
<li>${granted_at === undefined || client.first_party ? t('comesBack') : t('asksAgain')}</li>
</ul>
${postForm({
  action: withdrawPath,
  body: html`${hiddenField('client_id', client.client_id)}${buttonRow(
    submitButton({ id: 'account-withdraw', label: t('withdraw'), kind: 'danger' }),
    linkButton({ label: t('cancel'), href: path, kind: 'quiet' }),
  )}`,
})}`,
  });
}

async function withdraw(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const { client_id } = requireUnrepeated(formOf(request));
  const { client } = await requireConnected(context, request, client_id);
  const access = { user_id: user.id, client_id: client.client_id };
  await withdrawConsent(context, access, await actorOf(context, request));
  await tellApplications(
    context,
    request,
    (await listSessions(context, user.id)).map(({ id }) => id),
  );
  const t = textsFor(context, request, applicationsTexts);
  return redirectWithNews(context, request, reply, path, { text: t('withdrawn', { client: client.client_name }) });
}

/** The client of a request, if the person has let it in: what others let in looks like what does not exist. */
async function requireConnected(
  context: Context,
  request: FastifyRequest,
  client_id: string | undefined,
): Promise<ConnectedClient> {
  const { user } = await visitorSession(context, request);
  const connected = client_id === undefined ? undefined : await findConnectedClient(context, user.id, client_id);
  if (connected) return connected;
  const t = textsFor(context, request, applicationsTexts);
  throw new PageError({
    heading: t('notFound'),
    message: t('notFoundText'),
    whatToDo: linkButton({ label: t('back'), href: path, kind: 'quiet', wide: true }),
    status: 404,
  });
}
