import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import type { Context } from '../../context.ts';
import type { Asset } from '../../lib/assets.ts';

/** Serves the assets under their hashed addresses: `GET /assets/:file`. An address is for one content for ever. */
export function serveAssets(app: FastifyInstance, context: Context): void {
  const assets = new Map(
    context.assets.all().map((asset) => [asset.url.slice('/assets/'.length), { asset, encoded: encodedOnce(asset) }]),
  );

  app.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
    const found = assets.get(request.params.file);
    if (found === undefined) {
      return reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
    }
    const { asset, encoded } = found;
    const { encoding, etag, content } = await encoded(encodingFor(request.headers['accept-encoding']));
    reply.headers({
      'cache-control': 'public, max-age=31536000, immutable',
      etag,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      // An SVG opened by itself is a document; nothing in it may run.
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.type(asset.contentType).send(content);
  });
}

const encodings = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;

type Encoding = keyof typeof encodings | 'identity';

/** The smallest of what we have that the browser takes (RFC 9110 §12.5.3); a header too long to be read takes nothing. */
function encodingFor(header: string | undefined): Encoding {
  if (header === undefined || header.length > 500) return 'identity';
  const accepted = new Negotiator({ headers: { 'accept-encoding': header } }).encodings(Object.keys(encodings));
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity';
}

interface Encoded {
  readonly encoding: Encoding;
  readonly etag: string;
  readonly content: Buffer;
}

/** An asset in each encoding, made when it is first asked for, and kept. */
function encodedOnce({ content, etag }: Asset): (encoding: Encoding) => Promise<Encoded> {
  const made = new Map<Encoding, Promise<Encoded>>();
  const make = async (encoding: Encoding): Promise<Encoded> =>
    encoding === 'identity'
      ? { encoding, etag, content }
      : { encoding, etag: etag.replace(/"$/, `-${encoding}"`), content: await encodings[encoding](content) };
  return (encoding) => {
    const encoded = made.get(encoding) ?? make(encoding);
    made.set(encoding, encoded);
    return encoded;
  };
}
