/**
 * The ways to sign in that the sign-in page offers besides user name and password, in this order. To add one: write its
 * file with the interface of `sign-in-method.ts`, and add its name here.
 */
import { registryOf } from '../../../lib/registry.ts';
import { emailCode } from './email-code.ts';
import { identityProviders } from './identity-providers.ts';
import { passkey } from './passkey.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { signUp } from './sign-up.ts';

export const signInMethods: ReadonlyMap<string, SignInMethod> = registryOf<SignInMethod>(
  passkey,
  emailCode,
  identityProviders,
  signUp,
);
