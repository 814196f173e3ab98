import type { Context } from '../context.ts';
import type { Client } from './client-metadata.ts';

/** A client's logo as we serve it. */
export interface ClientLogo {
  readonly contentType: string;
  readonly bytes: Buffer;
}

const pictureTypes = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml', 'image/x-icon']);
const maximumBytes = 262_144;
const failureMilliseconds = 60_000;

/**
 * The picture at a client's logo_uri, fetched once an hour at most, so that no page of ours loads anything from
 * elsewhere and nobody else learns who signs in where. Undefined when there is none, it cannot be had, or it is no
 * picture.
 */
export function findClientLogo(context: Context, { logo_uri }: Client): Promise<ClientLogo | undefined> {
  if (logo_uri === undefined) return Promise.resolve(undefined);
  const { clientLogos } = context.memos;
  const known = clientLogos.get(logo_uri);
  if (known) return known;
  const logo = fetchLogo(context, logo_uri);
  clientLogos.set(logo_uri, logo);
  return logo;
}

async function fetchLogo(context: Context, logo_uri: string): Promise<ClientLogo | undefined> {
  try {
    const accept = [...pictureTypes].join(', ');
    const response = await context.fetchPublic(logo_uri, { accept, maximumBytes, encoding: 'latin1' });
    if (response.status === 200 && pictureTypes.has(response.contentType))
      return { contentType: response.contentType, bytes: Buffer.from(response.body, 'latin1') };
  } catch (error) {
    context.log.info({ err: error }, 'a logo could not be fetched');
  }
  // Asked for again soon, but not by every visitor.
  context.memos.clientLogos.set(logo_uri, Promise.resolve(undefined), { ttl: failureMilliseconds });
  return undefined;
}
