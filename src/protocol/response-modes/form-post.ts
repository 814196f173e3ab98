import type { ResponseMode } from './response-mode.ts';

/** Parameters in a form that the browser posts (OAuth 2.0 Form Post Response Mode). */
export const formPost: ResponseMode = {
  name: 'form_post',
  carriesTokens: true,
  isSigned: false,
  async answer(_context, { redirect_uri }, parameters) {
    return { form: { action: redirect_uri, fields: parameters } };
  },
};
