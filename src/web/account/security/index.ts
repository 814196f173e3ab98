/**
 * The parts of the page "Ways to sign in", in the order in which it shows them. To add one: write its file with the
 * interface of `security-section.ts`, and add its name here. A part tells of one way to sign in, or of one kind of second
 * step, and has the pages on which that is set up and removed.
 */
import { registryOf } from '../../../lib/registry.ts';
import { authenticatorApp } from './authenticator-app.ts';
import { identityProviders } from './identity-providers.ts';
import { passkeys } from './passkeys.ts';
import { password } from './password.ts';
import { recoveryCodes } from './recovery-codes.ts';
import type { SecuritySection } from './security-section.ts';
import { trustedDevices } from './trusted-devices.ts';

export const securitySections: ReadonlyMap<string, SecuritySection> = registryOf<SecuritySection>(
  password,
  passkeys,
  identityProviders,
  authenticatorApp,
  recoveryCodes,
  trustedDevices,
);
