/** What the person did, and what was done to the account, in words. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { listEventsAbout } from '../../../identity/audit.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton } from '../../ui/button.ts';
import { deviceNameTexts } from '../../ui/device-name/texts/index.ts';
import { queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { emptyState } from '../../ui/list.ts';
import { permissionList } from '../../ui/permission-list.ts';
import type { AccountPage } from '../account-page.ts';
import { visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { signInWayTexts } from '../sign-in-ways/texts/index.ts';
import { clientNamesIn, eventRow } from './event-words.ts';
import { activityTexts } from './texts/index.ts';

const path = '/account/activity';
const eventsAtOnce = 50;

export const activity: AccountPage = {
  name: 'activity',
  path,
  title: (t) => t('activity'),
  icon: 'clock',
  routes(app, context) {
    app.get(path, (request, reply) => sendActivity(context, request, reply));
  },
};

async function sendActivity(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const { before } = requireUnrepeated(queryOf(request));
  const found = await listEventsAbout(context, { user_id: user.id, before, limit: eventsAtOnce + 1 });
  const events = found.slice(0, eventsAtOnce);
  const clients = await clientNamesIn(context, events);
  const t = textsFor(context, request, activityTexts);
  const words = {
    t,
    ways: t.with(signInWayTexts),
    devices: t.with(deviceNameTexts),
    clients,
    user_id: user.id,
  };
  const older = found.length > eventsAtOnce && events.at(-1);
  const pages = [
    older &&
      linkButton({ label: t('older'), href: `${path}?${new URLSearchParams({ before: older.id })}`, kind: 'quiet' }),
    before !== undefined && linkButton({ label: t('newest'), href: path, kind: 'quiet' }),
  ];
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    body:
      events.length === 0
        ? html`${emptyState({ icon: icon('clock'), heading: t('nothing') })}${buttonRow(...pages)}`
        : html`${permissionList(events.map((event) => eventRow(words, event)))}${buttonRow(...pages)}`,
  });
}
