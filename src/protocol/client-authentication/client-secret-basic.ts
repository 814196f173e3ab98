import { invalidClient } from '../../lib/errors.ts';
import type { ClientAuthenticationMethod } from './method.ts';
import { verifyClientSecret } from './verify-client-secret.ts';

/** HTTP Basic with both halves form-urlencoded before base64 (RFC 6749 §2.3.1). */
export const clientSecretBasic: ClientAuthenticationMethod = {
  name: 'client_secret_basic',
  usesSecret: true,
  readsSecret: false,
  usesKeys: false,
  signingAlgs: [],
  present({ headers: { authorization } }) {
    if (authorization === undefined || !/^basic(?: |$)/i.test(authorization)) return undefined;
    const [client_id, proof] = decodeBasic(authorization.slice('basic '.length).trim());
    return { client_id, proof };
  },
  verify: verifyClientSecret,
};

function decodeBasic(credentials: string): [string, string] {
  if (credentials.length > 2000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(credentials))
    throw invalidClient('the Basic credentials are not base64');
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw invalidClient('the Basic credentials must be client_id:client_secret, each form-urlencoded');
  return [decodeHalf(text.slice(0, colon)), decodeHalf(text.slice(colon + 1))];
}

function decodeHalf(half: string): string {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch {
    throw invalidClient('the halves of the Basic credentials must be form-urlencoded (RFC 6749 §2.3.1)');
  }
}
