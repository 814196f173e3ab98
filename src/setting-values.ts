import { isIP } from 'node:net';
import { isLoopbackHost } from './lib/network-address.ts';
import { isAllowanceEntry } from './lib/public-address.ts';

/** The origin, in the one form in which it is printed; undefined when the text says more or less than an origin. */
export function readOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#\\@\s]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || isLoopbackHost(url.hostname) ? url.origin : undefined;
}

/** Whether a text names a database. */
export function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('sqlite:')) return text.length > 'sqlite:'.length && !/[?#\0]/.test(text) && !text.endsWith('/');
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text);
}

/** Addresses and networks in a list; undefined when one of them is none. */
export function readNetworks(text: string): readonly string[] | undefined {
  const networks = text.split(/[\s,]+/).filter((part) => part !== '');
  return networks.every(isNetwork) ? networks : undefined;
}

/** What may be called although it is private; undefined when an entry is none. */
export function readAllowance(text: string): readonly string[] | undefined {
  const entries = text.split(/[\s,]+/).filter((part) => part !== '');
  return entries.every(isAllowanceEntry) ? entries : undefined;
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (most === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= most);
}
