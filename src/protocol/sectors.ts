import type { Context } from '../context.ts';
import { invalidClientMetadata } from '../lib/errors.ts';
import { isLoopbackHost } from '../lib/network-address.ts';
import type { Client, ClientMetadata } from './client-metadata.ts';

type Addresses = Pick<ClientMetadata, 'redirect_uris' | 'sector_identifier_uri'>;

/**
 * The sector of a client (OpenID Connect Core §8.1): the host of its sector_identifier_uri, otherwise that of its
 * redirect URIs. A client without a host that is its own, such as a native one, is a sector by itself.
 */
export function sectorOf(client: Addresses & Pick<Client, 'client_id'>): string {
  const [host] =
    client.sector_identifier_uri === undefined ? hostsOf(client) : [new URL(client.sector_identifier_uri).hostname];
  return host ?? client.client_id;
}

/** The hosts of the redirect URIs, each once; schemes of native applications and this machine are nobody's host. */
export function hostsOf({ redirect_uris }: Pick<Addresses, 'redirect_uris'>): string[] {
  const urls = redirect_uris.flatMap((uri) => (URL.canParse(uri) ? [new URL(uri)] : []));
  return [...new Set(urls.map(({ hostname }) => hostname).filter((host) => host !== '' && !isLoopbackHost(host)))];
}

/**
 * Fetches sector_identifier_uri and looks whether its owner knows every redirect URI (OpenID Connect Registration §5),
 * unless it was asked before about the same ones. Throws `invalid_client_metadata`, the same whatever was wrong with
 * the address, so that nobody learns what there is behind it.
 */
export async function checkSector(context: Context, metadata: Addresses, before?: Addresses): Promise<void> {
  const { sector_identifier_uri, redirect_uris } = metadata;
  if (sector_identifier_uri === undefined) return;
  const wasAsked = before?.sector_identifier_uri === sector_identifier_uri;
  if (wasAsked && redirect_uris.every((uri) => before.redirect_uris.includes(uri))) return;
  const listed = await fetchList(context, sector_identifier_uri);
  if (!listed) throw invalidClientMetadata('sector_identifier_uri: must lead to a JSON array of redirect URIs');
  if (!redirect_uris.every((uri) => listed.includes(uri)))
    throw invalidClientMetadata('sector_identifier_uri: its JSON array must have every redirect URI of the client');
}

async function fetchList(context: Context, address: string): Promise<readonly string[] | undefined> {
  try {
    const { status, body } = await context.fetchPublic(address, { accept: 'application/json' });
    const list: unknown = status === 200 ? JSON.parse(body) : undefined;
    return Array.isArray(list) && list.every((uri) => typeof uri === 'string') ? list : undefined;
  } catch (error) {
    context.log.warn({ err: error, address }, 'a sector_identifier_uri could not be read');
    return undefined;
  }
}
