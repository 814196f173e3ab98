import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  signInWithPasskey: 'Sign in with a passkey',
  usePasskey: 'Use your passkey',
  secondLead: 'Use a passkey of this account: on this device, on your phone, or on a security key.',
  unused:
    'No passkey was used. Try again, or sign in another way. Passkeys that were made for another address than {host} do not show up here.',
  notMade: 'No passkey was made. Try again whenever you like.',
  present: 'There is a passkey for this account already in the place that you chose.',
  elsewhere: 'Passkeys work only at {host}. Open this page there.',
  unsupported: 'This browser cannot use passkeys. Try another way, or another browser.',
  unreachable: 'The server could not be reached. Reload this page and try again.',
  failed: 'That did not work. Try again, or choose another way.',
  needsScripts: 'Passkeys need JavaScript, which does not run in this browser. Choose another way.',
  tooOld: 'That took too long, or was finished in another tab. Try again.',
  notVerified:
    'Your device did not make sure that it is you. Set up a PIN, a fingerprint or your face on it, or sign in another way.',
  refused:
    'This passkey was not accepted. It may have been removed from your account, or made for another address than {host}. Sign in another way.',
  passkeys: 'Passkeys',
  passkeysLead:
    'A passkey signs you in with the lock of your device: a fingerprint, your face, or a PIN. Nobody can guess it, and no false site can get it from you.',
  none: 'You have no passkey yet.',
  add: 'Add a passkey',
  addLead:
    'Your browser asks where to keep it: on this device, in a password manager, on your phone, or on a security key.',
  addSecond: 'Afterwards your password alone is not enough any more: signing in with it takes a passkey as well.',
  create: 'Create the passkey',
  name: 'Name',
  addedAt: 'Added',
  lastUsed: 'Last used',
  notUsedYet: 'Not yet',
  keptIn: 'Kept',
  oneDevice: 'On one device',
  synced: 'Synced between devices',
  madeFor: 'Made for {host}',
  otherHost:
    'This site is now at {host}. Passkeys that were made for an address that it had before work only there: add a new one, and remove the old one.',
  ipAddress:
    'Passkeys need an address with a name. At an IP address such as {host} no browser makes any; your administrator can change that.',
  actions: 'Actions',
  change: 'Change',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Remove this passkey',
  removeHint: 'It will not be accepted here any more. Delete it in your device or password manager, too.',
  giveName: 'Give the passkey a name.',
  lastWay: 'This passkey is your last way to sign in. Add another one, or set a password, before you remove it.',
  added: 'The passkey “{name}” was added.',
  renamed: 'The passkey is now called “{name}”.',
  removed: 'The passkey “{name}” was removed.',
  securityKey: 'Security key',
  passkey: 'Passkey',
  offerHeading: 'Sign in faster next time',
  offer: 'With a passkey you need no password: your device signs you in with a fingerprint, your face, or a PIN.',
  notNow: 'Not now',
};
