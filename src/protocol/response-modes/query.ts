import type { ResponseMode } from './response-mode.ts';

/** Parameters in the query; one that the redirect URI was registered with stays byte for byte (RFC 6749 §3.1.2). */
export const query: ResponseMode = {
  name: 'query',
  carriesTokens: false,
  answer(redirect_uri, parameters) {
    const separator = redirect_uri.includes('?') ? (/[?&]$/.test(redirect_uri) ? '' : '&') : '?';
    return { location: `${redirect_uri}${separator}${new URLSearchParams(parameters)}` };
  },
};
