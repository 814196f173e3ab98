import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';
import { presentedAssertion, verifyAssertion } from './client-assertion.ts';
import type { ClientAuthenticationMethod, PresentedCredentials } from './method.ts';
import { rememberUse, unexpiredSecrets } from './verify-client-secret.ts';

const signingAlgs = ['HS256', 'HS384', 'HS512'];

/** An assertion with a MAC under the client's secret, which therefore is stored sealed (OpenID Connect Core §9). */
export const clientSecretJwt: ClientAuthenticationMethod = {
  name: 'client_secret_jwt',
  usesSecret: true,
  readsSecret: true,
  usesKeys: false,
  signingAlgs,
  present({ routeOptions }, parameters) {
    const assertion = presentedAssertion(parameters);
    if (!assertion?.alg.startsWith('HS')) return undefined;
    return { client_id: assertion.payload.sub, proof: parameters.client_assertion, path: routeOptions.url };
  },
  verify: verifyWithSecrets,
};

async function verifyWithSecrets(context: Context, client: Client, credentials: PresentedCredentials) {
  for (const secret of await unexpiredSecrets(context, client)) {
    if (secret.sealed_secret === null) continue;
    const key = Buffer.from(context.secretKey.unseal(secret.sealed_secret, `client_secrets/${secret.id}`));
    const keyOf = ({ alg = '' }) => {
      // A key is no shorter than the hash (RFC 7518 §3.2).
      if (key.length * 8 < Number(alg.slice(2))) throw new Error('the secret is too short');
      return key;
    };
    if (!(await verifyAssertion(context, client, credentials, { signingAlgs, key: keyOf }))) continue;
    await rememberUse(context, secret);
    return true;
  }
  return false;
}
