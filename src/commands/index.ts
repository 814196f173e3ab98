import { registryOf } from '../lib/registry.ts';
import { clientAdd } from './client-add.ts';
import { clientAddSecret } from './client-add-secret.ts';
import { clientList } from './client-list.ts';
import { clientRemove } from './client-remove.ts';
import { clientRemoveSecret } from './client-remove-secret.ts';
import { clientShow } from './client-show.ts';
import { clientUpdate } from './client-update.ts';
import type { Command } from './command.ts';
import { identityProviderAdd } from './identity-provider-add.ts';
import { identityProviderList } from './identity-provider-list.ts';
import { identityProviderRemove } from './identity-provider-remove.ts';
import { identityProviderUpdate } from './identity-provider-update.ts';
import { invitationAdd } from './invitation-add.ts';
import { invitationList } from './invitation-list.ts';
import { invitationRemove } from './invitation-remove.ts';
import { keysList } from './keys-list.ts';
import { keysRotate } from './keys-rotate.ts';
import { registrationTokenAdd } from './registration-token-add.ts';
import { registrationTokenList } from './registration-token-list.ts';
import { registrationTokenRemove } from './registration-token-remove.ts';
import { resourceAdd } from './resource-add.ts';
import { resourceList } from './resource-list.ts';
import { resourceRemove } from './resource-remove.ts';
import { resourceUpdate } from './resource-update.ts';
import { serve } from './serve.ts';
import { setupLink } from './setup-link.ts';
import { userAdd } from './user-add.ts';
import { userDisable } from './user-disable.ts';
import { userEnable } from './user-enable.ts';
import { userList } from './user-list.ts';
import { userRecoveryLink } from './user-recovery-link.ts';
import { userRemove } from './user-remove.ts';
import { userRemoveSecondFactors } from './user-remove-second-factors.ts';
import { userSetPassword } from './user-set-password.ts';
import { userShow } from './user-show.ts';

/**
 * What the operator can ask for on the command line. To add a command: write its file with `defineCommand`, and add it
 * here. The parser, the help and the reference in docs read this registry.
 */
export const commands = registryOf<Command>(
  serve,
  setupLink,
  userAdd,
  userList,
  userShow,
  userDisable,
  userEnable,
  userRemove,
  userSetPassword,
  userRecoveryLink,
  userRemoveSecondFactors,
  invitationAdd,
  invitationList,
  invitationRemove,
  clientAdd,
  clientList,
  clientShow,
  clientUpdate,
  clientRemove,
  clientAddSecret,
  clientRemoveSecret,
  registrationTokenAdd,
  registrationTokenList,
  registrationTokenRemove,
  identityProviderAdd,
  identityProviderList,
  identityProviderUpdate,
  identityProviderRemove,
  resourceAdd,
  resourceList,
  resourceUpdate,
  resourceRemove,
  keysList,
  keysRotate,
);

/** What the first words of commands of two words are about. */
export const commandGroups: ReadonlyMap<string, string> = new Map([
  ['user', 'People'],
  ['invitation', 'Links with which people make their own account'],
  ['client', 'Applications'],
  ['registration-token', 'Tokens for applications that register themselves'],
  ['identity-provider', 'Providers through which people sign in'],
  ['resource', 'APIs'],
  ['keys', 'Signing keys'],
]);
