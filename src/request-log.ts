import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { describeRequest } from './log.ts';

/** What Fastify logs by itself: one line for each request, with its id, after the answer. */
export function createRequestLog(): LogController {
  return new RequestLog({ requestIdLogLabel: 'request_id' });
}

class RequestLog extends LogController {
  override incomingRequest(): void {}
  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = {
      ...describeRequest(request),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      ...(error && { err: error }),
    };
    if (error || reply.statusCode >= 500) reply.log.error(line, 'request failed');
    else reply.log.info(line, 'request');
  }
}
