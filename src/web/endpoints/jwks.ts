import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Endpoint } from './endpoint.ts';
import { type PublicDocument, publicDocument, servePublicDocument } from './public-document.ts';

/** After an immediate rotation a cache may hide the new key, and so refuse good tokens, no longer than this. */
const longestMaxAgeSeconds = 300;

/**
 * The public signing keys (RFC 7517 §5). Made anew only when the keys change. A cache expires well before the time
 * that a key is published ahead has passed, so that nobody misses a key's first token.
 */
export const jwks: Endpoint = {
  name: 'jwks_uri',
  paths: ['/oidc/.well-known/jwks.json'],
  crossOrigin: 'any',
  routes(app, context) {
    const { keyPublicationSeconds } = context.config.lifetimes;
    const maxAgeSeconds = Math.min(longestMaxAgeSeconds, Math.floor(keyPublicationSeconds / 2));
    let built: { readonly version: string; readonly document: PublicDocument } | undefined;

    makeFirstKeys(app, context);
    servePublicDocument(app, this.paths, async () => {
      const { version, keys } = await context.signingKeys.jwks();
      if (built?.version !== version) {
        const document = publicDocument({ keys }, { contentType: 'application/jwk-set+json', maxAgeSeconds });
        built = { version, document };
      }
      return built.document;
    });
  },
};

/** At the first start the keys are made while nobody waits for them; closing waits until they are. */
function makeFirstKeys(app: FastifyInstance, { signingKeys, log }: Context): void {
  let made: Promise<unknown> | undefined;
  app.addHook('onListen', async () => {
    made = signingKeys.jwks().catch((error: unknown) => log.error({ err: error }, 'the signing keys cannot be used'));
  });
  app.addHook('onClose', async () => {
    await made;
  });
}
