import type { ResponseMode } from './response-mode.ts';

/** Parameters in the fragment, which the browser does not send on (OAuth 2.0 Multiple Response Types §2.1). */
export const fragment: ResponseMode = {
  name: 'fragment',
  carriesTokens: true,
  isSigned: false,
  async answer(_context, { redirect_uri }, parameters) {
    return { location: `${redirect_uri}#${new URLSearchParams(parameters)}` };
  },
};
