/** What is kept about the person, to be taken along, and the end of the account. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { deletionRefusal, exportOwnData } from '../../../identity/own-account.ts';
import { html } from '../../../lib/html.ts';
import { linkButton, postForm, submitButton } from '../../ui/button.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { textsFor } from '../../ui/languages.ts';
import { section } from '../../ui/section.ts';
import type { AccountPage } from '../account-page.ts';
import { actorOf, isRecentlySignedIn, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { deletePath, deletionRoutes, refusalText } from './deletion.ts';
import { dataTexts } from './texts/index.ts';

const path = '/account/data';

export const data: AccountPage = {
  name: 'data',
  path,
  title: (t) => t('data'),
  icon: 'braces',
  routes(app, context) {
    app.get(path, (request, reply) => sendData(context, request, reply));
    app.post(`${path}/download`, (request, reply) => download(context, request, reply));
    deletionRoutes(app, context);
  },
};

async function sendData(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, dataTexts);
  const refusal = await deletionRefusal(context, user);
  const form = postForm({
    action: `${path}/download`,
    body: submitButton({ id: 'account-download', label: t('download') }),
  });
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    body: html`${section({ heading: t('downloadHeading'), lead: t('downloadLead'), body: form })}
${section({
  heading: t('deleteHeading'),
  lead: t('deleteLead'),
  body:
    refusal === undefined
      ? linkButton({ id: 'account-delete', label: t('deleteEllipsis'), href: deletePath, kind: 'danger' })
      : refusalText(t, refusal),
})}`,
  });
}

/** The one form that is answered with a file and no redirect: there is no address at which the file would be. */
async function download(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, path);
  const { user } = await visitorSession(context, request);
  const file = await exportOwnData(context, user, await actorOf(context, request));
  return reply
    .headers({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="account-data.json"',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .send(JSON.stringify(file, withReadableTimes, 2));
}

/** Times as ISO 8601 instead of seconds. */
function withReadableTimes(name: string, value: unknown): unknown {
  const isTime = typeof value === 'number' && (name === 'at' || name === 'auth_time' || name.endsWith('_at'));
  return isTime ? new Date(value * 1000).toISOString() : value;
}
