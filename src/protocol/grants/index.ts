/**
 * The grant types of the token endpoint. To add one: write its file with `defineGrant`, and add its name here. The
 * token endpoint, discovery, client registration and the console all read this registry.
 */
import { registryOf } from '../../lib/registry.ts';
import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { deviceCode } from './device-code.ts';
import type { Grant } from './grant.ts';
import { refreshToken } from './refresh-token.ts';

export const grants: ReadonlyMap<string, Grant> = registryOf(
  authorizationCode,
  refreshToken,
  clientCredentials,
  deviceCode,
);
