import type { LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { freePort } from './castellan-process.ts';
import { actor, locationOf, type Provider, startProvider, type TestBrowser } from './provider.ts';

/** A second Castellan on a real socket, through which people sign in at the first one. */
export interface Upstream extends Provider {
  readonly issuer: string;
}

/** A whole installation with one identity provider named `upstream`. */
export interface Federation {
  readonly ours: Provider;
  readonly upstream: Upstream;
  /** The address of the sign-in through the provider. */
  readonly start: string;
  readonly callback: string;
}

export const ourUrl = 'https://id.example';

/** Starts a Castellan that listens on the loopback; it goes when the test ends. */
export async function startUpstream(settings: Record<string, string> = {}): Promise<Upstream> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: publicUrl, ...settings } });
  await provider.app.listen({ port, host: '127.0.0.1' });
  onTestFinished(() => provider.close());
  return { ...provider, issuer: `${publicUrl}/oidc` };
}

/** Starts both, and makes them known to each other. */
export async function startFederation(
  options: {
    readonly settings?: Record<string, unknown>;
    readonly databaseUrl?: string;
    readonly name?: string;
    readonly metadata?: Record<string, unknown>;
  } = {},
): Promise<Federation> {
  const upstream = await startUpstream();
  const ours = await startProvider({
    ...(options.databaseUrl !== undefined && { databaseUrl: options.databaseUrl }),
    settings: { CASTELLAN_PUBLIC_URL: ourUrl, CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
  });
  onTestFinished(() => ours.close());
  const name = options.name ?? 'upstream';
  await connectProvider({ ours, upstream }, name, options.settings, options.metadata);
  return { ours, upstream, start: `/login/with/${name}`, callback: `${ourUrl}/login/with/${name}/callback` };
}

/** Registers our redirect URI at the upstream, and the upstream here under this name. */
export async function connectProvider(
  { ours, upstream }: { ours: Provider; upstream: Upstream },
  name: string,
  settings: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): Promise<void> {
  const client = await upstream.register({
    client_name: 'Ours',
    first_party: true,
    redirect_uris: [`${ourUrl}/login/with/${name}/callback`],
    ...metadata,
  });
  await addIdentityProvider(
    ours.context,
    {
      name,
      settings: {
        kind: 'openid-connect',
        label: 'Big Corp',
        issuer: upstream.issuer,
        client_id: client.client_id,
        ...settings,
      },
      client_secret: client.client_secret,
    },
    actor,
  );
}

/** Walks from our page to the provider, signs in there, and resolves with the address that leads back here. */
export async function visitUpstream(
  { upstream, start }: Federation,
  browser: TestBrowser,
  {
    username = 'alice',
    there = upstream.browser(),
    from = start,
  }: { username?: string; there?: TestBrowser; from?: string } = {},
): Promise<string> {
  const sent = locationOf(await browser.get(from));
  if (sent === undefined || !sent.startsWith(upstream.issuer))
    throw new Error(`not sent to the provider but to ${sent}`);
  return returnAddress(await signInThere(there, sent, username));
}

/** Signs in at the upstream wherever it asks. */
export async function signInThere(there: TestBrowser, url: string, username: string): Promise<LightMyRequestResponse> {
  let page = await there.open(url);
  if (page.body.includes('id="login-password"'))
    page = await there.submit(page, { username, password: 'correct horse battery staple' });
  return page;
}

/** Where a response of the upstream sends the browser: back to us. */
export function returnAddress(response: LightMyRequestResponse): string {
  const location = locationOf(response);
  if (!location?.startsWith(ourUrl)) throw new Error(`not sent back but ${response.statusCode}: ${location}`);
  return location;
}

/** The whole way through the provider, up to the page that it ends on here. */
export async function signInThrough(
  federation: Federation,
  browser: TestBrowser,
  options?: Parameters<typeof visitUpstream>[2],
): Promise<LightMyRequestResponse> {
  return browser.open(await visitUpstream(federation, browser, options));
}
