import { invalidRequest } from '../../lib/errors.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { pushAuthorizationRequest } from '../../protocol/authorization-requests/push.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { findBeginningClient } from '../../protocol/client-registration/strangers.ts';
import { presentedBinding } from '../../protocol/sender-constraints/binding.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/par';

/**
 * The pushed authorization request endpoint (RFC 9126): what the authorization endpoint would refuse is refused here,
 * and what passes waits under a request_uri for the browser.
 */
export const pushedAuthorization: Endpoint = {
  name: 'pushed_authorization_request_endpoint',
  paths: [path],
  crossOrigin: 'registered',
  routes(app, context) {
    app.post(path, async (request, reply) => {
      const parameters = requireUnrepeated(formOf(request));
      const client = await authenticateClient(context, request, parameters, findBeginningClient);
      if (parameters.request_uri !== undefined) throw invalidRequest('a push may not contain request_uri');
      const binding = await presentedBinding(context, request, client, path);
      if (binding) reply.headers(binding.headers);
      const pushed = await pushAuthorizationRequest(context, client, parameters, { binding, address: request.ip });
      await binding?.claim();
      return reply.code(201).header('cache-control', 'no-store').send(pushed);
    });
  },
};
