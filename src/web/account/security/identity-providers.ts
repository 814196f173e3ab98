import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import {
  disconnectFederatedIdentity,
  type FederatedIdentity,
  listFederatedIdentities,
} from '../../../identity/federated-identities.ts';
import { UserError } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import {
  findIdentityProvider,
  listIdentityProviders,
} from '../../../protocol/identity-providers/registered-providers.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { badge, dataTable } from '../../ui/list.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { providerMark } from '../../ui/provider-mark.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { freshSignIn } from './fresh-sign-in.ts';
import { type ProviderTexts, providerTexts } from './providers/texts/index.ts';
import type { SecuritySection } from './security-section.ts';

const page = '/account/security';
const path = `${page}/providers`;

/** Accounts at identity providers. Connecting one begins at the provider, and ends with a form of the sign-in. */
export const identityProviders: SecuritySection = {
  name: 'providers',
  async section(context, request, _reply, { user }) {
    const providers = await listIdentityProviders(context);
    const identities = await listFederatedIdentities(context, user);
    const open = providers.filter(({ disabled }) => !disabled);
    if (identities.length === 0 && open.length === 0) return undefined;
    const t = textsFor(context, request, providerTexts);
    const connect = open.map(({ name, settings }) =>
      linkButton({
        id: `account-connect-${name}`,
        label: html`${providerMark(settings.kind)}${t('connectWith', { provider: settings.label })}`,
        href: `/login/with/${name}?connect=true`,
        kind: 'quiet',
      }),
    );
    return section({
      id: 'account-providers',
      heading: t('providers'),
      lead: t('providersLead'),
      body: html`${identities.length > 0 && identitiesTable(t, identities, providers)}${buttonRow(connect)}`,
    });
  },
  routes(app, context) {
    app.post(`${path}/disconnect`, (request, reply) => disconnect(context, request, reply));
  },
};

function identitiesTable(
  t: ProviderTexts,
  identities: readonly FederatedIdentity[],
  providers: readonly IdentityProvider[],
) {
  const named = new Map(providers.map((provider) => [provider.name, provider]));
  return dataTable({
    caption: t('providers'),
    rows: identities,
    columns: [
      {
        heading: t('provider'),
        cell: ({ provider }) =>
          html`${named.get(provider)?.settings.label ?? provider} ${named.get(provider)?.disabled && badge(t('switchedOff'))}`,
      },
      { heading: t('account'), cell: ({ label }) => label },
      { heading: t('connectedSince'), cell: ({ created_at }) => timeTag(created_at, t) },
      {
        heading: t('lastUsedAt'),
        cell: ({ last_used_at }) => (last_used_at === null ? t('never') : timeTag(last_used_at, t)),
      },
      {
        heading: t('actions'),
        kind: 'actions',
        cell: ({ provider, sub, label }) =>
          postForm({
            action: `${path}/disconnect`,
            inline: true,
            body: html`${hiddenField('provider', provider)}${hiddenField('sub', sub)}${submitButton({
              label: html`${t('disconnect')}<span class="unseen"> ${label}</span>`,
              kind: 'danger',
            })}`,
          }),
      },
    ],
  });
}

async function disconnect(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const { provider = '', sub = '' } = requireUnrepeated(formOf(request));
  const toSignIn = await freshSignIn(context, request, reply, page);
  if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
  const t = textsFor(context, request, providerTexts);
  try {
    const providerLabel = (await findIdentityProvider(context, provider))?.settings.label ?? provider;
    await disconnectFederatedIdentity(context, user, { provider, sub, providerLabel }, await actorOf(context, request));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return redirectWithNews(context, request, reply, page, { text: t('lastWayIn'), isRefusal: true });
  }
  return redirectWithNews(context, request, reply, page, { text: t('disconnected') });
}
