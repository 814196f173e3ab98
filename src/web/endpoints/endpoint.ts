import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';

/** One endpoint that programs call. */
export interface Endpoint {
  readonly name: string;
  /** Its paths. */
  readonly paths: readonly string[];
  /** From which web origins scripts may call it: any, those of registered redirect URIs, or none. */
  readonly crossOrigin: 'any' | 'registered' | 'none';
  /** How it answers errors, where the JSON of RFC 6749 §5.2 is not enough. */
  readonly answerError?: (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;
  /** Puts its routes into a scope of its own, whose errors are JSON. */
  routes(app: FastifyInstance, context: Context): void;
}
