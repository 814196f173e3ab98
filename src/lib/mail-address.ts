import { isIP } from 'node:net';
import { z } from 'zod';
import { isHostName } from './network-address.ts';

/** The parts of a mail server's address; undefined when it says more, such as options, or less. */
export function readSmtpUrl(text: string) {
  if (!/^smtps?:\/\/[^/?#\\\s]+\/?$/.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  const credentials = [username, password].map(percentDecoded);
  if (isIP(host) === 0 && !isHostName(host)) return undefined;
  if (credentials.includes(undefined) || (username === '') !== (password === '')) return undefined;
  const [user, pass] = credentials;
  return {
    host,
    port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
    isSecure: protocol === 'smtps:',
    ...(username !== '' && { user, password: pass }),
  };
}

function percentDecoded(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return /\p{Cc}/u.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** As whom mail is sent: `id@example.com`, or `Example Ltd <id@example.com>`. */
export function readSender(text: string): { readonly name: string | undefined; readonly address: string } | undefined {
  const [, name, bracketed] = /^([^<>"\p{Cc}]{1,100}?)\s*<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const address = bracketed ?? text.trim();
  return address.length <= 254 && z.regexes.html5Email.test(address)
    ? { name: name?.trim() || undefined, address }
    : undefined;
}
