import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';

/** What a request presents: who the client says it is, and the proof. */
export interface PresentedCredentials {
  readonly client_id: string;
  readonly proof?: string | undefined;
  /** The path of the endpoint that is asked, which an assertion may be for. */
  readonly path?: string | undefined;
}

/** One way in which a client proves who it is. */
export interface ClientAuthenticationMethod {
  /** Its name in the IANA registry of token endpoint authentication methods. */
  readonly name: string;
  /** Whether it hands out and stores a secret. */
  readonly usesSecret: boolean;
  /** Whether it must read the secret again: then that is stored sealed, beside the hash. */
  readonly readsSecret: boolean;
  /** Whether it verifies with keys that the client registers. */
  readonly usesKeys: boolean;
  /** The JWS algorithms of the assertions it takes, the ones to prefer first; none when it takes none. */
  readonly signingAlgs: readonly string[];
  /** The credentials of this method in the request, if it carries any. Throws `invalid_client` when they are malformed. */
  present(request: FastifyRequest, parameters: ParsedParameters['parameters']): PresentedCredentials | undefined;
  /** Whether they prove that the caller is this client. May throw `invalid_client` to say what is wrong. */
  verify(context: Context, client: Client, credentials: PresentedCredentials): Promise<boolean>;
}
