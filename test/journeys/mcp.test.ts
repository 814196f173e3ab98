/** The Model Context Protocol: the TypeScript SDK's client reaches a tool behind Castellan, with nothing set up for it. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import express from 'express';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type Installation, newInstallation } from '../support/castellan-process.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

const redirectUrl = 'http://localhost:7999/callback';
const clientMetadata = {
  client_name: 'An assistant',
  redirect_uris: [redirectUrl],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
};

let castellan: Installation;
let notes: Server;
let resource: string;
let site: Server;
let documentUrl: string;

beforeAll(async () => {
  castellan = await newInstallation();
  const [notesPort, sitePort] = [await freePort(), await freePort()];
  resource = `http://localhost:${notesPort}/mcp`;
  documentUrl = `https://localhost:${sitePort}/assistant.json`;
  const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--name', 'Ada Example'];
  for (const [command, input] of [
    [[...words, '--password-stdin'], password],
    [['resource', 'add', resource, '--name', 'Notes', '--scope', 'notes:read', '--open'], ''],
  ] as const) {
    const { status, stderr } = await castellan.run(command, { input });
    if (status !== 0) throw new Error(stderr);
  }
  const { cert, key } = selfSignedCertificate(['localhost']);
  const trusted = join(castellan.folder, 'trusted.pem');
  writeFileSync(trusted, cert);
  await castellan.start({
    CASTELLAN_LOG_LEVEL: 'warn',
    CASTELLAN_CLIENT_REGISTRATION: 'open',
    CASTELLAN_CLIENT_ID_METADATA_DOCUMENTS: 'on',
    CASTELLAN_OUTBOUND_ALLOW: `localhost:${sitePort}`,
    NODE_EXTRA_CA_CERTS: trusted,
  });
  notes = await listen(createHttpServer(notesServer()), notesPort);
  const document = JSON.stringify({ client_id: documentUrl, ...clientMetadata });
  site = await listen(
    createHttpsServer({ cert, key }, (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(document),
    ),
    sitePort,
  );
});
afterAll(async () => {
  for (const server of [notes, site]) {
    server?.closeAllConnections();
    server?.close();
  }
  await castellan?.remove();
});

async function listen<Listener extends Server>(server: Listener, port: number): Promise<Listener> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** An MCP server with one tool, for whoever has a token for it. */
function notesServer() {
  const issuer = `${castellan.url}/oidc`;
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  const app = express();
  const metadataPath = '/.well-known/oauth-protected-resource/mcp';
  app.get(metadataPath, (_request, response) => {
    response.json({ resource, authorization_servers: [issuer], scopes_supported: ['notes:read'] });
  });
  const mustHaveToken = requireBearerAuth({
    requiredScopes: ['notes:read'],
    resourceMetadataUrl: new URL(metadataPath, resource).href,
    expectedResource: new URL(resource),
    verifier: {
      async verifyAccessToken(token) {
        const { payload } = await jwtVerify(token, keys, { issuer, audience: resource, typ: 'at+jwt' }).catch(
          (error) => {
            throw new InvalidTokenError(String(error));
          },
        );
        const { client_id, scope, exp = 0 } = payload;
        return {
          ...{ token, clientId: String(client_id), scopes: String(scope).split(' ') },
          ...{ expiresAt: exp, resource: new URL(resource) },
        };
      },
    },
  });
  app.post('/mcp', mustHaveToken, express.json(), async (request, response) => {
    const server = new McpServer({ name: 'notes', version: '1.0.0' });
    server.registerTool('read', { description: 'Reads the note' }, () => ({
      content: [{ type: 'text', text: 'Buy milk' }],
    }));
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return app;
}

/** What an application has to keep for the SDK, and where it sends the browser. */
class Assistant implements OAuthClientProvider {
  readonly redirectUrl = redirectUrl;
  readonly clientMetadata = clientMetadata;
  readonly clientMetadataUrl?: string;
  information: OAuthClientInformationMixed | undefined;
  kept: OAuthTokens | undefined;
  request: URL | undefined;
  #verifier = '';

  constructor(metadataUrl?: string) {
    if (metadataUrl !== undefined) this.clientMetadataUrl = metadataUrl;
  }
  clientInformation() {
    return this.information;
  }
  saveClientInformation(information: OAuthClientInformationMixed) {
    this.information = information;
  }
  tokens() {
    return this.kept;
  }
  saveTokens(tokens: OAuthTokens) {
    this.kept = tokens;
  }
  redirectToAuthorization(url: URL) {
    this.request = url;
  }
  codeVerifier() {
    return this.#verifier;
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }
}

/** Signs a person in, who allows what is asked; resolves with the code. */
async function codeFor(request: URL): Promise<string> {
  const browser = new HttpBrowser(castellan.url);
  const signedIn = await browser.submit(await browser.open(request.href), { username: 'ada', password });
  const answer = await browser.follow(await browser.submit(await browser.follow(signedIn), { decision: 'allow' }));
  const location = answer.headers.get('location');
  const code = new URL(location ?? 'about:blank').searchParams.get('code');
  if (code === null) throw new Error(`no code but ${location ?? answer.body}`);
  return code;
}

async function readNote(assistant: Assistant): Promise<unknown> {
  const client = new Client({ name: 'assistant', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), { authProvider: assistant }));
  const { content } = await client.callTool({ name: 'read' });
  await client.close();
  return content;
}

test.each([
  ['registers itself', undefined],
  ['describes itself in a metadata document', () => documentUrl],
])('a client that %s gets a token for the server that it found, and renews it', async (_title, url) => {
  const assistant = new Assistant(url?.());
  await expect(readNote(assistant)).rejects.toThrow(UnauthorizedError);
  const { request } = assistant;
  if (!request) throw new Error('nobody was sent to sign in');
  expect(request.searchParams.get('resource')).toBe(resource);
  if (url) expect(request.searchParams.get('client_id')).toBe(url());

  const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider: assistant });
  await transport.finishAuth(await codeFor(request));
  expect(await readNote(assistant)).toEqual([{ type: 'text', text: 'Buy milk' }]);
  const { access_token = '' } = assistant.kept ?? {};
  expect(decodeJwt(access_token)).toMatchObject({ aud: resource, scope: 'notes:read' });

  assistant.kept = { ...assistant.kept, token_type: 'Bearer', access_token: 'no longer good' };
  expect(await readNote(assistant)).toEqual([{ type: 'text', text: 'Buy milk' }]);
  expect(decodeJwt(assistant.kept.access_token)).toMatchObject({ aud: resource, scope: 'notes:read' });
});
