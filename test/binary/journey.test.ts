import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { authorizationUrl, code_verifier } from '../support/code-flow.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { HttpBrowser } from '../support/http-browser.ts';
import { buildBinaryOnce, programs } from '../support/program.ts';
import { basic, type Form, password, redirect_uri } from '../support/provider.ts';

beforeAll(buildBinaryOnce, 300_000);

const installations: Installation[] = [];
afterEach(async () => {
  for (const installation of installations.splice(0)) await installation.remove();
});

describe.each(programs)('$name', { timeout: 60_000 }, (program) => {
  test.each([
    { name: 'one process on SQLite', engine: 'sqlite', workers: '1' },
    { name: 'two processes on SQLite', engine: 'sqlite', workers: '2' },
    { name: 'one process on PostgreSQL', engine: 'postgresql', workers: '1' },
  ] as const)('as $name leads from the setup link to userinfo, and stops with exit status 0', async (row) => {
    const settings = {
      CASTELLAN_WORKERS: row.workers,
      ...(row.engine === 'postgresql' && { CASTELLAN_DATABASE_URL: await freshDatabaseUrl(row.engine) }),
    };
    const castellan = await newInstallation(program);
    installations.push(castellan);
    const server = await castellan.start(settings);

    await becomeAdministrator(castellan, server.stdout());
    const client = await addClient(castellan, settings);
    const code = await signIn(castellan, client);
    const tokens = await redeem(castellan, client, {
      grant_type: 'authorization_code',
      code,
      code_verifier,
      redirect_uri,
    });
    const { sub } = await verified(castellan, tokens.id_token ?? '');
    expect(await userinfo(castellan, tokens.access_token)).toMatchObject({
      sub,
      email: 'ada@example.com',
      name: 'Ada',
    });
    const { refresh_token } = tokens;
    const refreshed = await redeem(castellan, client, { grant_type: 'refresh_token', refresh_token });
    expect(await userinfo(castellan, refreshed.access_token)).toMatchObject({ sub });

    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
    for (const secret of [code, tokens.access_token, refresh_token, client.client_secret])
      expect(server.stdout()).not.toContain(secret);
  });
});

interface Credentials {
  readonly client_id: string;
  readonly client_secret: string;
}

async function becomeAdministrator({ url }: Installation, said: string): Promise<void> {
  const browser = new HttpBrowser(url);
  const page = await browser.open(/^Make the administrator +(\S+)$/m.exec(said)?.[1] ?? 'there is no link');
  const stylesheet = /<link rel="stylesheet" href="([^"]+)"/.exec(page.body)?.[1] ?? 'there is none';
  expect((await browser.open(stylesheet)).headers.get('content-type')).toContain('text/css');
  const answer = await browser.submit(page, { username: 'ada', name: 'Ada', email: 'ada@example.com', password });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin']);
}

async function addClient(castellan: Installation, settings: Record<string, string>): Promise<Credentials> {
  const metadata = {
    client_name: 'Wiki',
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
  };
  const words = ['client', 'add', '--metadata', '@-'];
  const { status, stdout, stderr } = await castellan.spawn(words, { input: JSON.stringify(metadata), settings });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function signIn({ url }: Installation, client: Credentials): Promise<string> {
  const browser = new HttpBrowser(url);
  const page = await browser.open(authorizationUrl(client, { scope: 'openid profile email' }));
  const consent = await browser.follow(await browser.submit(page, { username: 'ada', password }));
  const answer = await browser.follow(await browser.submit(consent, { decision: 'allow' }));
  const location = await browser.follow(answer).then(({ headers }) => new URL(headers.get('location') ?? ''));
  expect(location.href.split('?')[0]).toBe(redirect_uri);
  expect(location.searchParams.get('state')).toBe('the-state');
  return location.searchParams.get('code') ?? '';
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token?: string;
}

async function redeem({ url }: Installation, client: Credentials, form: Form): Promise<Tokens> {
  const response = await fetch(`${url}/oidc/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic(client) },
    body: new URLSearchParams(Object.entries(form).map(([name, value = '']) => [name, value])),
  });
  const answer = await response.text();
  expect([response.status, answer]).toEqual([200, expect.any(String)]);
  return { refresh_token: form.refresh_token, ...JSON.parse(answer) };
}

async function verified({ url }: Installation, id_token: string): Promise<{ sub: string | undefined }> {
  const response = await fetch(`${url}/oidc/.well-known/jwks.json`);
  const keys = createLocalJWKSet(JSON.parse(await response.text()));
  const { payload } = await jwtVerify(id_token, keys, { issuer: `${url}/oidc` });
  expect(payload.nonce).toBe('the-nonce');
  return { sub: payload.sub };
}

async function userinfo({ url }: Installation, access_token: string): Promise<unknown> {
  const response = await fetch(`${url}/oidc/userinfo`, { headers: { authorization: `Bearer ${access_token}` } });
  return response.json();
}
