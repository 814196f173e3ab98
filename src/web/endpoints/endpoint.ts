import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';

/** One endpoint that programs call. */
export interface Endpoint {
  readonly name: string;
  /** Its paths. */
  readonly paths: readonly string[];
  /** From which web origins scripts may call it: any, those of registered redirect URIs, or none. */
  readonly crossOrigin: 'any' | 'registered' | 'none';
  /** What such scripts may send, where GET and POST are not all. */
  readonly methods?: readonly string[];
  /** Whether this installation has it at all; it has when this is left out. */
  readonly isServed?: (config: Config) => boolean;
  /** How it answers errors, where the JSON of RFC 6749 §5.2 is not enough. */
  readonly answerError?: (
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    context: Context,
  ) => FastifyReply;
  /** Puts its routes into a scope of its own, whose errors are JSON. */
  routes(app: FastifyInstance, context: Context): void;
}
