/** What a connection, a request and its headers may be, and what every answer has; all of it before any route is asked. */
import { STATUS_CODES } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.ts';

export const bodyLimit = 65_536;
const maximumUrlLength = 16_384;
const maximumConnections = 10_000;

/** For node:http and node:https. Who sends headers or a body slowly is cut, and looked for often enough to hold to it. */
export const connectionLimits = {
  maxHeaderSize: 32_768,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
} as const;

/** Puts the guard before every route, and the headers that every answer has unless its part says otherwise. */
export function guardRequests(app: FastifyInstance, config: Config): void {
  app.server.maxHeadersCount = 200;
  app.server.maxConnections = maximumConnections;
  // Who asks before sending what is too large gets its refusal and no invitation (RFC 9110 §10.1.1).
  app.server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= bodyLimit) response.writeContinue();
    app.server.emit('request', request, response);
  });
  app.server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { connection: 'close', 'content-length': 0 }).end();
  });
  app.addHook('onRequest', async (request, reply) => {
    setHeadersOfEveryAnswer(reply, config);
    if (config.trustProxy.length > 0) keepForwardedAddresses(request);
    guard(request);
  });
}

/** No cache keeps it, no browser guesses its type, no other site learns where the reader was. */
export function setHeadersOfEveryAnswer(reply: FastifyReply, { secureCookies }: Config): FastifyReply {
  return reply.headers({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(secureCookies ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  });
}

/** Answers what is not HTTP as we read it, and closes: whatever follows on that connection cannot be trusted. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, error_description] = unreadable[error.code ?? ''] ?? [400, 'the request is malformed'];
  const body = JSON.stringify({ error: 'invalid_request', error_description });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy();
}

const unreadable: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'the header is too large'],
};

/** One reading of the address, the length, the encoding and the headers, so that a proxy before us can have no other. */
function guard({ raw, headers }: FastifyRequest): void {
  const url = raw.url ?? '';
  if (url.length > maximumUrlLength) throw refused(414, 'the URL is too long');
  if (!url.startsWith('/')) throw refused(400, 'the address must be a path of this server');
  if (url.split('?', 1)[0]?.includes('%00')) throw refused(400, 'the address contains NUL');
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    throw refused(415, 'the body must not be compressed');
  const contentType = headers['content-type'];
  if (contentType !== undefined && /charset/i.test(contentType) && !/charset="?utf-8"?\s*$/i.test(contentType))
    throw refused(415, 'the body must be UTF-8');
  for (const name of ['authorization', 'content-type', 'host', 'origin'])
    if (occurrences(raw.rawHeaders, name) > 1) throw refused(400, `the header ${name} is repeated`);
}

/** A hop that is no address was not put there by a proxy of ours, so that neither it nor what stands before it counts. */
function keepForwardedAddresses({ raw: { headers } }: FastifyRequest): void {
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(addressOfHop);
  headers['x-forwarded-for'] = hops.slice(hops.lastIndexOf('') + 1).join(',');
}

/** Some proxies add the port; empty when there is no address in it. */
function addressOfHop(hop: string): string {
  const address = hop.trim().replace(/^(\d+\.\d+\.\d+\.\d+):\d+$|^\[([^\]]*)\](?::\d+)?$/, '$1$2');
  return isIP(address) === 0 ? '' : address;
}

/** Node keeps one of two headers of a name silently; a proxy before us may keep the other. */
function occurrences(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}

function refused(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
