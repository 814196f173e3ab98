import { isIP, isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Whether an address is one of the public Internet: not of this machine, a private or shared network, a link, a tunnel
 * or translation that leads into one (IPv4-mapped, NAT64, 6to4, Teredo), a multicast group or a reserved range.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Whatever the registry has not given out, such as the old ::127.0.0.1, is outside 2000::/3 (RFC 4291 §2.4).
  return isIPv4(address) || parsed.match(ipaddr.parseCIDR('2000::/3'));
}

/** What an operator lets be called although it is not public, or not https. */
export interface Allowance {
  /** Whether the host and port of a URL are listed. */
  coversHost(url: URL): boolean;
  coversAddress(address: string): boolean;
}

/** Whether a text is an entry of an allowance: `host:port`, an address, or a network such as 10.0.0.0/8. */
export function isAllowanceEntry(entry: string): boolean {
  return networkIn(entry) !== undefined || hostIn(entry) !== undefined;
}

/** The allowance of these entries; what is no entry allows nothing. */
export function createAllowance(entries: readonly string[]): Allowance {
  const networks = entries.map(networkIn).filter((network) => network !== undefined);
  const hosts = new Set(entries.map(hostIn));
  return {
    coversHost: ({ protocol, hostname, port }) => hosts.has(`${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`),
    coversAddress(address) {
      if (isIP(address) === 0) return false;
      const parsed = ipaddr.parse(address);
      return networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
    },
  };
}

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

function networkIn(entry: string): Network | undefined {
  const [address = '', bits, ...rest] = entry.split('/');
  if (!(isIPv4(address) || isIPv6(address)) || address.includes('%') || rest.length > 0) return undefined;
  const most = isIPv4(address) ? 32 : 128;
  if (bits === undefined) return [ipaddr.parse(address), most];
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? [ipaddr.parse(address), Number(bits)] : undefined;
}

/** Host and port as the URL parser writes them. */
function hostIn(entry: string): string | undefined {
  const [, port = ''] = /^(?:[^:/?#@\\\s]+|\[[\da-f:.]+\]):([1-9]\d{0,4})$/i.exec(entry) ?? [];
  if (port === '' || !URL.canParse(`https://${entry}`)) return undefined;
  return `${new URL(`https://${entry}`).hostname}:${port}`;
}
