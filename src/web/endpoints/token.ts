import { invalidRequest, unauthorizedClient, unsupportedGrantType } from '../../lib/errors.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { findBeginningClient } from '../../protocol/client-registration/strangers.ts';
import { findClient } from '../../protocol/clients.ts';
import { grants } from '../../protocol/grants/index.ts';
import { tokenBinding } from '../../protocol/sender-constraints/binding.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/token';

/** The token endpoint (RFC 6749 §3.2). */
export const token: Endpoint = {
  name: 'token_endpoint',
  paths: [path],
  crossOrigin: 'registered',
  routes(app, context) {
    app.post(path, async (request, reply) => {
      const parameters = requireUnrepeated(formOf(request));
      const { grant_type } = parameters;
      const grant = grants.get(grant_type ?? '');
      const find = grant?.isForStrangers ? findBeginningClient : findClient;
      const client = await authenticateClient(context, request, parameters, find);
      const binding = await tokenBinding(context, request, client, path);
      if (binding) reply.headers(binding.headers);

      if (grant_type === undefined) throw invalidRequest('the parameter grant_type is missing');
      if (!grant) throw unsupportedGrantType('the grant_type is not supported');
      if (!client.grant_types.includes(grant_type))
        throw unauthorizedClient(`the client is not registered for the grant type ${grant_type}`);

      const response = await grant.issue(context, client, parameters, binding);
      await binding?.claim();
      return response;
    });
  },
};
