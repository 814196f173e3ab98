import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/lib/split-token.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { freePort } from '../support/castellan-process.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { authorizationUrl, authorize, redeem } from '../support/code-flow.ts';
import {
  answerOf,
  encode,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
} from '../support/provider.ts';

describe('session_state', () => {
  let provider: Provider;
  let client: RegisteredClient;

  beforeAll(async () => {
    provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
    await provider.addUser({ administrator: true });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    client = await provider.register({ first_party: true });
  });
  afterAll(() => provider.close());

  const cookieName = '__Host-castellan_browser_state';
  const signedIn = async () => {
    const browser = provider.browser();
    await browser.signIn();
    return browser;
  };

  test('is the salted hash of client, origin and browser state that the frame computes, new each time', async () => {
    const browser = await signedIn();
    const states = [];
    for (let index = 0; index < 3; index++) {
      const { session_state = '' } = answerOf(await browser.get(authorizationUrl(client)));
      expect(session_state).toMatch(/^[\w-]{43}\.[\w-]{22}$/);
      const [hash, salt] = session_state.split('.');
      const state = browser.cookies.get(cookieName);
      expect(hash).toBe(sha256(`${client.client_id} https://app.example ${state} ${salt}`));
      states.push(session_state);
    }
    expect(new Set(states).size).toBe(3);
  });

  test('comes with every answer to openid, however it is sent, and with no other', async () => {
    const browser = await signedIn();
    const fragment = await browser.get(authorizationUrl(client, { response_mode: 'fragment' }));
    expect(answerOf(fragment).session_state).toBeDefined();
    const form = await browser.get(authorizationUrl(client, { response_mode: 'form_post' }));
    expect(form.body).toContain('name="session_state"');
    const plain = await authorize(browser, authorizationUrl(client, { scope: 'email' }));
    expect(answerOf(plain)).not.toHaveProperty('session_state');
    const refused = await provider.browser().get(authorizationUrl(client, { prompt: 'none' }));
    expect(answerOf(refused)).not.toHaveProperty('session_state');
  });

  test('is not for an address where no frame can stand', async () => {
    const native = await provider.register({
      first_party: true,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['com.example.app:/cb'],
    });
    const answer = await (await signedIn()).get(authorizationUrl(native, { redirect_uri: 'com.example.app:/cb' }));
    expect(answerOf(answer)).toMatchObject({ code: expect.any(String) });
    expect(answerOf(answer)).not.toHaveProperty('session_state');
  });

  test('the cookie behind it is for scripts and frames, while the one of the session is for neither', async () => {
    const page = await provider.browser().post('/login', { username: 'alice', password });
    const cookies = [page.headers['set-cookie'] ?? []].flat();
    const state = cookies.filter((cookie) => cookie.startsWith(cookieName));
    expect(state).toEqual([expect.stringMatching(/=[\w-]{43}; Path=\/; Max-Age=\d+; Secure; SameSite=None$/)]);
    for (const cookie of cookies.filter((other) => !state.includes(other))) expect(cookie).toContain('HttpOnly');
  });

  test('the cookie tells nothing of the session, stays while it does, and goes or changes with it', async () => {
    const browser = await signedIn();
    const first = browser.cookies.get(cookieName) ?? '';
    const response = await redeem(provider, client, answerOf(await browser.get(authorizationUrl(client))).code ?? '');
    const { sid } = JSON.parse(Buffer.from(response.json().id_token.split('.')[1], 'base64url').toString());
    for (const encoding of ['hex', 'base64url', 'utf8'] as const)
      expect(Buffer.from(first, 'base64url').toString(encoding)).not.toContain(sid);
    expect(sha256(sid)).not.toBe(first);
    await browser.post('/login', { username: 'alice', password });
    expect(browser.cookies.get(cookieName)).toBe(first);
    await browser.post('/login', { username: 'bob', password });
    expect(browser.cookies.get(cookieName)).not.toBe(first);
    await browser.post('/logout', {});
    expect(browser.cookies.has(cookieName)).toBe(false);
  });

  test('the cookie opens no session', async () => {
    const browser = await signedIn();
    const thief = provider.browser();
    for (const name of [cookieName, '__Host-castellan_session'])
      thief.cookies.set(name, browser.cookies.get(cookieName) ?? '');
    expect((await thief.get('/')).statusCode).toBe(303);
  });

  test.each<[string, (client_id: string) => Record<string, string>, number]>([
    ['its own origin', (client_id) => ({ client_id, origin: 'https://app.example' }), 204],
    ['another origin', (client_id) => ({ client_id, origin: 'https://evil.example' }), 403],
    ['another port', (client_id) => ({ client_id, origin: 'https://app.example:444' }), 403],
    ['another scheme', (client_id) => ({ client_id, origin: 'http://app.example' }), 403],
    ['an origin with a path', (client_id) => ({ client_id, origin: redirect_uri }), 403],
    ['no origin', (client_id) => ({ client_id }), 403],
    ['an unknown client', () => ({ client_id: 'unknown', origin: 'https://app.example' }), 403],
    ['no client', () => ({ origin: 'https://app.example' }), 403],
  ])('the frame answers a client at %s, or not', async (_title, query, status) => {
    const response = await provider.app.inject(`/oidc/check-session/origin?${encode(query(client.client_id))}`);
    expect(response.statusCode).toBe(status);
    expect(response.body).toBe('');
  });
});

