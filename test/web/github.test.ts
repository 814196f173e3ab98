/** Signing in through GitHub, which speaks OAuth 2.0 alone: here a server on the loopback that answers as it does. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { findUserByLogin } from '../../src/identity/users.ts';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { textOf } from '../support/console.ts';
import { sentTo } from '../support/fake-provider.ts';
import { actor, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';

const sessionCookie = '__Host-castellan_session';

interface FakeGitHub {
  readonly site: string;
  account: Record<string, unknown>;
  emails: unknown;
  status: number;
  challenge: string | undefined;
  readonly asked: string[];
}

let github: FakeGitHub;
let ours: Provider;
let browser: TestBrowser;

beforeEach(async () => {
  github = await startGitHub();
  ours = await startProvider({
    settings: { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
  });
  await addIdentityProvider(
    ours.context,
    {
      name: 'github',
      settings: {
        ...{ kind: 'github', label: 'GitHub', issuer: github.site, client_id: 'ours' },
        ...{ creates_users: true, trusts_email_verified: true },
      },
      client_secret: 'a-secret',
    },
    actor,
  );
  browser = ours.browser();
});
afterEach(() => ours.close());

async function startGitHub(): Promise<FakeGitHub> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const { pathname } = new URL(request.url ?? '', fake.site);
    fake.asked.push(pathname);
    const verified = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const answers: Record<string, unknown> = {
      '/login/oauth/access_token':
        form.get('client_id') !== 'ours' || form.get('client_secret') !== 'a-secret'
          ? { error: 'incorrect_client_credentials' }
          : form.get('code') === 'right' && (fake.challenge === undefined || fake.challenge === verified)
            ? { access_token: 'gho_token', token_type: 'bearer', scope: 'read:user,user:email' }
            : { error: 'bad_verification_code' },
      '/api/v3/user': fake.account,
      '/api/v3/user/emails': fake.emails,
    };
    const isApi = pathname.startsWith('/api/');
    const isKnown = !isApi || request.headers.authorization === 'Bearer gho_token';
    response
      .writeHead(isKnown ? (isApi ? fake.status : 200) : 401, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(answers[pathname] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('GitHub has no address');
  const fake: FakeGitHub = {
    site: `http://127.0.0.1:${address.port}`,
    account: { id: 583_231, login: 'octocat', name: 'The Octocat' },
    emails: [
      { email: 'other@example.com', primary: false, verified: true },
      { email: 'octocat@example.com', primary: true, verified: true },
    ],
    status: 200,
    challenge: undefined,
    asked: [],
  };
  return fake;
}

async function answer(code = 'right'): Promise<string> {
  const sent = new URL(await sentTo(browser, '/login/with/github'));
  expect(sent.href.startsWith(`${github.site}/login/oauth/authorize?`)).toBe(true);
  expect(sent.searchParams.get('scope')).toBe('read:user user:email');
  github.challenge = sent.searchParams.get('code_challenge') ?? '';
  const state = sent.searchParams.get('state') ?? '';
  return `${sent.searchParams.get('redirect_uri')}?${new URLSearchParams({ code, state })}`;
}

test('makes an account with the name and the primary address, and knows it again by its number', async () => {
  const page = await browser.open(await answer());
  expect(page.body).toMatch(/id="login-new-username"[^>]*value="octocat"/);
  await browser.submit(page, { username: 'octocat', name: 'The Octocat' });
  expect(browser.cookies.has(sessionCookie)).toBe(true);
  expect(await findUserByLogin(ours.context, 'octocat')).toMatchObject({
    ...{ email: 'octocat@example.com', email_verified: true },
    claims: { name: 'The Octocat' },
  });
  browser = ours.browser();
  github.account = { id: 583_231, login: 'renamed', name: null };
  await browser.open(await answer());
  expect(textOf(await browser.get('/account'))).toContain('octocat');
});

test('somebody else who takes over the login of before is somebody else', async () => {
  await browser.submit(await browser.open(await answer()), { username: 'octocat' });
  browser = ours.browser();
  github.account = { id: 999, login: 'octocat', name: 'Mallory' };
  github.emails = [{ email: 'mallory@example.com', primary: true, verified: true }];
  expect(textOf(await browser.open(await answer()))).toContain('You are new here');
  expect(browser.cookies.has(sessionCookie)).toBe(false);
});

test('an address that is not verified there is not verified here', async () => {
  github.emails = [{ email: 'octocat@example.com', primary: true, verified: false }];
  await browser.submit(await browser.open(await answer()), { username: 'octocat' });
  expect(await findUserByLogin(ours.context, 'octocat')).toMatchObject({ email_verified: false });
});

test.each<[string, () => Promise<string>, number]>([
  ['a code that GitHub did not give', () => answer('wrong'), 403],
  ['an account without a number', async () => change({ account: { login: 'octocat' } }), 403],
  ['a number that is text', async () => change({ account: { id: '1', login: 'octocat' } }), 403],
  ['an API that refuses the token', async () => change({ status: 403 }), 403],
  ['an API that fails', async () => change({ status: 502 }), 502],
  ['addresses of another form', async () => change({ emails: { message: 'Not Found' } }), 403],
])('refuses %s', async (_what, prepare, status) => {
  const page = await browser.open(await prepare());
  expect(page.statusCode).toBe(status);
  expect(page.body).toContain('id="login-username"');
  expect(browser.cookies.has(sessionCookie)).toBe(false);
});

async function change(changes: Partial<FakeGitHub>): Promise<string> {
  const address = await answer();
  Object.assign(github, changes);
  return address;
}

test('a code is of no use without the verifier of this browser', async () => {
  const address = await answer();
  github.challenge = 'that of somebody else';
  expect((await browser.get(address)).statusCode).toBe(403);
});
