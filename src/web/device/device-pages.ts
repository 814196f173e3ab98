import type { User } from '../../identity/users.ts';
import { html } from '../../lib/html.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import type { Resource } from '../../protocol/resources.ts';
import type { DeviceAuthorization } from '../../storage/device-authorizations.ts';
import { apiList } from '../ui/api-list.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { clientLogoPath, selfDescribedNotice } from '../ui/client-links.ts';
import { hiddenField, problemSummary, textField } from '../ui/form.ts';
import { definitionList, notice } from '../ui/list.ts';
import type { Page } from '../ui/page.ts';
import { clientHeader } from '../ui/portrait.ts';
import { scopePermissions } from '../ui/scope-permissions.ts';
import { disclosure } from '../ui/section.ts';
import { timeTag } from '../ui/time.ts';
import { visitorChip } from '../ui/visitor-menu.ts';

/** Where the code is typed in; a code that came with the address is filled in, and still has to be sent. */
export function codePage({
  user_code,
  problem,
  status = 200,
}: {
  readonly user_code?: string | undefined;
  readonly problem?: string;
  readonly status?: number;
}): Page {
  return {
    title: 'Connect a device',
    lead: 'Enter the code that your device shows.',
    status,
    body: html`${problem && problemSummary([problem])}
${postForm({
  action: '/device',
  body: html`${textField({
    name: 'user_code',
    id: 'device-code',
    label: 'Code',
    ...(user_code === undefined ? {} : { value: user_code }),
    autocomplete: 'off',
    required: true,
    maxlength: 40,
    code: true,
    autofocus: user_code === undefined,
  })}
${submitButton({ label: 'Continue', id: 'device-submit', wide: true })}`,
})}
${
  user_code !== undefined &&
  problem === undefined &&
  disclosure(
    'Continue on your phone instead',
    html`<img class="qr-code" src="/device/qr.svg?user_code=${user_code}" width="200" height="200"
alt="QR code of this page's address">`,
  )
}`,
  };
}

/** What the device is and what it asks for, before anything is allowed. */
export function confirmPage({
  device,
  client,
  resources,
  user,
  sealed,
  path,
}: {
  readonly device: DeviceAuthorization;
  readonly client: Client;
  /** The APIs that its tokens are to be for. */
  readonly resources: readonly Resource[];
  readonly user: User;
  readonly sealed: string;
  readonly path: string;
}): Page {
  return {
    title: `Connect ${client.client_name}?`,
    lead: `A device with ${client.client_name} would like to use your account.`,
    above: clientHeader({ name: client.client_name, logo: clientLogoPath(client) }),
    body: html`${client.described && selfDescribedNotice(client)}${visitorChip(user)}
${notice('warning', 'Allow this only if you started it yourself, on a device in front of you. Nobody who calls or writes to you needs such a code.')}
${definitionList([
  { term: 'Asked at', value: timeTag(device.created_at) },
  { term: 'From the network', value: device.address },
  { term: 'The device calls itself', value: device.user_agent || 'nothing' },
])}
<p>It will be able to:</p>
${scopePermissions(device.scope.split(' '), user)}
${apiList(resources)}
${postForm({
  action: path,
  body: html`${hiddenField('device', sealed)}
${buttonRow(
  submitButton({ label: 'Allow', id: 'consent-allow', name: 'decision', value: 'allow' }),
  submitButton({ label: 'Cancel', id: 'consent-deny', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}`,
  };
}

/** The end of the way: the rest happens on the device. */
export function donePage(isAllowed: boolean): Page {
  return {
    title: isAllowed ? 'Your device is connected' : 'Nothing was connected',
    lead: isAllowed
      ? 'Go back to it; it goes on by itself in a few seconds.'
      : 'The device was told that you did not allow it.',
    body: buttonRow(linkButton({ label: 'Your applications', href: '/', kind: 'quiet' })),
  };
}
