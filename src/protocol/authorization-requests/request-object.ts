import * as z from 'zod';
import type { Context } from '../../context.ts';
import { invalidClient, invalidRequest, invalidRequestObject } from '../../lib/errors.ts';
import { listText, type ParsedParameters } from '../../lib/parameters.ts';
import { findRequestingClient } from '../client-registration/metadata-document.ts';
import { authorizationParameterNames } from './authorization-parameters.ts';
import { fetchRequestObject } from './request-uri.ts';
import { type RequestObjectClaims, verifyRequestObject } from './verify-request-object.ts';

/**
 * The parameters inside the request object that is on the wire, in `request` or behind `request_uri` (RFC 9101 §5,
 * OpenID Connect Core §6). Only they count; what stands outside may not contradict them. Throws
 * `invalid_request_object`, `invalid_request_uri` or `invalid_request`.
 */
export async function receiveRequestObject(
  context: Context,
  outside: ParsedParameters['parameters'],
): Promise<{ readonly parameters: ParsedParameters['parameters']; readonly expires_at: number | undefined }> {
  const { client_id = '', request, request_uri = '' } = outside;
  if (request !== undefined && request_uri !== '') throw invalidRequest('request and request_uri exclude each other');
  const client = await findRequestingClient(context, client_id);
  if (!client || client.disabled) throw invalidClient('no application is registered with this client_id');
  const jwt = request ?? (await fetchRequestObject(context, client, request_uri));
  const claims = await verifyRequestObject(context, client, jwt);
  for (const name of ['request', 'request_uri'])
    if (Object.hasOwn(claims, name)) throw invalidRequestObject(`a request object may not contain ${name}`);

  const inside = parametersIn(claims);
  for (const name of ['client_id', 'response_type'])
    if (inside[name] !== undefined && outside[name] !== undefined && inside[name] !== outside[name])
      throw invalidRequestObject(`${name} differs from that outside the request object`);
  return { parameters: { ...inside, client_id }, expires_at: claims.exp };
}

const resourcesSchema = z.union([z.string().transform((value) => [value]), z.array(z.string()).max(50)]);

/** The claims that are parameters of an authorization request, as they would be on the wire. */
function parametersIn(claims: RequestObjectClaims): Record<string, string | undefined> {
  const given = authorizationParameterNames.flatMap((name) => {
    const value = Object.hasOwn(claims, name) ? wireForm(name, claims[name]) : '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/**
 * Strings as they are, numbers in digits, of claims the JSON (RFC 9101 §4, OpenID Connect Core §6.1), and of resource the
 * list (RFC 8707 §2.1).
 */
function wireForm(name: string, value: unknown): string {
  const text = textOf(name, value);
  if (typeof text !== 'string' || text.includes('\0') || !text.isWellFormed())
    throw invalidRequestObject(`${name} is malformed in the request object`);
  return text;
}

function textOf(name: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (name === 'claims') return jsonOf(value);
  const values = name === 'resource' ? resourcesSchema.safeParse(value).data : undefined;
  return values ? listText(values) : value;
}

function jsonOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
