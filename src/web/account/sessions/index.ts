/** Where the person is signed in: each browser with the applications that were opened from it, and the way to end it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { endSession, endSessionsOf, listSessions, type Session } from '../../../identity/sessions.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { listClientNamesOfSessions } from '../../../protocol/session-clients.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { deviceName } from '../../ui/device-name/index.ts';
import { deviceNameTexts } from '../../ui/device-name/texts/index.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { badge, dataTable } from '../../ui/list.ts';
import { section } from '../../ui/section.ts';
import { tellApplications } from '../../ui/tell-applications.ts';
import { timeTag } from '../../ui/time.ts';
import type { AccountPage } from '../account-page.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { signInWays } from '../sign-in-ways/index.ts';
import { signInWayTexts } from '../sign-in-ways/texts/index.ts';
import { receiptOf, receiptUrl } from './receipt.ts';
import { type SessionsTexts, sessionsTexts } from './texts/index.ts';

const sessionsPath = '/account/sessions';

export const sessions: AccountPage = {
  name: 'sessions',
  path: sessionsPath,
  title: (t) => t('sessions'),
  icon: 'device',
  routes(app, context) {
    app.get(sessionsPath, (request, reply) => sendSessions(context, request, reply));
    app.post(sessionsPath, (request, reply) => end(context, request, reply));
  },
};

/** Ends one of the person's own sessions, or all but this one. The sign-out of this browser is `/logout`. */
async function end(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const own = await visitorSession(context, request);
  const { session: session_id, decision } = requireUnrepeated(formOf(request));
  const actor = await actorOf(context, request);
  const others = (await listSessions(context, own.user.id)).filter(({ id }) => id !== own.id);
  const ended = decision === 'others' ? others : others.filter(({ id }) => id === session_id);
  if (decision === 'others') await endSessionsOf(context, own.user.id, actor, { keepSession: own.id });
  else if (ended.length === 0) throw notFound(context, request);
  else for (const { id } of ended) await endSession(context, id, actor);
  const ids = ended.map(({ id }) => id);
  await tellApplications(context, request, ids);
  return reply.redirect(receiptUrl(context, own.user.id, ids), 303);
}

function notFound(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, sessionsTexts);
  return new PageError({
    heading: t('notFound'),
    message: t('notFoundText'),
    whatToDo: linkButton({ label: t('back'), href: sessionsPath, kind: 'quiet', wide: true }),
    status: 404,
  });
}

async function sendSessions(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const own = await visitorSession(context, request);
  const t = textsFor(context, request, sessionsTexts);
  const listed = await listSessions(context, own.user.id);
  const here = listed.filter(({ id }) => id === own.id);
  const others = listed.filter(({ id }) => id !== own.id);
  const names = await listClientNamesOfSessions(context, own.user.id);
  const rows = (caption: string, part: readonly Session[]) => sessionTable(t, { caption, part, names, own });
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    body: html`${await receiptOf(context, request, own.user.id)}
${section({ heading: t('thisBrowser'), body: rows(t('thisBrowser'), here) })}
${others.length > 0 && section({ heading: t('elsewhere'), lead: t('elsewhereLead'), body: rows(t('elsewhere'), others) })}
${ways(t, others.length > 0)}`,
  });
}

function sessionTable(
  t: SessionsTexts,
  list: {
    readonly caption: string;
    readonly part: readonly Session[];
    readonly names: ReadonlyMap<string, readonly string[]>;
    readonly own: Session;
  },
): Html {
  const { caption, part, names, own } = list;
  const nameOf = ({ user_agent }: Session) => deviceName(t.with(deviceNameTexts), user_agent);
  const wayTexts = t.with(signInWayTexts);
  return dataTable({
    caption,
    rows: part,
    columns: [
      {
        heading: t('device'),
        cell: (session) => html`${nameOf(session)} ${session.id === own.id && badge(t('here'), 'good')}`,
      },
      {
        heading: t('signedIn'),
        cell: ({ auth_time, amr }) => html`${timeTag(auth_time, t)}<br><small>${signInWays(wayTexts, amr)}</small>`,
      },
      { heading: t('lastUsed'), cell: ({ last_used_at }) => timeTag(last_used_at, t) },
      { heading: t('address'), kind: 'code', cell: ({ address }) => address },
      { heading: t('applications'), cell: ({ id }) => (names.get(id) ?? [t('noApplications')]).join(', ') },
      { heading: t('signOut'), kind: 'actions', cell: (session) => endForm(t, session, own, nameOf(session)) },
    ],
  });
}

function endForm(t: SessionsTexts, session: Session, own: Session, name: string): Html {
  const isHere = session.id === own.id;
  return postForm({
    action: isHere ? '/logout' : sessionsPath,
    inline: true,
    body: html`${!isHere && hiddenField('session', session.id)}${submitButton({
      label: html`${t('signOut')}<span class="unseen"> (${name})</span>`,
      kind: 'quiet',
    })}`,
  });
}

function ways(t: SessionsTexts, hasOthers: boolean): Html | undefined {
  if (!hasOthers) return undefined;
  const others = postForm({
    action: sessionsPath,
    inline: true,
    body: submitButton({ id: 'account-end-others', label: t('endOthers'), name: 'decision', value: 'others' }),
  });
  const all = postForm({
    action: '/logout',
    inline: true,
    body: submitButton({
      id: 'account-end-all',
      label: t('endAll'),
      name: 'everywhere',
      value: 'true',
      kind: 'danger',
    }),
  });
  return section({ heading: t('several'), lead: t('severalLead'), body: buttonRow(others, all) });
}
