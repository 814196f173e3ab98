import * as z from 'zod';
import { invalidScope, unauthorizedClient } from '../../lib/errors.ts';
import { isConfidential } from '../client-metadata.ts';
import { keepClient } from '../clients.ts';
import { requestedResources } from '../requested-resources.ts';
import { parseScope, scopes } from '../scopes.ts';
import { issueAccessToken } from '../tokens/access-token.ts';
import { defineGrant } from './grant.ts';

/** RFC 6749 §4.4: a client acting for itself. There is no person, so no ID Token and no refresh token. */
export const clientCredentials = defineGrant({
  name: 'client_credentials',
  parameters: z.object({ scope: z.string().max(4000).optional(), resource: z.string().max(4096).optional() }),

  async issue(context, client, { scope, resource: askedResource }, binding) {
    if (!isConfidential(client)) throw unauthorizedClient('client_credentials is for clients that authenticate');
    const allowed = parseScope(client.scope).filter((value) => !scopes.has(value));
    const asked = scope === undefined ? allowed : parseScope(scope);
    const refused = asked.find((value) => !allowed.includes(value));
    if (refused !== undefined)
      throw invalidScope(
        scopes.has(refused)
          ? `the scope ${refused} is about a person, and this grant has none`
          : `the scope ${refused} is not registered for this client`,
      );
    const resource = await requestedResources(context, client, askedResource);
    await keepClient(context, client);
    return issueAccessToken(context, client, { sub: client.client_id, scope: asked, resource, binding });
  },
});
