import type { FastifyInstance, FastifyRequest } from 'fastify';
import encodeQR from 'qr';
import {
  findInvitationOf,
  type Invitation,
  invitationLink,
  removeInvitation,
  stateOf,
} from '../../../identity/invitations.ts';
import { type Html, html, trustedHtml } from '../../../lib/html.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import { badge, copyable, definitionList, type Tone } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound, sendConsolePage } from '../console-page.ts';
import { eventParty, namesOf } from '../event-names.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';

export const invitationsPath = '/admin/invitations';
const route = `${invitationsPath}/:invitation_id`;

type InvitationRequest = FastifyRequest<{ Params: { invitation_id: string } }>;

/** One invitation: its link, to be handed over, and the button that withdraws it. */
export function invitationRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(route, async (request: InvitationRequest, reply) => {
    const invitation = await requireInvitation(context, request);
    const names = await namesOf(context, [{ actor: invitation.created_by }]);
    return sendConsolePage(context, request, reply, {
      title: nameOf(invitation),
      lead: html`${stateBadge(context, invitation)}`,
      breadcrumbs: breadcrumbs({ label: 'Invitations', href: invitationsPath }),
      body: html`${stateOf(context, invitation) === 'open' && link(context, invitation)}
${definitionList([
  { term: 'E-mail address', value: invitation.profile.email ?? '–' },
  { term: 'User name', value: invitation.profile.username ?? '–' },
  { term: 'Groups', value: invitation.groups.join(', ') || '–' },
  { term: 'Uses left', value: usesText(invitation) },
  { term: 'The link works until', value: timeTag(invitation.expires_at) },
  {
    term: 'The account expires',
    value: invitation.account_expires_at === null ? 'Never' : timeTag(invitation.account_expires_at),
  },
  { term: 'Made', value: html`${timeTag(invitation.created_at)} by ${eventParty(invitation.created_by, names)}` },
])}
${section({
  heading: 'Withdraw',
  lead: 'The link is dead at once. Accounts that were made with it stay.',
  body: postForm({
    action: `${invitationPath(invitation)}/remove`,
    body: submitButton({ id: 'invitation-remove', label: 'Withdraw the invitation', kind: 'danger' }),
  }),
})}`,
    });
  });

  app.post(`${route}/remove`, async (request: InvitationRequest, reply) => {
    const { id } = await requireInvitation(context, request);
    await removeInvitation(context, id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, invitationsPath, { text: 'The invitation is withdrawn.' });
  });
}

/** The address of an invitation's page. */
export const invitationPath = ({ id }: Invitation): string => `${invitationsPath}/${id}`;

/** Whom an invitation is for, as far as that is known. */
export function nameOf({ profile, uses }: Invitation): string {
  return profile.name ?? profile.email ?? profile.username ?? (uses === 1 ? 'Anybody' : `Any ${uses} people`);
}

/** How an invitation stands. */
export function stateBadge(context: ConsoleContext, invitation: Invitation): Html {
  const [label, tone] = badges[stateOf(context, invitation)];
  return badge(label, tone);
}

/** How many may still use it. */
export const usesText = ({ uses, uses_left }: Invitation): string => `${uses_left} of ${uses}`;

const badges: Readonly<Record<ReturnType<typeof stateOf>, readonly [label: string, tone: Tone]>> = {
  open: ['open', 'good'],
  used: ['used', 'neutral'],
  expired: ['expired', 'warning'],
};

function link(context: ConsoleContext, invitation: Invitation): Html {
  const url = invitationLink(context, invitation);
  return section({
    heading: 'The link',
    lead: 'Hand it over as it is, or let it be scanned.',
    body: html`${copyable(url, 'invitation link')}
<div class="qr-code" role="img" aria-label="QR code of the link">${trustedHtml(encodeQR(url, 'svg', { border: 4 }))}</div>`,
  });
}

async function requireInvitation(context: ConsoleContext, request: InvitationRequest): Promise<Invitation> {
  const invitation = await findInvitationOf(context, request.params.invitation_id);
  if (!invitation) throw notFound('invitation', { label: 'All invitations', href: invitationsPath });
  return invitation;
}
