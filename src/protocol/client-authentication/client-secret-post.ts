import type { ClientAuthenticationMethod } from './method.ts';
import { verifyClientSecret } from './verify-client-secret.ts';

/** The secret in the form body (RFC 6749 §2.3.1). */
export const clientSecretPost: ClientAuthenticationMethod = {
  name: 'client_secret_post',
  usesSecret: true,
  readsSecret: false,
  usesKeys: false,
  signingAlgs: [],
  present(_request, { client_id, client_secret }) {
    return client_secret === undefined ? undefined : { client_id: client_id ?? '', proof: client_secret };
  },
  verify: verifyClientSecret,
};
