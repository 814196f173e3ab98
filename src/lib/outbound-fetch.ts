import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type Allowance, createAllowance, isPublicAddress } from './public-address.ts';

/** What to ask of an address that somebody else chose. */
export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  /** The media types to ask for. */
  readonly accept?: string;
  /** The parameters of a form to send. */
  readonly form?: Readonly<Record<string, string>>;
  /** The Authorization header, for a place that gave us something to show there. */
  readonly authorization?: string;
  /** The longest body to take; 64 kB unless given. */
  readonly maximumBytes?: number;
  /** How the body becomes text: as UTF-8, which it must be, or byte by byte. */
  readonly encoding?: 'utf-8' | 'latin1';
}

/** What came back; any status but a redirect. */
export interface OutboundResponse {
  readonly status: number;
  /** The media type in lower case, without parameters; '' when there is none. */
  readonly contentType: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Fetches an address that a stranger may have chosen. Only https and only the public Internet, unless the operator
 * allows a host: the name is resolved once, what it resolves to is checked, and the connection goes to just that. No
 * redirect is followed, no compressed body taken, and it all ends within 5 seconds. Throws OutboundError.
 */
export type FetchPublic = (address: string, request?: OutboundRequest) => Promise<OutboundResponse>;

/**
 * The one error of `fetchPublic`. Its message is always the same, so that nobody learns from it what there is inside a
 * network; `cause` is for our log only.
 */
export class OutboundError extends Error {
  constructor(cause: unknown) {
    super('the address could not be fetched', { cause });
    this.name = 'OutboundError';
  }
}

/** The addresses of a host name. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface FetchPublicOptions {
  /** Hosts with ports, addresses and networks that may be private, and may be asked by http. */
  readonly allow?: readonly string[];
  /** How names become addresses; DNS unless a test brings its own. */
  readonly resolve?: Resolve;
  /** The certificates to trust instead of the usual ones, as PEM. */
  readonly ca?: string;
  /** For the whole exchange, from the name to the last byte. */
  readonly timeoutMilliseconds?: number;
}

const defaultMaximumBytes = 65_536;
const maximumUrlLength = 2048;
/** At once in one process: who makes us call slow hosts takes no more than this from everybody else. */
const maximumAtOnce = 100;

/** Makes a `fetchPublic`. */
export function createFetchPublic(options: FetchPublicOptions = {}): FetchPublic {
  const allowance = createAllowance(options.allow ?? []);
  let running = 0;
  return async (address, request = {}) => {
    running++;
    try {
      if (running > maximumAtOnce) throw new Error('too many addresses are being fetched');
      const url = readUrl(address);
      const signal = AbortSignal.timeout(options.timeoutMilliseconds ?? 5000);
      const resolve = options.resolve ?? (allowance.coversHost(url) ? resolveAsSystem : resolveByDns);
      const addresses = await reachableAddresses(url, allowance, (hostname) =>
        unlessAborted(signal, resolve(hostname, signal)),
      );
      return await exchange(url, request, { addresses, signal, ca: options.ca });
    } catch (cause) {
      throw new OutboundError(cause);
    } finally {
      running--;
    }
  };
}

function readUrl(address: string): URL {
  if (address.length > maximumUrlLength) throw new Error('the URL is too long');
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('the URL is not https');
  if (url.username !== '' || url.password !== '') throw new Error('the URL has a user');
  return url;
}

/** The addresses of a URL's host that may be called. Throws when there is none. */
async function reachableAddresses(
  url: URL,
  allowance: Allowance,
  resolve: (hostname: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
  const reachable = allowance.coversHost(url)
    ? addresses
    : addresses.filter(
        (address) => allowance.coversAddress(address) || (url.protocol === 'https:' && isPublicAddress(address)),
      );
  if (reachable.length === 0) throw new Error(`${url.origin} is at no address that may be called: ${addresses}`);
  return reachable;
}

/** Asks the DNS alone, and can be told to stop; a name of the operator's own hosts file is not public. */
async function resolveByDns(hostname: string, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  signal.removeEventListener('abort', cancel);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** Asks the operating system, hosts file and all, for a name that the operator has listed. */
async function resolveAsSystem(hostname: string): Promise<readonly string[]> {
  return (await systemLookup(hostname, { all: true })).map(({ address }) => address);
}

interface Connection {
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
  readonly ca: string | undefined;
}

async function exchange(url: URL, request: OutboundRequest, connection: Connection): Promise<OutboundResponse> {
  const response = await send(url, request, connection);
  try {
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400) throw new Error(`${url.origin} redirects`);
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new Error(`${url.origin} compresses`);
    const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    const bytes = await readBody(response, request.maximumBytes ?? defaultMaximumBytes);
    const body =
      request.encoding === 'latin1'
        ? bytes.toString('latin1')
        : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { status, contentType, headers, body };
  } finally {
    response.destroy();
  }
}

/** Connects to one of the addresses that were checked, whatever the name means by now. */
function send(
  url: URL,
  { method = 'GET', accept = '*/*', form, authorization }: OutboundRequest,
  { addresses, signal, ca }: Connection,
): Promise<IncomingMessage> {
  const body = form && new URLSearchParams(form).toString();
  const options: RequestOptions = {
    method,
    signal,
    lookup: pinnedLookup(addresses),
    // A connection of its own: none is kept that was checked for another name.
    agent: false,
    maxHeaderSize: 16_384,
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'Castellan',
      ...(authorization !== undefined && { authorization }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
    },
  };
  return new Promise((resolve, reject) => {
    const outgoing =
      url.protocol === 'http:'
        ? httpRequest(url, options, resolve)
        : httpsRequest(url, { ...options, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all }, callback) => {
    const [first] = entries;
    if (all) callback(null, entries);
    else callback(null, first?.address ?? '', first?.family);
  };
}

async function readBody(response: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maximumBytes) throw new Error(`the body is longer than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
