/**
 * The kinds of identity providers through which people may sign in here: what the console and the command line offer,
 * and how one speaks to each. To add a kind that speaks OpenID Connect: write its file with `openidConnectKind`, and add
 * its name here; any other kind implements the interface of `kind.ts`. Every call goes through `fetchPublic`.
 */
import { registryOf } from '../../lib/registry.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import type { IdentityProviderKind } from './kind.ts';
import { microsoft } from './microsoft.ts';
import { openidConnect } from './openid-connect.ts';

export {
  type IdentityProvider,
  type IdentityProviderKind,
  type UpstreamChecks,
  type UpstreamClaims,
  UpstreamError,
  type UpstreamIdentity,
} from './kind.ts';

export const identityProviderKinds: ReadonlyMap<string, IdentityProviderKind> = registryOf<IdentityProviderKind>(
  openidConnect,
  google,
  microsoft,
  github,
);
