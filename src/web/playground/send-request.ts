import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { type ClientRequest, formType, type ServerResponse } from './http-message.ts';

/** The header fields that are shown. */
const shownHeaders = {
  'content-type': 'Content-Type',
  'cache-control': 'Cache-Control',
  'www-authenticate': 'WWW-Authenticate',
};

export type JsonResponse = ServerResponse & { readonly body: Record<string, unknown> };

/**
 * Sends a client's request to this very server and gives what any client would get. It goes through the whole HTTP
 * application without a socket: the public URL need not be reachable from here, and certificates play no part.
 */
export async function sendRequest(app: FastifyInstance, request: ClientRequest): Promise<JsonResponse> {
  const { pathname } = new URL(request.url);
  const encoded = new URLSearchParams(request.parameters).toString();
  const isPost = request.method === 'POST';
  const response = await app.inject({
    method: request.method,
    url: isPost || encoded === '' ? pathname : `${pathname}?${encoded}`,
    headers: { ...request.headers, ...(isPost ? { 'content-type': formType } : {}) },
    ...(isPost ? { payload: encoded } : {}),
  });
  const headers = Object.entries(shownHeaders).flatMap(([name, shown]) => {
    const value = response.headers[name];
    return value === undefined ? [] : [[shown, String(value)]];
  });
  return { status: response.statusCode, headers: Object.fromEntries(headers), body: readJson(response.body) };
}

function readJson(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}
