/**
 * Walks the pages that people see on the way through a sign-in, a device, a sign-out and their account, in German, and
 * looks for what is still English: every text of the English catalogues that German says in other words.
 */
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorizationUrl } from '../support/code-flow.ts';
import {
  formIn,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  TestBrowser,
} from '../support/provider.ts';

type Response = Awaited<ReturnType<TestBrowser['get']>>;

let provider: Provider;
let client: RegisteredClient;
let other: RegisteredClient;

const german = { 'accept-language': 'de' };

beforeAll(async () => {
  // Nobody listens there: what would be mailed waits.
  const mail = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };
  provider = await startProvider({ settings: { CASTELLAN_SIGN_UP: 'open', ...mail } });
  const person = { claims: { name: 'Åsa Öhman' }, groups: ['küche'] };
  await provider.addUser(person);
  await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  const links = {
    policy_uri: 'https://app.example/1',
    tos_uri: 'https://app.example/2',
    client_uri: 'https://app.example/',
  };
  client = await provider.register({ client_name: 'Xyz', optional_scope: 'email', ...links });
  other = await provider.register({
    client_name: 'Qrs',
    redirect_uris: [],
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
  });
});
afterAll(() => provider.close());

/** A browser that prefers German. */
class GermanBrowser extends TestBrowser {
  override get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return super.get(url, { ...german, ...headers });
  }
  override post(
    url: string,
    form: Parameters<TestBrowser['post']>[1],
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return super.post(url, form, { ...german, ...headers });
  }
}

const newBrowser = () => new GermanBrowser(provider.app, provider.config.publicUrl);
const signedIn = async (...names: string[]) => {
  const browser = newBrowser();
  for (const username of names) await browser.post('/login', { username, password });
  return browser;
};
const everything = 'openid profile email address phone groups offline_access';
const ask = (changes = {}) => authorizationUrl(client, { scope: everything, ...changes });
const userCode = async () =>
  (await provider.post('/oidc/oauth2/device/auth', { scope: 'openid email' }, other)).json().user_code;

const pages: [string, () => Promise<Response>][] = [
  ['the sign-in page', async () => newBrowser().open(ask())],
  [
    'a refused sign-in',
    async () => {
      const browser = newBrowser();
      return browser.submit(await browser.open(ask()), { username: 'alice', password: 'wrong' });
    },
  ],
  ['the consent page', async () => (await signedIn('alice')).open(ask())],
  [
    'the consent page with an unknown decision',
    async () => {
      const browser = await signedIn('alice');
      return browser.submit(await browser.open(ask()), { decision: 'perhaps' });
    },
  ],
  ['the choice of an account', async () => (await signedIn('alice', 'bob')).open(ask({ prompt: 'select_account' }))],
  ['the choice of an account for our own pages', async () => (await signedIn('alice', 'bob')).get('/select-account')],
  [
    'the page that goes back by itself',
    async () => {
      const browser = await signedIn('alice');
      const page = await browser.open(ask({ response_mode: 'form_post' }));
      return browser.submit(page, { decision: 'allow' });
    },
  ],
  [
    'the page for the code of a device',
    async () => (await signedIn('alice')).get(`/device?user_code=${await userCode()}`),
  ],
  [
    'the page for a wrong code of a device',
    async () => (await signedIn('bob')).post('/device', { user_code: 'BBBB-BBBB' }),
  ],
  [
    'the question of a device',
    async () => {
      const browser = await signedIn('alice');
      return browser.submit(await browser.get('/device'), { user_code: await userCode() });
    },
  ],
  ['a connected device', async () => (await signedIn('alice')).get('/device/done?decision=allow')],
  ['a device that is not connected', async () => (await signedIn('alice')).get('/device/done?decision=deny')],
  ['a device that was decided on', async () => (await signedIn('alice')).get('/device/confirm?device=x')],
  [
    'the question of a sign-out',
    async () => (await signedIn('alice', 'bob')).get(`/oidc/oauth2/logout?client_id=${client.client_id}`),
  ],
  [
    'a sign-out',
    async () => {
      const browser = await signedIn('alice', 'bob');
      return browser.follow(await browser.post('/logout', {}));
    },
  ],
  ['a sign-out that asks for too much', async () => newBrowser().get('/oidc/oauth2/logout?id_token_hint=x')],
  ['an old question of a sign-out', async () => (await signedIn('alice')).post('/logout', { confirmation: 'x' })],
  ['the applications', async () => (await signedIn('alice')).get('/')],
  ['the account', async () => (await signedIn('alice')).get('/account')],
  ['nothing', async () => newBrowser().get('/nothing')],
  ['a request that is not in order', async () => newBrowser().get('/oidc/oauth2/auth?client_id=nobody')],
  ['a sign-in of another browser', async () => newBrowser().get('/login?continuation=x')],
  [
    'a sign-in that was finished',
    async () => {
      const browser = await signedIn('alice');
      const page = await browser.open(ask({ prompt: 'consent' }));
      await browser.submit(page, { decision: 'allow' });
      return browser.submit(page, { decision: 'allow' });
    },
  ],
  ['a form from elsewhere', async () => newBrowser().post('/login', {}, { 'sec-fetch-site': 'cross-site' })],
  ['a body that is no form', async () => newBrowser().post('/login', {}, { 'content-type': 'text/plain' })],
];

