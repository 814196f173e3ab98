/** The application: every part of `web` in a scope of its own, behind one guard for what all requests must be. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Context } from './context.ts';
import {
  answerUnreadable,
  bodyLimit,
  connectionLimits,
  guardRequests,
  setHeadersOfEveryAnswer,
} from './http-limits.ts';
import { createRequestLog } from './request-log.ts';
import { accountPages } from './web/account/index.ts';
import { adminPages } from './web/admin/index.ts';
import { authorizationEndpoint } from './web/authorization/index.ts';
import { brandFiles } from './web/brand/index.ts';
import { clientLogos } from './web/client-logo/index.ts';
import { devicePages } from './web/device/index.ts';
import { serveEndpoints } from './web/endpoints/index.ts';
import { answerWithJsonError } from './web/endpoints/json-error.ts';
import { invitationPages } from './web/invitation/index.ts';
import { languageChoice } from './web/language/index.ts';
import { launcherPages } from './web/launcher/index.ts';
import { logoutPages } from './web/logout/index.ts';
import { passwordStrength } from './web/password-strength/index.ts';
import { pictures } from './web/picture/index.ts';
import { playgroundPages } from './web/playground/index.ts';
import { recoveryPages } from './web/recovery/index.ts';
import { sessionManagement } from './web/session-management/index.ts';
import { setupPages } from './web/setup/index.ts';
import { signInPages } from './web/sign-in/index.ts';
import { serveAssets } from './web/ui/assets.ts';
import { answerWithErrorPage, sendNotFound } from './web/ui/error-page.ts';

const formType = 'application/x-www-form-urlencoded';

/** The parts for people, each with the routes it serves. */
const pages: readonly ((app: FastifyInstance, context: Context) => void)[] = [
  serveAssets,
  brandFiles,
  languageChoice,
  launcherPages,
  authorizationEndpoint,
  devicePages,
  clientLogos,
  pictures,
  signInPages,
  passwordStrength,
  setupPages,
  invitationPages,
  recoveryPages,
  logoutPages,
  sessionManagement,
  playgroundPages,
  accountPages,
  adminPages,
];

/** Makes the application; it does not listen yet. */
export async function createApp(context: Context): Promise<FastifyInstance> {
  const { config } = context;
  const app = Fastify({
    loggerInstance: context.log,
    logController: createRequestLog(),
    genReqId: () => context.randomBytes(9).toString('base64url'),
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit,
    exposeHeadRoutes: false,
    return503OnClosing: true,
    forceCloseConnections: false,
    requestTimeout: 15_000,
    // Longer than the 60 seconds for which proxies keep a connection, so that we are never the one to close it first.
    keepAliveTimeout: 75_000,
    routerOptions: { maxParamLength: 300, querystringParser: () => ({}) },
    http: connectionLimits,
    ...(config.tls ? { https: { ...config.tls, ...connectionLimits } } : {}),
    clientErrorHandler: answerUnreadable,
    // What the router refuses before there is a route, such as an address that is not percent-encoded.
    frameworkErrors: (error, request, reply) =>
      answerError(context)(error, request, setHeadersOfEveryAnswer(reply, config)),
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  guardRequests(app, config);
  app.setErrorHandler(answerError(context));
  app.setNotFoundHandler((request, reply) => answerNotFound(app, context, request, reply));

  await serveEndpoints(app, context);
  for (const part of pages) await app.register(async (scope) => part(scope, context));
  return app;
}

function answerError(context: Context) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    isForPrograms(request)
      ? answerWithJsonError(error, request, reply)
      : answerWithErrorPage(context)(error, request, reply);
}

function isForPrograms({ url }: FastifyRequest): boolean {
  return (
    /^\/(oidc|api|healthz|readyz|\.well-known)(?![a-z])/.test(url) &&
    !/^\/oidc\/oauth2\/(auth|logout)(?![a-z])/.test(url)
  );
}

function answerNotFound(
  app: FastifyInstance,
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '/';
  const methods = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => app.findRoute({ method, url: path }) !== null);
  if (methods.length > 0) reply.header('allow', methods.join(', '));
  if (isForPrograms(request)) {
    const error_description =
      methods.length > 0 ? `this address takes ${methods.join(' and ')}` : 'there is nothing at this address';
    return reply
      .code(methods.length > 0 ? 405 : 404)
      .header('cache-control', 'no-store')
      .send({ error: 'invalid_request', error_description });
  }
  return sendNotFound(context, request, reply, methods.length === 0 ? 404 : 405);
}
