/**
 * What an authorization request may ask for. A new client is registered for `code` alone; the others are for clients
 * whose registration names them. To add a response type: write its file with the interface of `response-type.ts`, and
 * add its name here. The authorization endpoint, discovery, client registration and the console read this registry.
 */
import { registryOf } from '../../lib/registry.ts';
import { code } from './code.ts';
import { codeIdToken } from './code-id-token.ts';
import { codeIdTokenToken } from './code-id-token-token.ts';
import { codeToken } from './code-token.ts';
import { idToken } from './id-token.ts';
import { idTokenToken } from './id-token-token.ts';
import { none } from './none.ts';
import type { ResponseType } from './response-type.ts';

export const responseTypes: ReadonlyMap<string, ResponseType> = registryOf(
  code,
  codeIdToken,
  codeToken,
  codeIdTokenToken,
  idToken,
  idTokenToken,
  none,
);

/** A response_type parameter in the order of our names: its values are a set (RFC 6749 §3.1.1). */
export function normalizeResponseType(response_type: string): string {
  return response_type.split(' ').sort().join(' ');
}
