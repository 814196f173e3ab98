import { fragment } from './fragment.ts';
import type { ResponseMode } from './response-mode.ts';
import { signResponse } from './sign-response.ts';

/** A signed response in the fragment (JARM §2.3.2). */
export const fragmentJwt: ResponseMode = {
  name: 'fragment.jwt',
  carriesTokens: true,
  isSigned: true,
  async answer(context, recipient, parameters) {
    return fragment.answer(context, recipient, await signResponse(context, recipient.client, parameters));
  },
};
