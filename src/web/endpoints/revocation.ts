import { invalidRequest } from '../../lib/errors.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { revoke } from '../../protocol/tokens/revoke.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/revoke';

/** The revocation endpoint (RFC 7009): 200 whether or not there was something to revoke. */
export const revocation: Endpoint = {
  name: 'revocation_endpoint',
  paths: [path],
  crossOrigin: 'registered',
  routes(app, context) {
    app.post(path, async (request, reply) => {
      const parameters = requireUnrepeated(formOf(request));
      const client = await authenticateClient(context, request, parameters);
      if (parameters.token === undefined) throw invalidRequest('the parameter token is missing');
      await revoke(context, client, parameters.token);
      return reply.code(200).send();
    });
  },
};
