/**
 * An address in the form in which two spellings of one are equal (RFC 3986 §6.2.2 and §6.2.3), without query and
 * fragment (RFC 9449 §4.3 item 9); undefined for what is no absolute http or https URI.
 */
export function normalizeTarget(text: string): string | undefined {
  // What browsers would repair, such as a backslash, is not a URI.
  if (text.length > 2000 || !/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(text) || !uriCharacters.test(text))
    return undefined;
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/%[0-9a-f]{2}/gi, normalizeOctet);
}

const uriCharacters = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/** Unreserved characters stand for themselves, and other octets have capital digits. */
function normalizeOctet(octet: string): string {
  const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
  return /[A-Za-z0-9\-._~]/.test(character) ? character : octet.toUpperCase();
}
