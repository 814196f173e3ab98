import { invalidRequest } from '../../lib/errors.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { introspect, introspectSigned } from '../../protocol/tokens/introspect.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/introspect';
const signedType = 'application/token-introspection+jwt';

/**
 * The introspection endpoint (RFC 7662): a token is alive or it is not, and nothing else is told of a dead one. Whoever
 * accepts a signed answer gets one (RFC 9701).
 */
export const introspection: Endpoint = {
  name: 'introspection_endpoint',
  paths: [path],
  crossOrigin: 'none',
  routes(app, context) {
    app.post(path, async (request, reply) => {
      const parameters = requireUnrepeated(formOf(request));
      const client = await authenticateClient(context, request, parameters);
      if (parameters.token === undefined) throw invalidRequest('the parameter token is missing');
      if (!accepts(request.headers.accept)) return introspect(context, client, parameters.token);
      reply.type(signedType);
      return introspectSigned(context, client, parameters.token);
    });
  },
};

/** Whether the Accept header lists the signed form by name, and not to say that it is unwanted. */
function accepts(accept: string | undefined): boolean {
  const ranges = (accept ?? '').toLowerCase().split(',');
  return ranges.some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    return type === signedType && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
