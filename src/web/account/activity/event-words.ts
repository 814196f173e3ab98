import type { Context } from '../../../context.ts';
import type { AuditEvent } from '../../../identity/audit.ts';
import { type HtmlValue, html } from '../../../lib/html.ts';
import { findClient } from '../../../protocol/clients.ts';
import { deviceName } from '../../ui/device-name/index.ts';
import type { DeviceNameTexts } from '../../ui/device-name/texts/index.ts';
import type { IconName } from '../../ui/icon.ts';
import { badge } from '../../ui/list.ts';
import { timeTag } from '../../ui/time.ts';
import { signInWays } from '../sign-in-ways/index.ts';
import type { SignInWayTexts } from '../sign-in-ways/texts/index.ts';
import type { ActivityTexts } from './texts/index.ts';

/** What the events of a page are told with. */
export interface EventWords {
  readonly t: ActivityTexts;
  readonly ways: SignInWayTexts;
  readonly devices: DeviceNameTexts;
  /** The names of clients by id. */
  readonly clients: ReadonlyMap<string, string>;
  /** Whose account it is. */
  readonly user_id: string;
}

/** The kinds of events that have a sentence of their own, by what the audit log calls them. */
const kinds = {
  'session.started': { key: 'signedIn', icon: 'key' },
  'session.ended': { key: 'signedOut', icon: 'signOut' },
  'user.sessions-ended': { key: 'signedOutSeveral', icon: 'signOut' },
  'user.password-changed': { key: 'passwordChanged', icon: 'lock' },
  'user.profile-changed': { key: 'profileChanged', icon: 'person' },
  'user.updated': { key: 'updated', icon: 'person' },
  'user.created': { key: 'created', icon: 'person' },
  'user.created-by-provider': { key: 'created', icon: 'person' },
  'user.signed-up': { key: 'created', icon: 'person' },
  'user.approved': { key: 'approved', icon: 'check' },
  'user.expired': { key: 'expired', icon: 'calendar' },
  'setup.completed': { key: 'created', icon: 'person' },
  'invitation.accepted': { key: 'created', icon: 'person' },
  'user.disabled': { key: 'disabled', icon: 'warning' },
  'user.enabled': { key: 'enabled', icon: 'check' },
  'user.second-factors-removed': { key: 'secondFactorsRemoved', icon: 'warning' },
  'user.data-downloaded': { key: 'dataDownloaded', icon: 'braces' },
  'recovery-link.created': { key: 'recoveryLink', icon: 'mail' },
  'password-reset.requested': { key: 'resetRequested', icon: 'mail' },
  'sign-in-code.sent': { key: 'codeSent', icon: 'mail' },
  'email-confirmation.requested': { key: 'emailRequested', icon: 'mail' },
  'email.verified': { key: 'emailVerified', icon: 'mail' },
  'email.changed': { key: 'emailChanged', icon: 'mail' },
  'email.restored': { key: 'emailRestored', icon: 'mail' },
  'email.lost': { key: 'emailLost', icon: 'warning' },
  'passkey.added': { key: 'passkeyAdded', icon: 'key' },
  'passkey.renamed': { key: 'passkeyRenamed', icon: 'key' },
  'passkey.removed': { key: 'passkeyRemoved', icon: 'key' },
  'passkey.counter-refused': { key: 'passkeyRefused', icon: 'warning' },
  'authenticator.added': { key: 'authenticatorAdded', icon: 'phone' },
  'authenticator.removed': { key: 'authenticatorRemoved', icon: 'phone' },
  'recovery-codes.made': { key: 'codesMade', icon: 'list' },
  'recovery-code.used': { key: 'codeUsed', icon: 'list' },
  'federated-identity.connected': { key: 'providerConnected', icon: 'globe' },
  'federated-identity.disconnected': { key: 'providerDisconnected', icon: 'globe' },
  'device.trusted': { key: 'deviceTrusted', icon: 'shield' },
  'device.distrusted': { key: 'deviceDistrusted', icon: 'shield' },
  'device.allowed': { key: 'deviceAllowed', icon: 'device' },
  'device.denied': { key: 'deviceDenied', icon: 'device' },
  'consent.granted': { key: 'allowed', icon: 'apps' },
  'consent.withdrawn': { key: 'withdrawn', icon: 'apps' },
} as const satisfies Readonly<Record<string, { readonly key: string; readonly icon: IconName }>>;

const isKind = (action: string): action is keyof typeof kinds => Object.hasOwn(kinds, action);

/** One event: what happened, when, and from where; of what an administrator did, not from where. */
export function eventRow(words: EventWords, event: AuditEvent) {
  const { t, devices, user_id } = words;
  const { action, at, actor, address, detail } = event;
  const isOwn = actor === user_id;
  const by = actor === 'system' ? (address ?? t('bySystem')) : t('byAdministrator');
  const device = isOwn && typeof detail.user_agent === 'string' ? deviceName(devices, detail.user_agent) : undefined;
  const from = isOwn ? [device, address] : [by];
  const parts: HtmlValue[] = [timeTag(at, t), ...from].filter((part) => part !== undefined);
  const isNew = action === 'session.started' && detail.new_device === true;
  return {
    icon: isKind(action) ? kinds[action].icon : ('info' as const),
    label: html`${sentence(words, event)}${isNew && html` ${badge(t('newDevice'), 'warning')}`}`,
    detail: html`${parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}`,
  };
}

/** The names of the clients that events are about, as far as they are still there. */
export async function clientNamesIn(
  context: Context,
  events: readonly AuditEvent[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(events.flatMap(({ action, target }) => (aboutClients.has(action) && target ? [target] : [])));
  const clients = await Promise.all([...ids].map((id) => findClient(context, id)));
  return new Map(clients.flatMap((client) => (client ? [[client.client_id, client.client_name]] : [])));
}

const aboutClients: ReadonlySet<string> = new Set([
  'consent.granted',
  'consent.withdrawn',
  'device.allowed',
  'device.denied',
]);

function sentence({ t, ways, clients }: EventWords, { action, target = '', detail }: AuditEvent): string {
  if (!isKind(action)) return t('other', { action: action.replace(/[._-]/g, ' ') });
  const { key } = kinds[action];
  const client = clients.get(target) ?? t('anApplication');
  switch (key) {
    case 'allowed':
    case 'withdrawn':
    case 'deviceAllowed':
    case 'deviceDenied':
      return t(key, { client });
    case 'signedIn': {
      const how = signInWays(ways, String(detail.amr ?? '').split(' '));
      return how === '' ? t('signedIn') : t('signedInWith', { how });
    }
    default:
      return t(key);
  }
}
