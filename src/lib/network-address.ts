import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that a guess is counted for: an IPv4 address as it is, of an IPv6 address the first 64 bits, for whoever
 * has one address has all of its /64. IPv4 inside IPv6 counts as IPv4; anything else is one network named `unknown`.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/s, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const groups = groupsOf(bare);
  const [, , , , , marker, high = 0, low = 0] = groups;
  const isMapped = marker === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  // The URL parser writes every IPv6 address in one way: lower case, hexadecimal, the longest run of zeros as ::.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** Whether http to this host (as in `URL.hostname`) never leaves the machine (RFC 6761 §6.3, RFC 8252 §8.3). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Whether a text is a host name of letters, digits and hyphens (RFC 1123 §2.1), and not an address. */
export function isHostName(text: string): boolean {
  return (
    /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i.test(text) &&
    !/^[\d.]+$/.test(text)
  );
}
