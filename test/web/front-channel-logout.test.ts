import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClientMetadata } from '../../src/protocol/registrable-metadata.ts';
import { withQuery } from '../../src/protocol/response-modes/query.ts';
import { authorizationUrl, authorize, obtainTokens, payloadOf } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  encode,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { startRelyingParty } from '../support/relying-party.ts';

const back = 'https://app.example/signed-out';

test('whatever is registered as a logout address is refused, or is one on the web to which iss and sid can be added', () => {
  const part = fc.constantFrom(
    'https://',
    'http://',
    'localhost',
    'app.example',
    ':8443',
    '/bye',
    '?a=b',
    '#x',
    '@',
    '&',
    '%2e',
    '..',
    '[::1]',
    '*',
    '\\',
    ' ',
    'é',
    '\r\n',
  );
  const text = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string(),
    fc.array(part).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (uri) => {
      const redirect_uris = URL.canParse(uri) ? [`${new URL(uri).origin}/cb`] : [redirect_uri];
      for (const member of ['backchannel_logout_uri', 'frontchannel_logout_uri']) {
        const read = readClientMetadata({ redirect_uris, [member]: uri }, 'client');
        if ('problems' in read) continue;
        const { protocol, hostname, hash, username } = new URL(uri);
        expect(protocol === 'https:' || /^((.+\.)?localhost|127\.[\d.]+|\[::1\])$/.test(hostname)).toBe(true);
        expect(hash + username).toBe('');
        const frame = new URL(withQuery(uri, { iss: 'https://id.example/oidc', sid: 'the-sid' }));
        expect(frame.origin).toBe(new URL(uri).origin);
        expect(frame.searchParams.getAll('iss')).toEqual(['https://id.example/oidc']);
        expect(frame.searchParams.getAll('sid')).toEqual(['the-sid']);
      }
    }),
    { numRuns: 3000 },
  );
});

