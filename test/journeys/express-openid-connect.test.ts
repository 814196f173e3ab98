/** A web application with a well-known middleware, Express 5 with `express-openid-connect` 3, against a real server. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import express from 'express';
import { auth, type SessionStore, type SessionStorePayload } from 'express-openid-connect';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort, type Installation, newInstallation, until } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

let castellan: Installation;
let server: Server;
let origin: string;
/** One browser, which keeps the cookies of each of the two apart. */
let atCastellan: HttpBrowser;
let atApplication: HttpBrowser;

beforeAll(async () => {
  castellan = await newInstallation();
  const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--name', 'Ada Example', '--admin'];
  const { status, stderr } = await castellan.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const client = await register({
    client_name: 'Express',
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [origin],
    grant_types: ['authorization_code', 'refresh_token'],
    backchannel_logout_uri: `${origin}/backchannel-logout`,
    backchannel_logout_session_required: true,
    first_party: true,
    scope: 'openid profile email offline_access',
  });
  await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_OUTBOUND_ALLOW: `localhost:${port}` });
  server = application(client).listen(port, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await castellan?.remove();
});
beforeEach(() => {
  atCastellan = new HttpBrowser(castellan.url);
  atApplication = new HttpBrowser(origin);
});

interface Registered {
  readonly client_id: string;
  readonly client_secret: string;
}

async function register(metadata: object): Promise<Registered> {
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The application, as its documentation has one written. */
function application({ client_id, client_secret }: Registered) {
  const app = express();
  app.use(
    auth({
      issuerBaseURL: `${castellan.url}/oidc`,
      baseURL: origin,
      clientID: client_id,
      clientSecret: client_secret,
      secret: 'what seals the cookies of the application',
      authorizationParams: { response_type: 'code', scope: 'openid profile email offline_access' },
      idpLogout: true,
      backchannelLogout: { store: memoryStore() },
    }),
  );
  app.get('/', async (request, response) => {
    const { name, email } = await request.oidc.fetchUserInfo();
    const before = request.oidc.accessToken?.access_token;
    const after = await request.oidc.accessToken?.refresh();
    response.json({ sub: request.oidc.user?.sub, name, email, isRenewed: after?.access_token !== before });
  });
  return app;
}

/** Where it remembers who has signed out. */
function memoryStore<Data>(): SessionStore<Data> {
  const entries = new Map<string, SessionStorePayload<Data>>();
  return {
    get: (id, done) => done(undefined, entries.get(id)),
    set: (id, entry, done) => done?.(void entries.set(id, entry)),
    destroy: (id, done) => done?.(void entries.delete(id)),
  };
}

function locationOf({ headers, status, body }: HttpAnswer): string {
  const location = headers.get('location');
  if (location === null) throw new Error(`no redirect but ${status}: ${body}`);
  return location;
}

async function signIn(): Promise<HttpAnswer> {
  const signInPage = await atCastellan.open(locationOf(await atApplication.open('/')));
  const answer = await atCastellan.follow(await atCastellan.submit(signInPage, { username: 'ada', password }));
  return atApplication.open(locationOf(answer));
}

test('a person signs in at the application, which reads userinfo and renews its access token', async () => {
  const { status, body } = await signIn();
  expect(status, body).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ name: 'Ada Example', email: 'ada@example.com', isRenewed: true });
});

test('signing out at the application signs out at the provider and comes back', async () => {
  await signIn();
  const back = locationOf(await atCastellan.open(locationOf(await atApplication.open('/logout'))));
  expect(back).toBe(origin);
  expect((await atCastellan.open('/')).body).toContain('id="login-password"');
});

test('signing out at the provider ends the session of the application by the back channel', async () => {
  await signIn();
  expect((await atApplication.open('/')).status).toBe(200);
  await atCastellan.submit(await atCastellan.open('/oidc/oauth2/logout'), {});
  await until(async () => (await atApplication.open('/')).status !== 200);
  expect(locationOf(await atApplication.open('/'))).toContain(`${castellan.url}/oidc/oauth2/auth?`);
});
