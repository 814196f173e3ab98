import type { FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import {
  acceptedCredentials,
  isPasskeyOfThisHost,
  listPasskeys,
  type Passkey,
  passkeyHost,
} from '../../../identity/passkeys/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { linkButton } from '../../ui/button.ts';
import { queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { dataTable } from '../../ui/list.ts';
import { badge, notice } from '../../ui/notice.ts';
import { type PasskeyTexts, passkeyScript, passkeyTexts } from '../../ui/passkey/index.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import { newPasskeyRoutes } from './new-passkey.ts';
import { onePasskeyRoutes } from './one-passkey.ts';
import { withContinuation } from './return-address.ts';
import type { SecuritySection } from './security-section.ts';

const path = '/account/security/passkeys';

/** The passkeys of the person: also those of an address that this site had before, for which the section has the words. */
export const passkeys: SecuritySection = {
  name: 'passkeys',
  scripts: [passkeyScript],
  async section(context, request, _reply, { user }) {
    const t = textsFor(context, request, passkeyTexts);
    const all = await listPasskeys(context, user);
    const accepted = await acceptedCredentials(context, user);
    return section({
      id: 'account-passkeys',
      heading: t('passkeys'),
      lead: t('passkeysLead'),
      body: html`${all.length > 0 && html`${otherHostNotice(t, context, all)}${list(t, context, all)}`}${addButton(t, context, request)}${accepted && html`<div hidden data-passkeys="${JSON.stringify(accepted)}"></div>`}`,
    });
  },
  routes(app, context) {
    newPasskeyRoutes(app, context, path);
    onePasskeyRoutes(app, context, path);
  },
};

function otherHostNotice(t: PasskeyTexts, context: Context, all: readonly Passkey[]): Html | undefined {
  const host = passkeyHost(context);
  if (host === undefined || all.every((passkey) => isPasskeyOfThisHost(context, passkey))) return undefined;
  return notice('warning', t('otherHost', { host }));
}

function list(t: PasskeyTexts, context: Context, rows: readonly Passkey[]): Html {
  return dataTable<Passkey>({
    caption: t('passkeys'),
    rows,
    columns: [
      {
        heading: t('name'),
        cell: (passkey) =>
          html`${passkey.name}${
            !isPasskeyOfThisHost(context, passkey) && html` ${badge(t('madeFor', { host: passkey.rp_id }), 'warning')}`
          }`,
      },
      {
        heading: t('keptIn'),
        cell: ({ backed_up_at }) => (backed_up_at === null ? t('oneDevice') : t('synced')),
      },
      { heading: t('addedAt'), cell: ({ created_at }) => timeTag(created_at, t) },
      {
        heading: t('lastUsed'),
        cell: ({ last_used_at }) => (last_used_at === null ? t('notUsedYet') : timeTag(last_used_at, t)),
      },
      {
        heading: t('actions'),
        kind: 'actions',
        cell: ({ id, name }) =>
          html`<a class="button quiet" href="${`${path}/${id}`}" aria-label="${`${t('change')}: ${name}`}">${t('change')}</a>`,
      },
    ],
  });
}

function addButton(t: PasskeyTexts, context: Context, request: FastifyRequest): Html {
  if (passkeyHost(context) === undefined)
    return html`<p class="hint">${t('ipAddress', { host: new URL(context.config.publicUrl).hostname })}</p>`;
  const { continuation } = requireUnrepeated(queryOf(request));
  const href = withContinuation(`${path}/new`, continuation);
  return linkButton({ id: 'account-passkey-add', label: t('add'), href, kind: 'quiet' });
}
