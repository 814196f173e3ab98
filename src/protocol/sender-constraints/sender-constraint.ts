import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { ClientMetadata } from '../client-metadata.ts';

/** What a token is bound to, as its `cnf` says (RFC 7800 §3.1): one member, which is its constraint's. */
export type Confirmation = Readonly<Record<string, string>>;

/** What the sender of a request has proved to hold. */
export interface Binding {
  readonly cnf: Confirmation;
  readonly token_type: string;
  /** What the answer must tell the sender for its next proof. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Uses the proof up. Whoever gives something for it calls this once it is certain that there is something to give, so
   * that nothing is written for a stranger. Throws when it was used before: of any number of callers at the same instant
   * only one goes on.
   */
  claim(): Promise<void>;
}

/** What a proof must have been made for. */
export interface ProofTarget {
  readonly method: string;
  /** The address as we print it; what the request says of its host is not believed. */
  readonly url: string;
  /** The access token that the request uses, at a protected resource. */
  readonly accessToken?: string;
  /** The signing algorithms that the client is held to, when they are fewer than all. */
  readonly algs?: readonly string[] | undefined;
}

/** One way to bind tokens to who holds a key, so that a stolen one is of no use. */
export interface SenderConstraint {
  readonly name: string;
  /** The member of client metadata with which a client has all its tokens bound. */
  readonly clientMember: Extract<keyof ClientMetadata, `${string}_bound_access_tokens`>;
  /** Its member of `cnf`. */
  readonly confirmation: string;
  /** The token_type of what it binds, which is the authentication scheme at protected resources too. */
  readonly token_type: string;
  /** The parameter with which an authorization request names the key ahead of time, if there is one. */
  readonly requestParameter?: string;
  /** Headers that scripts of other origins may send and read for it. */
  readonly headers: { readonly request: readonly string[]; readonly answer: readonly string[] };
  /** What the provider's metadata says of it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What a challenge of its scheme says beside the error. */
  readonly challenge: Readonly<Record<string, string>>;
  isPresentIn(request: FastifyRequest): boolean;
  /** What the sender proves to hold. Writes nothing. Throws when it proves nothing, as a request without a proof does. */
  check(context: Context, request: FastifyRequest, target: ProofTarget): Promise<Binding>;
}
