/**
 * The endpoints that programs call; they answer JSON, errors too. To add one: write its file with the interface of
 * `endpoint.ts`, and add its name here. Each gets a scope of its own, and the JSON form of errors unless it says
 * otherwise.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registryOf } from '../../lib/registry.ts';
import { clientRegistration } from './client-registration.ts';
import { allowCrossOrigin } from './cross-origin.ts';
import { deviceAuthorization } from './device-authorization.ts';
import { discovery } from './discovery.ts';
import type { Endpoint } from './endpoint.ts';
import { health } from './health.ts';
import { introspection } from './introspection.ts';
import { answerWithJsonError } from './json-error.ts';
import { jwks } from './jwks.ts';
import { pushedAuthorization } from './pushed-authorization.ts';
import { resourceMetadata } from './resource-metadata.ts';
import { revocation } from './revocation.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

export const endpoints: ReadonlyMap<string, Endpoint> = registryOf<Endpoint>(
  discovery,
  jwks,
  resourceMetadata,
  pushedAuthorization,
  token,
  userinfo,
  deviceAuthorization,
  introspection,
  revocation,
  clientRegistration,
  health,
);

/** Puts every endpoint of the registry into the application. */
export async function serveEndpoints(app: FastifyInstance, context: Context): Promise<void> {
  for (const endpoint of endpoints.values()) {
    if (endpoint.isServed?.(context.config) === false) continue;
    await app.register(async (scope) => {
      const { answerError = answerWithJsonError } = endpoint;
      scope.setErrorHandler((error, request, reply) => answerError(error, request, reply, context));
      allowCrossOrigin(scope, context, endpoint);
      endpoint.routes(scope, context);
    });
  }
}
