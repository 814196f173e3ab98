import { clientKeys } from '../client-keys.ts';
import { presentedAssertion, verifyAssertion } from './client-assertion.ts';
import type { ClientAuthenticationMethod } from './method.ts';

const signingAlgs = ['PS256', 'ES256', 'EdDSA', 'Ed25519', 'RS256'];

/** An assertion signed with a key of the client's own (OpenID Connect Core §9, RFC 7523). */
export const privateKeyJwt: ClientAuthenticationMethod = {
  name: 'private_key_jwt',
  usesSecret: false,
  readsSecret: false,
  usesKeys: true,
  signingAlgs,
  present({ routeOptions }, parameters) {
    const assertion = presentedAssertion(parameters);
    // What is signed with a MAC is of the other method; whatever else it says of itself, it is to be refused here.
    if (!assertion || assertion.alg.startsWith('HS')) return undefined;
    return { client_id: assertion.payload.sub, proof: parameters.client_assertion, path: routeOptions.url };
  },
  verify: (context, client, credentials) =>
    verifyAssertion(context, client, credentials, { signingAlgs, key: clientKeys(context, client) }),
};
