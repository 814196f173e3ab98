import type { Context } from '../../context.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import { withConfirmation } from '../sender-constraints/binding.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { findRedirectTarget, parseAuthorizationRequest, receiveRequest } from './index.ts';
import { storePushedRequest } from './pushed-request.ts';

/**
 * Checks a request of this client as the authorization endpoint does, and stores it (RFC 9126 §2.1), its code to be bound
 * to what the sender proved to hold. Throws whatever the authorization endpoint would tell the client or the visitor.
 */
export async function pushAuthorizationRequest(
  context: Context,
  client: Client,
  parameters: ParsedParameters['parameters'],
  { binding, address }: { binding: Binding | undefined; address: string },
): Promise<{ request_uri: string; expires_in: number }> {
  // A client that authenticates in the header need not name itself again.
  const wire = { parameters: { ...parameters, client_id: client.client_id }, repeated: [] };
  const asked = await receiveRequest(context, wire);
  if (asked.refusal) throw asked.refusal;
  const received = { ...asked, parameters: withConfirmation(asked.parameters, binding), isPushed: true };
  const target = await findRedirectTarget(context, received);
  await parseAuthorizationRequest(context, target, received);
  return storePushedRequest(context, client, { received, address });
}