describe('in Chromium, over https', () => {
  const { cert, key } = selfSignedCertificate(['op.castle.test', 'rp.castle.test', 'far.test', 'evil.test']);
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'));
  let browser: Browser;
  let provider: Provider;
  let site: Server;
  let sitePort: number;
  let client: RegisteredClient;
  let visits: string[] = [];
  /** Applications: `rp.castle` under the same roof as we are, `far` and `evil` at other sites. */
  const at = (host: string, path: string) => `https://${host}.test:${sitePort}${path}`;

  beforeAll(async () => {
    browser = await launchBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1']);
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key);
    const port = await freePort();
    provider = await startProvider({
      settings: {
        CASTELLAN_PUBLIC_URL: `https://op.castle.test:${port}`,
        CASTELLAN_TLS_CERT: join(folder, 'cert.pem'),
        CASTELLAN_TLS_KEY: join(folder, 'key.pem'),
      },
    });
    await provider.app.listen({ port, host: '127.0.0.1' });
    site = createServer({ cert, key }, ({ url, headers: { host } }, response) => {
      visits.push(`${host?.replace(/\.test.*/, '')} ${url}`);
      if (url?.startsWith('/never')) return;
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>x</title><link rel="icon" href="data:,">
<iframe id="op" src="${url?.startsWith('/bye') ? 'about:blank' : `${provider.config.issuer}/check-session`}"></iframe>
<script>const ask = (message) => new Promise((resolve) => {
  onmessage = ({ data, origin }) => origin === '${provider.config.publicUrl}' && resolve(data);
  document.querySelector('#op').contentWindow.postMessage(message, '*');
});</script>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const address = site.address();
    sitePort = typeof address === 'object' && address ? address.port : 0;
    await provider.addUser();
    client = await provider.register({
      client_name: 'Photo Album',
      first_party: true,
      redirect_uris: [at('rp.castle', '/cb'), at('far', '/cb')],
      post_logout_redirect_uris: [at('rp.castle', '/home')],
      frontchannel_logout_uri: at('rp.castle', '/bye'),
      frontchannel_logout_session_required: true,
    });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    site?.closeAllConnections();
    site?.close();
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const newContext = (options: { javaScriptEnabled?: boolean } = {}) =>
    browser.newContext({ ignoreHTTPSErrors: true, ...options });
  /** Signs in, and is at the application then. */
  const signIn = async (context: BrowserContext): Promise<{ page: Page; answer: URLSearchParams }> => {
    const page = await context.newPage();
    const url = authorizationUrl(client, { redirect_uri: at('rp.castle', '/cb') });
    await page.goto(`${provider.config.publicUrl}${url}`);
    await page.fill('#login-username', 'alice');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    await page.waitForURL(`${at('rp.castle', '/cb')}?*`);
    return { page, answer: new URL(page.url()).searchParams };
  };
  const idToken = async (code: string | null): Promise<string> =>
    (await redeem(provider, client, code ?? '', { redirect_uri: at('rp.castle', '/cb') })).json().id_token;
  const ask = (page: Page, message: unknown) => page.evaluate<string>(`ask(${JSON.stringify(message)})`);

  test('the frame tells whether the session is the same, and strangers nothing', async () => {
    const context = await newContext();
    const { page, answer } = await signIn(context);
    const session_state = answer.get('session_state');
    const message = `${client.client_id} ${session_state}`;
    expect(await ask(page, message)).toBe('unchanged');
    expect(await ask(page, `${client.client_id} ${'A'.repeat(43)}.salt`)).toBe('changed');
    for (const malformed of [
      client.client_id,
      '',
      ` ${session_state}`,
      `${message} x`,
      7,
      null,
      { a: 1 },
      message.repeat(99),
    ])
      expect(await ask(page, malformed)).toBe('error');
    expect(await ask(page, `unknown ${session_state}`)).toBe('error');
    const stranger = await context.newPage();
    await stranger.goto(at('evil', '/cb'));
    expect(await ask(stranger, message)).toBe('error');

    // In this window Chromium keeps our cookies from frames at other sites, so that we cannot tell.
    const far = await context.newPage();
    await far.goto(at('far', '/cb'));
    expect(await ask(far, message)).toBe('error');

    const own = await context.newPage();
    await own.goto(provider.config.publicUrl);
    await own.click('.account-menu summary');
    await own.click('#sign-out');
    await own.waitForSelector('text=You are signed out');
    expect(await ask(page, message)).toBe('changed');
    await context.close();
  });

  test.each([
    { how: 'with scripts', javaScriptEnabled: true },
    { how: 'without scripts', javaScriptEnabled: false },
  ])('signing out $how opens the frames, and then leads back', async ({ javaScriptEnabled }) => {
    const context = await newContext({ javaScriptEnabled });
    const { page, answer } = await signIn(context);
    const id_token_hint = await idToken(answer.get('code'));
    const complaints: string[] = [];
    page.on('console', (entry) => complaints.push(entry.text()));
    visits = [];
    const back = { id_token_hint, post_logout_redirect_uri: at('rp.castle', '/home'), state: 'the state' };
    await page.goto(`${provider.config.issuer}/oauth2/logout?${encode(back)}`, { waitUntil: 'commit' });
    await page.waitForURL(at('rp.castle', '/home?state=the+state'));
    const { sid } = JSON.parse(Buffer.from(id_token_hint.split('.')[1] ?? '', 'base64url').toString());
    const bye = `rp.castle /bye?${encode({ iss: provider.config.issuer, sid })}`;
    expect(visits).toContain(bye);
    expect(visits.indexOf(bye)).toBeLessThan(visits.indexOf('rp.castle /home?state=the+state'));
    expect(complaints.filter((text) => /Content Security Policy|Refused/.test(text))).toEqual([]);
    await context.close();
  });

  test('an application whose frame never loads holds nobody back', async () => {
    const slow = await provider.register({
      first_party: true,
      redirect_uris: [at('rp.castle', '/cb')],
      frontchannel_logout_uri: at('rp.castle', '/never'),
    });
    const context = await newContext();
    const { page, answer } = await signIn(context);
    const id_token_hint = await idToken(answer.get('code'));
    const url = authorizationUrl(slow, { redirect_uri: at('rp.castle', '/cb') });
    await page.goto(`${provider.config.publicUrl}${url}`);
    const back = { id_token_hint, post_logout_redirect_uri: at('rp.castle', '/home') };
    await page.goto(`${provider.config.issuer}/oauth2/logout?${encode(back)}`, { waitUntil: 'commit' });
    await page.waitForURL(at('rp.castle', '/home'), { timeout: 15_000 });
    await context.close();
  });

  test('the receipt is a page that axe finds nothing wrong with', async () => {
    const context = await newContext();
    const { page } = await signIn(context);
    await page.goto(provider.config.publicUrl);
    await page.click('.account-menu summary');
    await page.click('#sign-out');
    await page.waitForSelector('text=Photo Album');
    expect(await accessibilityProblems(page)).toEqual([]);
    if (process.env.CASTELLAN_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.CASTELLAN_SCREENSHOTS, 'receipt.png') });
    await context.close();
  });
});

test('without https the cookie still reaches frames of the same site', async () => {
  const provider = await startProvider();
  await provider.addUser();
  const { headers } = await provider.browser().post('/login', { username: 'alice', password });
  expect(headers['set-cookie']).toContainEqual(
    expect.stringMatching(/^castellan_browser_state=[\w-]{43}; Path=\/; Max-Age=\d+; SameSite=Lax$/),
  );
  await provider.close();
});
