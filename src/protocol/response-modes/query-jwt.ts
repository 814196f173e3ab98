import { query } from './query.ts';
import type { ResponseMode } from './response-mode.ts';
import { signResponse } from './sign-response.ts';

/** A signed response in the query (JARM §2.3.1); signed, yet readable on the way, so that tokens may not travel in it. */
export const queryJwt: ResponseMode = {
  name: 'query.jwt',
  carriesTokens: false,
  isSigned: true,
  async answer(context, recipient, parameters) {
    return query.answer(context, recipient, await signResponse(context, recipient.client, parameters));
  },
};
