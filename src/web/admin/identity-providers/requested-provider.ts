import type { FastifyRequest } from 'fastify';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import { findIdentityProvider } from '../../../protocol/identity-providers/registered-providers.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { notFound } from '../console-page.ts';

export const path = '/admin/identity-providers';
export const title = 'Identity providers';

export type ProviderRequest = FastifyRequest<{ Params: { name: string } }>;

/** The provider that the address names. Throws a page that there is none. */
export async function requireProvider(context: ConsoleContext, request: ProviderRequest): Promise<IdentityProvider> {
  const provider = await findIdentityProvider(context, request.params.name);
  if (!provider) throw notFound('identity provider', { label: title, href: path });
  return provider;
}
