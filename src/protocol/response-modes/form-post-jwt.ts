import { formPost } from './form-post.ts';
import type { ResponseMode } from './response-mode.ts';
import { signResponse } from './sign-response.ts';

/** A signed response in a form that the browser posts (JARM §2.3.3). */
export const formPostJwt: ResponseMode = {
  name: 'form_post.jwt',
  carriesTokens: true,
  isSigned: true,
  async answer(context, recipient, parameters) {
    return formPost.answer(context, recipient, await signResponse(context, recipient.client, parameters));
  },
};
