/**
 * The ways to bind a token to its sender. To add one: write its file with the interface of `sender-constraint.ts`, and
 * add its name here. The token and pushed authorization request endpoints, userinfo, CORS, discovery and registration
 * read this registry; `binding.ts` is what they call.
 */
import { registryOf } from '../../lib/registry.ts';
import type { ClientMetadata } from '../client-metadata.ts';
import { dpop } from './dpop.ts';
import type { SenderConstraint } from './sender-constraint.ts';

export const senderConstraints: ReadonlyMap<string, SenderConstraint> = registryOf<SenderConstraint>(dpop);

/** Whether every token of the client is to be bound by this constraint. */
export function isDemandedBy(
  client: Pick<ClientMetadata, SenderConstraint['clientMember']>,
  { clientMember }: SenderConstraint,
): boolean {
  return client[clientMember];
}
