import { claimsForScope } from '../../../identity/claims.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import type { Client } from '../../../protocol/client-metadata.ts';
import type { ConnectedClient } from '../../../protocol/connected-clients.ts';
import { buttonRow, linkButton } from '../../ui/button.ts';
import { clientLogoPath } from '../../ui/client-links.ts';
import type { IconName } from '../../ui/icon.ts';
import { badge, definitionList } from '../../ui/list.ts';
import { permissionList } from '../../ui/permission-list.ts';
import { clientHeader } from '../../ui/portrait.ts';
import { timeTag } from '../../ui/time.ts';
import type { ApplicationsTexts } from './texts/index.ts';

/** What a person sees of one application that is connected. */
export function applicationCard(
  t: ApplicationsTexts,
  user: User,
  connected: ConnectedClient,
  withdrawPath: string,
): Html {
  const { client, granted_at, scope, resource, given, offline_until } = connected;
  const at = (time: number) => timeTag(time, t);
  const entries = [
    { term: t('since'), value: granted_at === undefined ? t('byAdministrator') : at(granted_at) },
    {
      term: t('lastGiven'),
      value: given ? html`${at(given.at)}<br><small>${namesOf(t, given.scope).join(' · ')}</small>` : t('longAgo'),
    },
    ...(offline_until === undefined
      ? []
      : [
          {
            term: t('whileAway'),
            value: html`${badge(t('yes'), 'warning')} ${t.rich('until', { time: at(offline_until) })}`,
          },
        ]),
    ...(resource.length === 0 ? [] : [{ term: t('services'), value: html`${resource.join(', ')}` }]),
  ];
  const withdraw = linkButton({
    label: html`${t('withdrawEllipsis')}<span class="unseen"> (${client.client_name})</span>`,
    href: `${withdrawPath}?${new URLSearchParams({ client_id: client.client_id })}`,
    kind: 'quiet',
  });
  return html`<section class="section"><h2 class="unseen">${client.client_name}</h2>
<div class="section-body">${applicationHeader(client)}
<div><h3>${t('mayRead')}</h3></div>
${permissionList(scope.map((value) => permissionOf(t, user, value)))}
${definitionList(entries)}
${buttonRow(withdraw)}</div></section>`;
}

/** Which application it is. */
export function applicationHeader(client: Client): Html {
  const { client_name, client_uri } = client;
  return clientHeader({
    name: client_name,
    logo: clientLogoPath(client),
    ...(client_uri !== undefined && URL.canParse(client_uri) && { host: new URL(client_uri).host }),
  });
}

const icons = {
  openid: 'key',
  profile: 'person',
  email: 'mail',
  address: 'pin',
  phone: 'phone',
  groups: 'people',
  offline_access: 'refresh',
} as const satisfies Readonly<Record<string, IconName>>;

type Known = keyof typeof icons;

const isKnown = (scope: string): scope is Known => Object.hasOwn(icons, scope);

/** What a scope value means, with the values that the application would read now. */
function permissionOf(t: ApplicationsTexts, user: User, scope: string) {
  if (!isKnown(scope)) return { icon: 'check' as const, label: html`<code>${scope}</code>` };
  const detail = valuesOf(user, scope);
  return { icon: icons[scope], label: t(scope), ...(detail !== '' && { detail }) };
}

/** Of what was given: to be recognised, and to keep the access, tells nothing about the person. */
function namesOf(t: ApplicationsTexts, scope: readonly string[]): string[] {
  const told = scope.filter((value) => value !== 'openid' && value !== 'offline_access');
  return told.map((value) => (isKnown(value) ? t(value) : value));
}

function valuesOf(user: User, scope: Known): string {
  if (scope === 'profile') return user.claims.name ?? user.username;
  const values = Object.values(claimsForScope(user, [scope])).flatMap((value) =>
    typeof value === 'object' && value !== null ? Object.values(value) : [value],
  );
  const texts = values.filter((value) => typeof value === 'string');
  return texts.slice(0, 8).join(', ');
}
