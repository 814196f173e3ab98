/**
 * The ways in which a client proves who it is at the token, introspection and revocation endpoints. To add one: write
 * its file with the interface of `method.ts`, and add its name here. Those endpoints, discovery, client registration
 * and the console all read this registry.
 */
import { registryOf } from '../../lib/registry.ts';
import { clientSecretBasic } from './client-secret-basic.ts';
import { clientSecretJwt } from './client-secret-jwt.ts';
import { clientSecretPost } from './client-secret-post.ts';
import type { ClientAuthenticationMethod } from './method.ts';
import { none } from './none.ts';
import { privateKeyJwt } from './private-key-jwt.ts';

export const clientAuthenticationMethods: ReadonlyMap<string, ClientAuthenticationMethod> = registryOf(
  clientSecretBasic,
  clientSecretPost,
  clientSecretJwt,
  privateKeyJwt,
  none,
);
