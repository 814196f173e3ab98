import type { ClientAuthenticationMethod } from './method.ts';

/** A public client: it names itself and proves nothing (RFC 6749 §2.1). */
export const none: ClientAuthenticationMethod = {
  name: 'none',
  usesSecret: false,
  readsSecret: false,
  usesKeys: false,
  signingAlgs: [],
  present({ headers: { authorization } }, { client_id, client_secret, client_assertion }) {
    const provesSomething =
      client_secret !== undefined || client_assertion !== undefined || /^basic(?: |$)/i.test(authorization ?? '');
    return client_id === undefined || provesSomething ? undefined : { client_id };
  },
  async verify() {
    return true;
  },
};
