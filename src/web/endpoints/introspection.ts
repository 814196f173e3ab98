import { invalidRequest } from '../../lib/errors.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { introspect } from '../../protocol/tokens/introspect.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/introspect';

/** The introspection endpoint (RFC 7662): a token is alive or it is not, and nothing else is told of a dead one. */
export const introspection: Endpoint = {
  name: 'introspection_endpoint',
  paths: [path],
  crossOrigin: 'none',
  routes(app, context) {
    app.post(path, async (request) => {
      const parameters = requireUnrepeated(formOf(request));
      const client = await authenticateClient(context, request, parameters);
      if (parameters.token === undefined) throw invalidRequest('the parameter token is missing');
      return introspect(context, client, parameters.token);
    });
  },
};
