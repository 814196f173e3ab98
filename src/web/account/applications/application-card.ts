import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import type { Client } from '../../../protocol/client-metadata.ts';
import type { ConnectedClient } from '../../../protocol/connected-clients.ts';
import { buttonRow, linkButton } from '../../ui/button.ts';
import { clientLogoPath } from '../../ui/client-links.ts';
import { badge, definitionList } from '../../ui/list.ts';
import { clientHeader } from '../../ui/portrait.ts';
import { scopePermissions, thingsGiven } from '../../ui/scope-permissions.ts';
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
      value: given ? html`${at(given.at)}<br><small>${thingsGiven(t, given.scope).join(' · ')}</small>` : t('longAgo'),
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
<h3>${t('can')}</h3>
${scopePermissions(t, scope, user)}
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