test.each(pages)('%s has no English on it in German', async (_title, open) => {
  const { body } = await open();
  expect(body).toMatch(/<html lang="de"/);
  expect(englishOn(textIn(body), await english)).toEqual([]);
});

test.each([
  ...['/login', '/login/email', '/forgot-password', '/sign-up', '/device', '/setup', '/setup?token=x'],
  ...['/recovery?token=x', '/recovery/email?token=x', '/invitation?token=x', '/sign-up/link?token=x'],
  ...['/login/email/link?token=x', '/login/with/nobody', '/login/with/nobody/callback?code=x'],
])('%s has no English on it in German for who is not signed in', async (path) => {
  const { body } = await newBrowser().open(path);
  expect(body).toMatch(/<html lang="de"/);
  expect(englishOn(textIn(body), await english)).toEqual([]);
});

test.each([
  ...[
    '/account',
    '/account/email',
    '/account/email/confirm?token=x',
    '/account/security',
    '/account/security/password',
  ],
  ...['/account/security/authenticator', '/account/security/recovery-codes', '/account/security/passkeys/new'],
  ...['/account/sessions', '/account/applications', '/account/activity', '/account/data', '/account/data/delete'],
])('%s has no English on it in German for who is signed in', async (path) => {
  const { body } = await (await signedIn('alice')).open(path);
  expect(body).toMatch(/<html lang="de"/);
  expect(englishOn(textIn(body), await english)).toEqual([]);
});

test('the walk would find English', async () => {
  const browser = provider.browser();
  const { body } = await browser.open(ask());
  expect(englishOn(textIn(body), await english)).toContain('User name or e-mail address');
  expect(englishOn(textIn((await browser.get('/nothing')).body), await english)).toContain(
    'There is nothing at this address.',
  );
});

test('a new installation says in German what to do', async () => {
  const fresh = await startProvider();
  const { body } = await fresh.app.inject({ url: '/', headers: german });
  expect(body).toContain('Castellan läuft');
  expect(englishOn(textIn(body), await english)).toEqual([]);
  await fresh.close();
});

test('what an application wants (ui_locales) holds on every page of its request, also on its errors', async () => {
  const browser = provider.browser();
  const login = await browser.open(ask({ ui_locales: 'ja' }));
  expect(login.body).toContain('<html lang="ja"');
  const consent = await browser.submit(login, { username: 'bob', password });
  expect(consent.body).toContain('<html lang="ja"');
  expect(consent.body).toContain('許可');
  const { action, hidden } = formIn(consent.body);
  const refused = await browser.post(action, { ...hidden, decision: 'perhaps' });
  expect(refused.body).toContain('<html lang="ja"');
  const unknown = await browser.get(`/oidc/oauth2/auth?client_id=x&ui_locales=ja`);
  expect(unknown.body).toMatch(/lang="ja"[\s\S]*続けられません[\s\S]*<p class="hint" lang="en">/);
});

/** The longer texts of the English catalogues that German has other words for, their arguments cut out. */
const english = (async () => {
  const texts: string[] = [];
  for (const folder of globSync('src/{identity,web}/**/texts')) {
    const [en, de] = await Promise.all(
      ['en', 'de'].map(
        async (tag): Promise<Record<string, string>> => (await import(resolve(folder, `${tag}.ts`)))[tag],
      ),
    );
    for (const [key, text] of Object.entries(en ?? {}))
      if (text !== de?.[key])
        texts.push(
          ...text
            .split(/\{.*\}/s)
            .map((part) => part.trim())
            .filter((part) => / \S+ /.test(part)),
        );
  }
  return [...new Set(texts)];
})();

const englishOn = (text: string, texts: readonly string[]) =>
  [...texts, ...smallWords].filter((part) => text.includes(part));

/** What English cannot do without. */
const smallWords = [' the ', ' you ', ' your ', ' with ', ' Allow ', ' Cancel ', ' Sign ', ' new ', ' Copy '];

/** What is read out of a page, without what is marked as English and the names of languages. */
function textIn(body: string): string {
  const main = body
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<p class="hint" lang="en">[^<]*<\/p>/g, '')
    .replace(/<form method="post" action="\/language"[\s\S]*?<\/form>/, '')
    .replace(/ (?:aria-label|alt|title|placeholder)="([^"]*)"/g, '> $1 <');
  return ` ${main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')} `;
}
