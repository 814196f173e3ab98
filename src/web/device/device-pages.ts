import type { User } from '../../identity/users.ts';
import { html } from '../../lib/html.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import type { Resource } from '../../protocol/resources.ts';
import type { DeviceAuthorization } from '../../storage/device-authorizations.ts';
import { apiList } from '../ui/api-list.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { clientLinks, clientLogoPath, selfDescribedNotice } from '../ui/client-links.ts';
import { hiddenField, problemSummary, textField } from '../ui/form.ts';
import { definitionList, notice } from '../ui/list.ts';
import type { Page } from '../ui/page.ts';
import { permissionTexts } from '../ui/permissions/texts/index.ts';
import { clientHeader } from '../ui/portrait.ts';
import { scopeChoices, scopePermissions, withheldList } from '../ui/scope-permissions.ts';
import { disclosure } from '../ui/section.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { timeTag } from '../ui/time.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import type { DeviceTexts } from './texts/index.ts';

/** Where the code is typed in; a code that came with the address is filled in, and still has to be sent. */
export function codePage(
  t: DeviceTexts,
  {
    user_code,
    problem,
    status = 200,
  }: {
    readonly user_code?: string | undefined;
    readonly problem?: string;
    readonly status?: number;
  },
): Page {
  return {
    title: t('connectDevice'),
    lead: t('enterCode'),
    status,
    body: html`${problem && problemSummary([problem])}
${postForm({
  action: '/device',
  body: html`${textField({
    name: 'user_code',
    id: 'device-code',
    label: t('code'),
    ...(user_code === undefined ? {} : { value: user_code }),
    autocomplete: 'off',
    required: true,
    maxlength: 40,
    code: true,
    autofocus: user_code === undefined,
    ...(problem !== undefined && { describedBy: 'error-message' }),
  })}
${submitButton({ label: t('continue'), id: 'device-submit', wide: true })}`,
})}
${
  user_code !== undefined &&
  problem === undefined &&
  disclosure(
    t('onPhone'),
    html`<img class="qr-code" src="/device/qr.svg?user_code=${user_code}" width="200" height="200"
alt="${t('qrCode')}">`,
  )
}`,
  };
}

/** What the device is and what it asks for, before anything is allowed. */
export function confirmPage(
  t: DeviceTexts,
  {
    device,
    client,
    optional,
    resources,
    user,
    sealed,
    path,
  }: {
    readonly device: DeviceAuthorization;
    readonly client: Client;
    /** The scope values that the person may leave out. */
    readonly optional: readonly string[];
    /** The APIs that its tokens are to be for. */
    readonly resources: readonly Resource[];
    readonly user: User;
    readonly sealed: string;
    readonly path: string;
  },
): Page {
  const permissions = t.with(permissionTexts);
  const scope = device.scope.split(' ');
  const whole = scope.filter((value) => !optional.includes(value));
  return {
    title: t('connectTitle', { client: client.client_name }),
    lead: t('deviceWants', { client: client.client_name }),
    client_id: client.client_id,
    above: clientHeader({ name: client.client_name, logo: clientLogoPath(client) }),
    body: html`${client.described && selfDescribedNotice(t, client)}${visitorChip(user)}
${notice('warning', t('onlyIfYours'))}
${definitionList([
  { term: t('askedAt'), value: timeTag(device.created_at, t) },
  { term: t('fromNetwork'), value: device.address },
  { term: t('callsItself'), value: device.user_agent || t('nothing') },
])}
${postForm({
  action: path,
  body: html`${hiddenField('device', sealed)}
${
  whole.length > 0 &&
  html`<p>${permissions('willBeAble')}</p>
${scopePermissions(t, whole, user)}`
}
${apiList(t, resources)}
${
  optional.length > 0 &&
  html`<fieldset class="plain"><legend>${permissions('onlyIfTicked')}</legend>
${scopeChoices(t, optional, user, { allowed: undefined, ticked: [] })}</fieldset>`
}
${withheldList(t, scope)}
${buttonRow(
  submitButton({ label: t('allow'), id: 'consent-allow', name: 'decision', value: 'allow' }),
  submitButton({ label: t('cancel'), id: 'consent-deny', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}`,
    below: clientLinks(t, client),
  };
}

/** The end of the way: the rest happens on the device. */
export function donePage(t: DeviceTexts, isAllowed: boolean): Page {
  return {
    title: t(isAllowed ? 'connected' : 'notConnected'),
    lead: t(isAllowed ? 'connectedLead' : 'notConnectedLead'),
    body: buttonRow(linkButton({ label: t.with(uiTexts)('yourApplications'), href: '/', kind: 'quiet' })),
  };
}
