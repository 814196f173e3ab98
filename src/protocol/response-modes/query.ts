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
  const questionMark = uri.indexOf('?');
  if (questionMark < 0) return `${uri}?${more}`;
  // Only the first question mark begins the query; a second one is part of a name.
  const isOpen = questionMark === uri.length - 1 || uri.endsWith('&');
  return isOpen ? `${uri}${more}` : `${uri}&${more}`;
}
