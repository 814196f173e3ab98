import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { invalidRequest, invalidToken } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';
import { isDemandedBy, senderConstraints } from './index.ts';
import type { Binding, Confirmation, SenderConstraint } from './sender-constraint.ts';

/** What the sender of this request to a client's endpoint proves to hold; undefined when it shows no proof. */
export async function presentedBinding(
  context: Context,
  request: FastifyRequest,
  client: Client,
  path: string,
): Promise<Binding | undefined> {
  const constraint = [...senderConstraints.values()].find((each) => each.isPresentIn(request));
  return constraint?.check(context, request, targetOf(context, request, client, path));
}

/** The same where tokens are given: who is registered for bound tokens must show a proof. */
export async function tokenBinding(
  context: Context,
  request: FastifyRequest,
  client: Client,
  path: string,
): Promise<Binding | undefined> {
  const constraint = [...senderConstraints.values()].find(
    (each) => each.isPresentIn(request) || isDemandedBy(client, each),
  );
  return constraint?.check(context, request, targetOf(context, request, client, path));
}

/** Whether every token of this client is bound, whatever it asks for. */
export function demandsBinding(client: Client): boolean {
  return [...senderConstraints.values()].some((constraint) => isDemandedBy(client, constraint));
}

/** The constraint whose tokens come with this authentication scheme. */
export function constraintOfScheme(scheme: string): SenderConstraint | undefined {
  return [...senderConstraints.values()].find(({ token_type }) => token_type.toLowerCase() === scheme.toLowerCase());
}

/**
 * Holds the use of an access token to what it is bound to (RFC 9449 §7.1, §7.2): with the scheme of its constraint and
 * a proof of the same key; one that is bound to nothing as Bearer. Resolves with headers for the answer.
 */
export async function checkTokenSender(
  context: Context,
  request: FastifyRequest,
  presented: {
    readonly token: string;
    readonly scheme: string;
    readonly cnf: unknown;
    readonly client: Client;
    readonly path: string;
  },
): Promise<Binding['headers']> {
  const { token, scheme, cnf, client, path } = presented;
  const isBearer = scheme.toLowerCase() === 'bearer';
  if (cnf === undefined) {
    if (!isBearer) throw invalidToken('the access token is not bound to a key: it is used with the scheme Bearer');
    return {};
  }
  const constraint = constraintOf(cnf);
  if (!constraint) throw invalidToken('the access token is bound to something that is not known here');
  if (constraintOfScheme(scheme) !== constraint)
    throw invalidToken(`the access token is bound to a key: it is used with the scheme ${constraint.token_type}`, {
      scheme: constraint.token_type,
    });
  const target = { ...targetOf(context, request, client, path), accessToken: token };
  const binding = await constraint.check(context, request, target);
  const { confirmation } = constraint;
  if (binding.cnf[confirmation] !== readConfirmation(cnf, confirmation))
    throw invalidToken('the access token is bound to another key than that of the proof');
  await binding.claim();
  return binding.headers;
}

/** The token_type of an access token with this `cnf`. */
export function tokenTypeOf(cnf: unknown): string {
  return constraintOf(cnf)?.token_type ?? 'Bearer';
}

/** The key that an authorization request names for the tokens to come (RFC 9449 §10). */
export function namedConfirmation(parameters: Readonly<Record<string, unknown>>): Confirmation | undefined {
  for (const { confirmation, requestParameter = '' } of senderConstraints.values()) {
    const named = parameters[requestParameter];
    if (typeof named === 'string') return { [confirmation]: named };
  }
  return undefined;
}

/**
 * The parameters of a pushed request with the key of its proof (RFC 9449 §10.1), as if the request had named it. Throws
 * `invalid_request` when it names another.
 */
export function withConfirmation(
  parameters: ParsedParameters['parameters'],
  binding: Binding | undefined,
): ParsedParameters['parameters'] {
  if (!binding) return parameters;
  const bound: Record<string, string | undefined> = { ...parameters };
  for (const { confirmation, requestParameter } of senderConstraints.values()) {
    const proved = binding.cnf[confirmation];
    if (requestParameter === undefined || proved === undefined) continue;
    if ((bound[requestParameter] ?? proved) !== proved)
      throw invalidRequest(`${requestParameter} names another key than that of the proof`);
    bound[requestParameter] = proved;
  }
  return bound;
}

/** A confirmation as it is stored, null for none: two are the same when their texts are. */
export function confirmationText(cnf: Confirmation | undefined): string | null {
  return cnf ? JSON.stringify(cnf) : null;
}

function constraintOf(cnf: unknown): SenderConstraint | undefined {
  return [...senderConstraints.values()].find(({ confirmation }) => readConfirmation(cnf, confirmation) !== undefined);
}

function targetOf(context: Context, request: FastifyRequest, client: Client, path: string) {
  return { method: request.method, url: context.config.publicUrl + path, algs: profileOf(client).signingAlgs };
}

function readConfirmation(cnf: unknown, member: string): string | undefined {
  const value: unknown = typeof cnf === 'object' && cnf !== null ? Reflect.get(cnf, member) : undefined;
  return typeof value === 'string' ? value : undefined;
}
