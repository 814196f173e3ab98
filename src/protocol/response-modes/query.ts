import type { ResponseMode } from './response-mode.ts';

/** Parameters in the query (RFC 6749 §4.1.2). */
export const query: ResponseMode = {
  name: 'query',
  carriesTokens: false,
  isSigned: false,
  async answer(_context, { redirect_uri }, parameters) {
    return { location: withQuery(redirect_uri, parameters) };
  },
};

/** A URI with more parameters; a query that it was registered with stays byte for byte (RFC 6749 §3.1.2). */
export function withQuery(uri: string, parameters: Readonly<Record<string, string>>): string {
  const more = new URLSearchParams(parameters).toString();
  if (more === '') return uri;
  if (!uri.includes('?')) return `${uri}?${more}`;
  return /[?&]$/.test(uri) ? `${uri}${more}` : `${uri}&${more}`;
}
