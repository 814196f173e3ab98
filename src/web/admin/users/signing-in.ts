import { isPasskeyOfThisHost, type Passkey } from '../../../identity/passkeys/index.ts';
import { describeSigningIn, type SigningIn, waysInLine } from '../../../identity/signing-in.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { listIdentityProviders } from '../../../protocol/identity-providers/registered-providers.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import { hiddenField } from '../../ui/form.ts';
import { badge, dataTable, definitionList, notice } from '../../ui/list.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { accessPath } from './user-page.ts';

/** With what a person signs in, and what could keep them out. */
export async function signingInSection(context: ConsoleContext, user: User): Promise<Html> {
  const signingIn = await describeSigningIn(context, user);
  const { passkeys, federatedIdentities } = signingIn;
  return section({
    id: 'user-signing-in',
    heading: 'Ways to sign in',
    lead: 'What the person has set up. An account should stand the loss of any one thing.',
    body: html`${warning(signingIn)}${facts(signingIn)}${passkeys.length > 0 && passkeysTable(context, passkeys)}${
      federatedIdentities.length > 0 && (await identitiesTable(context, user, signingIn))
    }`,
  });
}

function warning({ ways, weakness }: SigningIn): Html | undefined {
  if (ways.length === 0)
    return notice('warning', 'The person has no way to sign in yet: a recovery link lets them choose a password.');
  if (weakness === 'one-way')
    return notice('warning', 'There is only one way into this account. The person is told so, too.');
  if (weakness === 'second-step')
    return notice('warning', 'The second step hangs on one thing. The person is told so, too.');
  return undefined;
}

function facts({ ways, authenticator, recoveryCodesLeft }: SigningIn): Html {
  return definitionList([
    { term: 'Ways in', value: waysInLine(ways) || 'None' },
    ...(authenticator
      ? [
          {
            term: 'Authenticator app',
            value: html`Since ${timeTag(authenticator.created_at)}, ${lastUsed(authenticator.last_used_at)}`,
          },
        ]
      : []),
    ...(recoveryCodesLeft > 0 ? [{ term: 'Recovery codes left', value: String(recoveryCodesLeft) }] : []),
  ]);
}

function passkeysTable(context: ConsoleContext, rows: readonly Passkey[]): Html {
  return dataTable<Passkey>({
    caption: 'Passkeys',
    rows,
    columns: [
      {
        heading: 'Passkey',
        cell: (passkey) =>
          html`${passkey.name} ${!isPasskeyOfThisHost(context, passkey) && badge(`works only at ${passkey.rp_id}`, 'warning')}`,
      },
      { heading: 'Added', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'Last used', cell: ({ last_used_at }) => lastUsed(last_used_at) },
    ],
  });
}

async function identitiesTable(context: ConsoleContext, user: User, { federatedIdentities }: SigningIn): Promise<Html> {
  const providers = new Map((await listIdentityProviders(context)).map((provider) => [provider.name, provider]));
  return dataTable({
    caption: 'Accounts at other providers',
    rows: federatedIdentities,
    columns: [
      {
        heading: 'Provider',
        cell: ({ provider }) =>
          html`<a href="/admin/identity-providers/${provider}">${providers.get(provider)?.settings.label ?? provider}</a>
${providers.get(provider)?.disabled && badge('disabled', 'warning')}`,
      },
      { heading: 'Account there', cell: ({ label }) => label },
      { heading: 'Since', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'Last used', cell: ({ last_used_at }) => lastUsed(last_used_at) },
      {
        heading: 'Actions',
        kind: 'actions',
        cell: ({ provider, sub, label }) =>
          postForm({
            action: `${accessPath(user.id)}/providers/disconnect`,
            inline: true,
            body: html`${hiddenField('provider', provider)}${hiddenField('sub', sub)}${submitButton({
              label: html`Disconnect<span class="unseen"> ${label}</span>`,
              kind: 'danger',
            })}`,
          }),
      },
    ],
  });
}

function lastUsed(last_used_at: number | null): Html {
  return last_used_at === null ? html`not used yet` : html`${timeTag(last_used_at)}`;
}
