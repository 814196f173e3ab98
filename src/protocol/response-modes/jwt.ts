import type { ResponseMode } from './response-mode.ts';
import { signResponse } from './sign-response.ts';

/** A signed response by the way that is the response type's own (JARM §2.3.4), which is never a query for tokens. */
export const jwt: ResponseMode = {
  name: 'jwt',
  carriesTokens: true,
  isSigned: true,
  async answer(context, recipient, parameters) {
    const signed = await signResponse(context, recipient.client, parameters);
    return recipient.defaultMode.answer(context, recipient, signed);
  },
};
