import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { onTestFinished } from 'vitest';
import { selfSignedCertificate } from './certificate.ts';

/** A site over https on this machine, for as long as a test runs. */
export interface OutboundSite {
  /** Its certificate, to be trusted. */
  readonly ca: string;
  readonly port: number;
  /** The origin of a name that the site's certificate is for. */
  readonly origin: string;
  /** How often somebody connected. */
  connections(): number;
}

/** Starts a site whose certificate is for `site.example`; its address is 127.0.0.1. */
export async function startSite(listener: RequestListener): Promise<OutboundSite> {
  const { cert, key } = selfSignedCertificate(['site.example']);
  const server = createServer({ cert, key }, listener);
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the site has no address');
  const { port } = address;
  return { ca: cert, port, origin: `https://site.example:${port}`, connections: () => connections };
}
