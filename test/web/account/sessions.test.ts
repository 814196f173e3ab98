import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listSessions } from '../../../src/identity/sessions.ts';
import { findUserByLogin } from '../../../src/identity/users.ts';
import { translate } from '../../../src/lib/message-format.ts';
import { deviceName } from '../../../src/web/ui/device-name/index.ts';
import { deviceNameTexts } from '../../../src/web/ui/device-name/texts/index.ts';
import { obtainTokens } from '../../support/code-flow.ts';
import { evil, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { locationOf, type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';
import { startRelyingParty } from '../../support/relying-party.ts';

const path = '/account/sessions';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe.each(engines)('the page of sessions on %s', (engine) => {
  let provider: Provider;

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  });
  afterAll(() => provider.close());

  let people = 0;
  /** A new person who is signed in at as many browsers. */
  const person = async (count: number) => {
    const username = `person-${++people}`;
    await provider.addUser({ username, email: `${username}@example.com` });
    const browsers = Array.from({ length: count }, () => provider.browser());
    for (const browser of browsers) await browser.signIn(username);
    const [here] = browsers;
    if (!here) throw new Error('nobody is signed in');
    return { username, here, others: browsers.slice(1) };
  };
  const sessionsOf = async (username: string) => {
    const user = await findUserByLogin(provider.context, username);
    return listSessions(provider.context, user?.id ?? '');
  };
  const isSignedIn = async (browser: TestBrowser | undefined) => (await browser?.get('/account'))?.statusCode === 200;

  test('tells of each browser what it is, how and from where it signed in, and what was opened', async () => {
    const { here } = await person(2);
    const client = await provider.register({ client_name: `Wiki ${evil}`, first_party: true });
    await obtainTokens(provider, here, client);
    const page = await here.get(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain(evil);
    const text = textOf(page);
    expect(text).toContain('this browser');
    expect(text).toContain('Password');
    expect(text).toContain('127.0.0.1');
    expect(text).toContain('Wiki &lt;img');
    expect(text).toContain('Other browsers');
  });

  test('signs another browser out, and its cookie is dead at once', async () => {
    const { username, here, others } = await person(2);
    const [other = provider.browser()] = others;
    const id = /name="session" value="([0-9a-f]{32})"/.exec((await here.get(path)).body)?.[1] ?? '';
    const response = await here.post(path, { session: id });
    expect(response.statusCode).toBe(303);
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
    expect(await sessionsOf(username)).toHaveLength(1);
    expect(textOf(await here.follow(response))).toContain('One browser is signed out.');
  });

  test('signs all others out, and stays signed in here', async () => {
    const { here, others } = await person(3);
    const response = await here.post(path, { decision: 'others' });
    expect(textOf(await here.follow(response))).toContain('2 browsers are signed out.');
    expect(await Promise.all([here, ...others].map(isSignedIn))).toEqual([true, false, false]);
  });

  test('signs out everywhere, here too, and says which applications were told of any of it', async () => {
    const { username, here, others } = await person(2);
    const [other = provider.browser()] = others;
    const site = await startRelyingParty();
    const told = await provider.register({
      client_name: 'Told',
      first_party: true,
      backchannel_logout_uri: `${site.origin}/back`,
    });
    const untold = await provider.register({ client_name: 'Untold', first_party: true });
    await obtainTokens(provider, other, told);
    await obtainTokens(provider, here, untold);
    const response = await here.post('/logout', { everywhere: 'true' });
    const page = textOf(await here.follow(response));
    expect(page).toContain('You are signed out');
    expect(page).toMatch(/Told Was told\./);
    expect(page).toMatch(/Untold Is not told/);
    expect(site.logoutTokens).toHaveLength(1);
    expect(await sessionsOf(username)).toEqual([]);
    expect(await isSignedIn(other)).toBe(false);
  });

  test('the receipt says which applications were told, to the person alone and for ten minutes', async () => {
    const { here, others } = await person(2);
    const [other = provider.browser()] = others;
    const site = await startRelyingParty();
    const client = await provider.register({
      client_name: `Shop ${evil}`,
      first_party: true,
      backchannel_logout_uri: `${site.origin}/back`,
    });
    const slow = await provider.register({ client_name: 'Never told', first_party: true });
    await obtainTokens(provider, other, client);
    await obtainTokens(provider, other, slow);
    const location = locationOf(await here.post(path, { decision: 'others' })) ?? '';
    const receipt = await here.get(location);
    expect(receipt.body).not.toContain(evil);
    expect(textOf(receipt)).toMatch(/Shop &lt;img[^;]*&gt; Was told\./);
    expect(textOf(receipt)).toMatch(/Never told Is not told when you sign out here: sign out there, too\./);
    const bob = provider.browser();
    await bob.signIn('bob');
    expect(textOf(await bob.get(location))).not.toContain('Was told');
    expect(textOf(await here.get(`${location}x`))).not.toContain('Was told');
    provider.clock.advance(600);
    expect(textOf(await here.get(location))).not.toContain('Was told');
  });

  test.each(['of another person', 'that has ended', 'of this very browser', 'that was made up'])(
    'refuses the id of a session %s',
    async (whose) => {
      const { username, here } = await person(1);
      const bob = provider.browser();
      await bob.signIn('bob');
      const ids: Record<string, string | undefined> = {
        'of another person': (await sessionsOf('bob'))[0]?.id,
        'that has ended': 'a'.repeat(32),
        'of this very browser': (await sessionsOf(username))[0]?.id,
        'that was made up': "' OR 1=1 --",
      };
      const response = await here.post(path, { session: ids[whose] });
      expect(response.statusCode).toBe(404);
      expect(textOf(response)).toContain('This browser is not signed in any more.');
      expect(await isSignedIn(bob)).toBe(true);
      expect(await isSignedIn(here)).toBe(true);
      await bob.post('/logout', {});
    },
  );

  test('a name of a browser that looks like markup is text', async () => {
    const { username } = await person(1);
    const browser = provider.browser();
    const login = await browser.get('/login');
    await browser.follow(
      await browser.post(
        '/login',
        { ...hiddenIn(login.body), username, password: 'correct horse battery staple' },
        { 'user-agent': `${firefox} ${evil}` },
      ),
    );
    const page = await browser.get(path);
    expect(page.body).not.toContain(evil);
    expect(textOf(page)).toContain('Firefox on Linux');
  });
});

test.each([
  [firefox, 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
    'Chrome on iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Samsung Internet on Android',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Chrome on macOS',
  ],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36', 'Chrome on ChromeOS'],
  ['curl/8.9.1', 'curl'],
  ['', 'Unknown device'],
  ['x'.repeat(256), 'Unknown device'],
])('%j is called %s', (user_agent, name) => {
  const t = translate(deviceNameTexts, 'en', new Map());
  expect(deviceName(t, user_agent)).toBe(name);
});

function hiddenIn(body: string): Record<string, string> {
  return Object.fromEntries(
    [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}
