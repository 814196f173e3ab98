import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';

/** What a request presents: who the client says it is, and the proof. */
export interface PresentedCredentials {
  readonly client_id: string;
  readonly proof?: string;
}

/** One way in which a client proves who it is. */
export interface ClientAuthenticationMethod {
  /** Its name in the IANA registry of token endpoint authentication methods. */
  readonly name: string;
  /** Whether it hands out and stores a secret. */
  readonly usesSecret: boolean;
  /** The credentials of this method in the request, if it carries any. Throws `invalid_client` when they are malformed. */
  present(request: FastifyRequest, parameters: ParsedParameters['parameters']): PresentedCredentials | undefined;
  /** Whether they prove that the caller is this client. */
  verify(context: Context, client: Client, credentials: PresentedCredentials): Promise<boolean>;
}