describe.each(engines)('front-channel logout and the receipt on %s', (engine) => {
  let provider: Provider;

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    await provider.addUser();
  });
  afterAll(() => provider.close());

  const register = (more: Record<string, unknown> = {}) =>
    provider.register({ first_party: true, post_logout_redirect_uris: [back], ...more });
  const framed = (client_name: string, more: Record<string, unknown> = {}) =>
    register({ client_name, frontchannel_logout_uri: 'https://app.example/bye?a=b', ...more });
  const signedIn = async () => {
    const browser = provider.browser();
    await browser.signIn();
    return browser;
  };
  const idTokenOf = async (browser: TestBrowser, client: RegisteredClient, scope = 'openid') =>
    (await obtainTokens(provider, browser, client, { scope })).id_token ?? '';
  const signOut = (browser: TestBrowser, id_token_hint: string, state?: string) =>
    browser.get(`/oidc/oauth2/logout?${encode({ id_token_hint, post_logout_redirect_uri: back, state })}`);
  const unescaped = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  const framesIn = ({ body }: LightMyRequestResponse) =>
    [...body.matchAll(/<iframe [^>]*src="([^"]*)"[^>]*>/g)].map(([, address = '']) => unescaped(address));
  const frameSources = ({ headers }: LightMyRequestResponse) =>
    /frame-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];
  /** What the receipt says of an application, as text. */
  const lineOf = ({ body }: LightMyRequestResponse, name: string) =>
    body
      .split('<li>')
      .find((item) => item.includes(`<strong>${name}</strong>`))
      ?.replace(/<svg.*?<\/svg>|<\/ul>.*/gs, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();

  describe('the frames', () => {
    test('carry iss and sid where the client needs them, nothing where it does not, and keep its own query', async () => {
      const browser = await signedIn();
      const plain = await framed('Plain');
      const strict = await framed('Strict', { frontchannel_logout_session_required: true });
      await idTokenOf(browser, plain);
      const id_token = await idTokenOf(browser, strict);
      const page = await signOut(browser, id_token, 's');
      const iss = encodeURIComponent(provider.config.issuer);
      expect(framesIn(page).sort()).toEqual([
        'https://app.example/bye?a=b',
        `https://app.example/bye?a=b&iss=${iss}&sid=${payloadOf(id_token).sid}`,
      ]);
    });

    test('are allowed by origin, exactly those of the applications, and no other page has any', async () => {
      const other = {
        redirect_uris: [redirect_uri, 'https://other.example:8443/cb'],
        frontchannel_logout_uri: 'https://other.example:8443/bye',
      };
      const browser = await signedIn();
      await idTokenOf(browser, await framed('One'));
      await idTokenOf(browser, await framed('Two'));
      const page = await signOut(browser, await idTokenOf(browser, await register(other)));
      expect(frameSources(page)?.split(' ').sort()).toEqual(['https://app.example', 'https://other.example:8443']);
      expect(frameSources(await browser.get('/login'))).toBeUndefined();
      expect(frameSources(await browser.get('/signed-out'))).toBeUndefined();
    });

    test('are hidden, sandboxed away from our window, and told of no referrer', async () => {
      const browser = await signedIn();
      const page = await signOut(browser, await idTokenOf(browser, await framed('Boxed')));
      const [frame] = /<iframe[^>]*>/.exec(page.body) ?? [];
      expect(frame).toContain('sandbox="allow-scripts allow-same-origin"');
      expect(frame).toContain('referrerpolicy="no-referrer"');
      expect(frame).toMatch(/ hidden>$/);
    });

    test('are of this session’s applications only', async () => {
      const elsewhere = await signedIn();
      await idTokenOf(elsewhere, await framed('Elsewhere'));
      const browser = await signedIn();
      const noIdToken = await framed('Without ID Token', { scope: 'openid email' });
      await authorize(browser, authorizationUrl(noIdToken, { scope: 'email' }));
      const answer = await signOut(browser, await idTokenOf(browser, await register()));
      expect(locationOf(answer)).toBe(back);
    });

    test('come once: not when the address of the page is opened again later, or in another browser', async () => {
      const browser = await signedIn();
      await idTokenOf(browser, await framed('Once'));
      const url = locationOf(await browser.post('/logout', {})) ?? '';
      expect(framesIn(await browser.get(url))).toHaveLength(1);
      const stranger = await provider.browser().get(url);
      expect(stranger.statusCode).toBe(200);
      expect(framesIn(stranger)).toEqual([]);
      expect(stranger.body).not.toContain('Once');
      const before = provider.clock.now;
      provider.clock.advance(60);
      const later = await browser.get(url);
      expect(framesIn(later)).toEqual([]);
      expect(later.body).toContain('Once');
      provider.clock.advance(540);
      expect((await browser.get(url)).body).not.toContain('Once');
      provider.clock.now = before;
    });

    test.each(['', 'x', 'A'.repeat(5000)])('a made-up receipt (%#) shows the plain page', async (receipt) => {
      const page = await provider.browser().get(`/signed-out?${encode({ receipt })}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('You are signed out');
      expect(framesIn(page)).toEqual([]);
    });
  });

  describe('the way on', () => {
    test('to the application that asked is by script, by header and by link, with the state and nothing more', async () => {
      const browser = await signedIn();
      const page = await signOut(browser, await idTokenOf(browser, await framed('Onward')), 'a b"<&');
      const location = `${back}?state=a+b%22%3C%26`;
      expect(page.statusCode).toBe(200);
      expect(page.headers.refresh).toBe(`8; url=${location}`);
      expect(page.body).toMatch(/<script src="\/assets\/signed-out\.[^"]+\.js" defer>/);
      const [link = ''] = /<a [^>]*id="logout-continue"[^>]*>/.exec(page.body) ?? [];
      expect(unescaped(link)).toContain(`href="${location}"`);
    });

    test('is the same after a question that was answered with yes', async () => {
      const browser = await signedIn();
      const client = await framed('Asked');
      await idTokenOf(browser, client);
      const question = await browser.get(
        `/oidc/oauth2/logout?${encode({ client_id: client.client_id, post_logout_redirect_uri: back })}`,
      );
      const page = await browser.submit(question, { decision: 'allow' });
      expect(framesIn(page)).toHaveLength(1);
      expect(page.headers.refresh).toBe(`8; url=${back}`);
    });

    test('is nowhere when nobody asked to be sent there', async () => {
      const browser = await signedIn();
      await idTokenOf(browser, await framed('Stay'));
      const page = await browser.follow(await browser.post('/logout', {}));
      expect(framesIn(page)).toHaveLength(1);
      expect(page.headers.refresh).toBeUndefined();
      expect(page.body).not.toContain('logout-continue');
    });
  });

  describe('the receipt', () => {
    test('tells of each application whether it was told, and what it keeps until when', async () => {
      const down = await startRelyingParty((response) => response.writeHead(503).end());
      const up = await startRelyingParty();
      const browser = await signedIn();
      await idTokenOf(browser, await framed('Framed'));
      await idTokenOf(browser, await register({ client_name: 'Called', backchannel_logout_uri: up.origin }));
      await idTokenOf(browser, await register({ client_name: 'Away', backchannel_logout_uri: down.origin }));
      await idTokenOf(browser, await register({ client_name: 'Old', access_token_seconds: 600 }));
      const offline = { client_name: 'Mail', backchannel_logout_uri: up.origin, refresh_token_seconds: 86_400 };
      await idTokenOf(browser, await register(offline), 'openid offline_access');
      await authorize(browser, authorizationUrl(await register({ client_name: 'Data' }), { scope: 'email' }));
      const page = await browser.follow(await browser.post('/logout', {}));
      const time = (seconds: number) =>
        page.body.includes(`<time datetime="${new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')}">`);
      expect(lineOf(page, 'Framed')).toBe('Framed Was told.');
      expect(lineOf(page, 'Called')).toBe('Called Was told.');
      expect(lineOf(page, 'Away')).toMatch(
        /^Away Is being told, but has not answered yet\. What it got from here ends by/,
      );
      expect(lineOf(page, 'Old')).toMatch(/^Old Is not told when you sign out here: sign out there, too\. What it got/);
      expect(lineOf(page, 'Mail')).toMatch(/^Mail Was told\. It keeps the access that you allowed it .* until \d/);
      expect(lineOf(page, 'Data')).toMatch(/^Data Is not told/);
      expect(time(provider.clock.now + 600)).toBe(true);
      expect(time(provider.clock.now + 86_400)).toBe(true);
      expect(page.body).toContain('may still know you until you sign out there, too');
    });

    test('says so when everybody was told, and when there was nobody', async () => {
      const browser = await signedIn();
      await idTokenOf(browser, await framed('Told'));
      const told = await browser.follow(await browser.post('/logout', {}));
      expect(told.body).toContain('The applications that you used have been told.');
      const idle = await signedIn();
      const nobody = await idle.follow(await idle.post('/logout', {}));
      expect(nobody.body).toContain('You had opened no application from here.');
    });

    test('escapes the names of applications', async () => {
      const browser = await signedIn();
      await idTokenOf(browser, await framed('<script>alert(1)</script>'));
      const page = await browser.follow(await browser.post('/logout', {}));
      expect(page.body).toContain('&lt;script&gt;alert(1)');
      expect(page.body).not.toContain('<script>alert');
    });

    test('fits into its address however many applications there were', async () => {
      const browser = await signedIn();
      const names = Array.from({ length: 40 }, (_, index) => `application-${index}-${'x'.repeat(170)}`);
      for (const client_id of names) {
        const client = await provider.register({ first_party: true, client_name: 'One of many' }, { client_id });
        await authorize(browser, authorizationUrl(client));
      }
      const url = locationOf(await browser.post('/logout', {})) ?? '';
      expect(url.length).toBeLessThan(8000);
      expect((await browser.get(url)).body.split('One of many').length).toBeGreaterThan(15);
    });
  });

  describe('registration', () => {
    const metadata = { redirect_uris: [redirect_uri] };

    test.each([
      ['http', 'http://app.example/bye'],
      ['a fragment', 'https://app.example/bye#x'],
      ['javascript', 'javascript:alert(1)'],
      ['data', 'data:text/html,x'],
      ['a scheme of its own', 'com.example.app:/bye'],
      ['a user', 'https://a:b@app.example/bye'],
      ['a wildcard', 'https://*.example/bye'],
      ['a port range', 'http://localhost:[3000-3010]/bye'],
      ['our own parameter iss', 'https://app.example/bye?iss=x'],
      ['our own parameter sid', 'https://app.example/bye?sid=x'],
      ['a line break', 'https://app.example/\r\nbye'],
      ['no host', 'https:///bye'],
      ['nothing', ''],
    ])('refuses logout addresses with %s', async (_title, uri) => {
      for (const member of ['frontchannel_logout_uri', 'backchannel_logout_uri'])
        await expect(provider.register({ ...metadata, [member]: uri })).rejects.toMatchObject({
          error: 'invalid_client_metadata',
          error_description: expect.stringContaining(member),
        });
    });

    test.each([
      ['host', 'https://other.example/bye'],
      ['port', 'https://app.example:8443/bye'],
      ['subdomain', 'https://www.app.example/bye'],
    ])('refuses a frame of another %s than every redirect URI, where a call may go', async (_title, uri) => {
      await expect(provider.register({ ...metadata, frontchannel_logout_uri: uri })).rejects.toMatchObject({
        error_description: expect.stringContaining('frontchannel_logout_uri'),
      });
      const client = await provider.register({ ...metadata, backchannel_logout_uri: uri });
      expect(client).toMatchObject({ backchannel_logout_uri: uri, backchannel_logout_session_required: false });
    });
  });
});
