/** Three parts of base64url; the last may be empty, as that of an unsigned JWT is. */
const compactPattern = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/;

/**
 * Header and payload of a JWT that somebody else made, believed in nothing yet; undefined when it is too long or no JWT
 * in compact form. Of two members of one name the last counts, as everywhere in this house.
 */
export function decodeJwt(
  jwt: string,
  maximumLength: number,
): { readonly header: unknown; readonly payload: unknown } | undefined {
  if (jwt.length > maximumLength) return undefined;
  const [, header, payload] = compactPattern.exec(jwt) ?? [];
  if (header === undefined || payload === undefined) return undefined;
  try {
    return { header: readJson(header), payload: readJson(payload) };
  } catch {
    return undefined;
  }
}

/** Throws on what is not JSON in UTF-8, also when it is nested too deep to read. */
function readJson(part: string): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')));
}
