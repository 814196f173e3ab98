import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as openid from 'openid-client';
import { onTestFinished } from 'vitest';
import { payloadOf } from './code-flow.ts';

/** An application of another site, as people meet it: it sends the browser here, redeems the code, and greets them. */
export interface OpenIdApplication {
  readonly origin: string;
  readonly client_id: string;
  /** The address of the application at which a sign-in with these parameters begins. */
  begin(parameters?: Readonly<Record<string, string>>): string;
  /** Who the application was told has signed out, by back-channel. */
  readonly signedOut: string[];
}

/** Where applications are registered, and the address that they know. */
export interface ListeningProvider {
  readonly config: { readonly publicUrl: string };
  register(metadata: Readonly<Record<string, unknown>>): Promise<{ client_id: string; client_secret: string }>;
}

/**
 * Starts an application of this provider, which listens; it is registered with this metadata besides its own. Its page
 * shows in `#told` what it was told, the claims of ID Token and userinfo or the error, as JSON. Ends with the test.
 */
export async function startOpenIdApplication(
  provider: ListeningProvider,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<OpenIdApplication> {
  const waiting = new Map<string, string>();
  const signedOut: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => tell(response, { error: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the application has no address');
  const origin = `http://127.0.0.1:${address.port}`;
  const redirect_uri = `${origin}/callback`;
  const { client_id, client_secret } = await provider.register({
    redirect_uris: [redirect_uri],
    backchannel_logout_uri: `${origin}/signed-out`,
    ...metadata,
  });
  const relyingParty = await openid.discovery(
    new URL(`${provider.config.publicUrl}/oidc`),
    client_id,
    undefined,
    openid.ClientSecretBasic(client_secret),
    { execute: [openid.allowInsecureRequests] },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', origin);
    if (url.pathname === '/sign-in') return send(response, Object.fromEntries(url.searchParams));
    if (url.pathname === '/callback') return tell(response, await redeem(url));
    if (url.pathname === '/signed-out') signedOut.push(await subjectOfLogout(request));
    response.end();
  }

  async function send(response: ServerResponse, parameters: Readonly<Record<string, string>>): Promise<void> {
    const [state, verifier] = [openid.randomState(), openid.randomPKCECodeVerifier()];
    waiting.set(state, verifier);
    const location = openid.buildAuthorizationUrl(relyingParty, {
      scope: 'openid',
      ...parameters,
      redirect_uri,
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    response.writeHead(303, { location: location.href }).end();
  }

  async function redeem(url: URL): Promise<object> {
    const { state = '', error } = Object.fromEntries(url.searchParams);
    const pkceCodeVerifier = waiting.get(state);
    if (pkceCodeVerifier === undefined) return { error: 'unknown state' };
    if (error !== undefined) return { error };
    const tokens = await openid.authorizationCodeGrant(relyingParty, url, { pkceCodeVerifier, expectedState: state });
    const claims = tokens.claims();
    const userinfo = await openid.fetchUserInfo(
      relyingParty,
      tokens.access_token,
      claims?.sub ?? openid.skipSubjectCheck,
    );
    return { ...userinfo, ...claims, scope: tokens.scope };
  }

  return {
    origin,
    client_id,
    begin: (parameters = {}) => `${origin}/sign-in?${new URLSearchParams(parameters)}`,
    signedOut,
  };
}

async function subjectOfLogout(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return String(payloadOf(new URLSearchParams(body).get('logout_token') ?? undefined).sub);
}

function tell(response: ServerResponse, told: object): void {
  const text = JSON.stringify(told).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .end(`<!doctype html><link rel="icon" href="data:,"><h1>The application</h1><pre id="told">${text}</pre>`);
}
