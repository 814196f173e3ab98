import { isLoopbackHost } from '../lib/network-address.ts';
import type { Client } from './client-metadata.ts';

/**
 * The one place that decides where a browser may be sent: comparison is of whole strings, byte for byte
 * (RFC 9700 §4.1.3). Two exceptions, both on loopback only: the port of a loopback IP literal of a native client
 * (RFC 8252 §7.3), and a port range that the registration itself spells out.
 */
export function isRegisteredRedirectUri(client: Client, redirect_uri: string): boolean {
  return client.redirect_uris.some(
    (registered) =>
      (registered === redirect_uri && !isPortRange(registered)) ||
      (client.application_type === 'native' && matchesAnyLoopbackPort(registered, redirect_uri)) ||
      matchesPortRange(registered, redirect_uri),
  );
}

const loopbackLiteral = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?((?:[/?].*)?)$/;
const portRange = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\[(\d{1,5})-(\d{1,5})\]((?:[/?].*)?)$/;
const loopbackWithPort = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):(\d{1,5})((?:[/?].*)?)$/;
/** The characters of a URI (RFC 3986 §2), all of them printable ASCII: what browsers would repair is not registered. */
const isOfUriCharacters = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const responseParameters = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'id_token',
  'access_token',
  'response',
  'session_state',
];

function matchesAnyLoopbackPort(registered: string, redirect_uri: string): boolean {
  const ours = loopbackLiteral.exec(registered);
  const theirs = loopbackLiteral.exec(redirect_uri);
  if (!ours || !theirs || !isPort(ours[2] ?? '80') || !isPort(theirs[2] ?? '80')) return false;
  return ours[1] === theirs[1] && ours[3] === theirs[3];
}

function matchesPortRange(registered: string, redirect_uri: string): boolean {
  const range = portRange.exec(registered);
  const theirs = loopbackWithPort.exec(redirect_uri);
  if (!range || !theirs) return false;
  const port = Number(theirs[2]);
  return (
    range[1] === theirs[1] &&
    range[4] === theirs[3] &&
    String(port) === theirs[2] &&
    port >= Number(range[2]) &&
    port <= Number(range[3])
  );
}

function isPort(text: string): boolean {
  return String(Number(text)) === text && Number(text) >= 1 && Number(text) <= 65_535;
}

/** What is wrong with a URI for registration as redirect or sign-out URI, as a sentence, or undefined. */
export function redirectUriProblem(uri: string, application_type: Client['application_type']): string | undefined {
  if (uri.length > 2000) return 'a URI has at most 2000 characters';
  if (!isOfUriCharacters.test(uri))
    return `${printable(uri)} contains a character that must be percent-encoded, or for a host name written in Punycode`;
  if (uri.includes('*')) return `${uri} contains a wildcard: register each URI in full`;
  if (uri.includes('#')) return `${uri} has a fragment, which no redirect URI may have`;
  const range = portRange.exec(uri);
  if (range)
    return (
      portRangeProblem(uri, Number(range[2]), Number(range[3])) ??
      redirectUriProblem(`${range[1]}:${range[2]}${range[4]}`, application_type)
    );
  if (!URL.canParse(uri) || /^https?:(?!\/\/[^/])/i.test(uri))
    return `${uri} is not an absolute URI such as https://app.example/callback`;
  const url = new URL(uri);
  if (url.port === '0') return `${uri} has the port 0, at which nobody can listen`;
  if (url.username || url.password) return `${uri} contains a user name or password`;
  const repeated = responseParameters.find((name) => url.searchParams.has(name));
  if (repeated) return `${uri} has the parameter ${repeated}, which belongs to the answer`;
  if (/(^|[/\\])(\.|%2e){1,2}([/\\?]|$)/i.test(uri.replace(/^[a-z][a-z0-9+.-]*:\/*[^/]*/i, '')))
    return `${uri} contains a dot segment`;
  return schemeProblem(uri, url, application_type);
}

/** Text for a message, without what could hide or turn round a part of it. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, '?');
}

/** Whether a URI stands for one URI of each port in a range, which only a redirect URI may. */
export function isPortRange(uri: string): boolean {
  return portRange.test(uri);
}

function portRangeProblem(uri: string, first: number, last: number): string | undefined {
  if (first < 1 || last > 65_535 || first > last) return `${uri} has no valid port range such as [3636-3666]`;
  if (last - first >= 1000) return `${uri} has a range of more than 1000 ports`;
  return undefined;
}

function schemeProblem(uri: string, url: URL, application_type: Client['application_type']): string | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:') {
    if (isLoopbackHost(url.hostname)) return undefined;
    return `${uri} must begin with https; http is only for localhost and loopback addresses`;
  }
  if (application_type !== 'native') return `${uri} must begin with https: other schemes are for native applications`;
  if (!/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/.test(uri))
    return `${uri} must have a scheme with a dot, in lower case, such as com.example.app:/callback (RFC 8252)`;
  return undefined;
}

/** The web origin of a redirect URI for CORS, or undefined for custom schemes and port ranges. */
export function webOrigin(uri: string): string | undefined {
  if (!/^https?:\/\//.test(uri) || !URL.canParse(uri)) return undefined;
  return new URL(uri).origin;
}
