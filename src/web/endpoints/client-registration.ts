import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { invalidClientMetadata, invalidRequest, OAuthError } from '../../lib/errors.ts';
import {
  readRegistration,
  registerItself,
  registrationPath,
  removeRegistration,
  replaceRegistration,
} from '../../protocol/client-registration/index.ts';
import type { Endpoint } from './endpoint.ts';
import { answerWithJsonError } from './json-error.ts';

const clientPath = `${registrationPath}/:client_id`;
const bodyLimit = 256 * 1024;

/** Client registration (RFC 7591) and its management (RFC 7592), where the installation has it on. */
export const clientRegistration: Endpoint = {
  name: 'registration_endpoint',
  paths: [registrationPath, clientPath],
  crossOrigin: 'any',
  methods: ['POST', 'GET', 'PUT', 'DELETE'],
  isServed: ({ clientRegistration }) => clientRegistration !== 'off',
  answerError,
  routes(app, context) {
    takeJsonAlone(app);
    app.post(registrationPath, { bodyLimit }, async (request, reply) => {
      const answer = await registerItself(context, request.body, senderOf(request));
      return reply.code(201).header('cache-control', 'no-store').send(answer);
    });
    manage(app, context);
  },
};

function manage(app: FastifyInstance, context: Context): void {
  type Named = { readonly Params: { readonly client_id: string } };
  app.get<Named>(clientPath, async (request, reply) => {
    const answer = await readRegistration(context, request.params.client_id, senderOf(request));
    return reply.header('cache-control', 'no-store').send(answer);
  });
  app.put<Named>(clientPath, { bodyLimit }, async (request, reply) => {
    const { client_id } = request.params;
    const answer = await replaceRegistration(context, client_id, request.body, senderOf(request));
    return reply.header('cache-control', 'no-store').send(answer);
  });
  app.delete<Named>(clientPath, async (request, reply) => {
    await removeRegistration(context, request.params.client_id, senderOf(request));
    return reply.code(204).header('cache-control', 'no-store').send();
  });
}

/** Only here: everywhere else a form is the only body there is. */
function takeJsonAlone(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (_request, text, done) => {
    try {
      done(null, parse(text));
    } catch (error) {
      done(error instanceof Error ? error : new Error('the body cannot be read', { cause: error }));
    }
  });
}

function parse(text: string | Buffer): unknown {
  try {
    return JSON.parse(String(text), (member, value) => {
      if (member === '__proto__') throw new SyntaxError('the member __proto__');
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
        throw new SyntaxError('text that cannot be stored');
      return value;
    });
  } catch {
    throw invalidClientMetadata('the body must be a JSON object with client metadata');
  }
}

function senderOf(request: FastifyRequest) {
  const { authorization } = request.headers;
  const [, token] = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '') ?? [];
  if (authorization !== undefined && token === undefined)
    throw invalidRequest('the Authorization header is not of the form: Bearer token');
  return { token, address: request.ip, request_id: request.id };
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof OAuthError && error.error === 'invalid_token')
    reply.header('www-authenticate', `Bearer error="invalid_token", error_description="${error.error_description}"`);
  const isOfOtherType = error instanceof Error && 'statusCode' in error && error.statusCode === 415;
  const told = isOfOtherType ? invalidRequest('the body must be application/json', { status: 415 }) : error;
  return answerWithJsonError(told, request, reply);
}
