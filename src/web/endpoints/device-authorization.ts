import { unauthorizedClient } from '../../lib/errors.ts';
import { oneLine } from '../../lib/one-line.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { authenticateClient } from '../../protocol/client-authentication/authenticate-client.ts';
import { findBeginningClient } from '../../protocol/client-registration/strangers.ts';
import { beginDeviceAuthorization } from '../../protocol/device-authorization.ts';
import { deviceCode } from '../../protocol/grants/device-code.ts';
import { formOf } from '../ui/form-body.ts';
import type { Endpoint } from './endpoint.ts';

const path = '/oidc/oauth2/device/auth';

/** The device authorization endpoint (RFC 8628 §3.1). */
export const deviceAuthorization: Endpoint = {
  name: 'device_authorization_endpoint',
  paths: [path],
  crossOrigin: 'none',
  routes(app, context) {
    app.post(path, async (request) => {
      const parameters = requireUnrepeated(formOf(request));
      const client = await authenticateClient(context, request, parameters, findBeginningClient);
      if (!client.grant_types.includes(deviceCode.name))
        throw unauthorizedClient(`the client is not registered for the grant type ${deviceCode.name}`);
      return beginDeviceAuthorization(context, client, {
        scope: parameters.scope,
        resource: parameters.resource,
        address: request.ip,
        user_agent: oneLine(request.headers['user-agent'] ?? ''),
      });
    });
  },
};
