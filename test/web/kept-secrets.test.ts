/** What proves something about a person is in no log, and in the database only as what nobody can use. */
import { readFileSync } from 'node:fs';
import { raw } from 'sql-template-tag';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createInvitation, invitationLink, newInvitationSchema } from '../../src/identity/invitations.ts';
import { createRecoveryLink } from '../../src/identity/recovery.ts';
import { createSetupLink } from '../../src/identity/setup.ts';
import { findUserByLogin } from '../../src/identity/users.ts';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../src/storage/database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';
import { printedRoutes } from '../support/routes.ts';
import { addAuthenticator } from '../support/second-factor.ts';

const firstPassword = 'correct horse battery staple';
const secondPassword = 'quite another pile of staples';
const smtpPassword = 'p0st-office-key';
const upstreamSecret = 'up5tream-client-secret-of-ours';

interface Walk {
  readonly provider: Provider;
  readonly browser: TestBrowser;
  readonly log: () => string;
  /** By what it is; each was given to somebody, and most are still good. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Goes every way on which something secret is given to somebody, and keeps it. */
async function walk(databaseUrl: string): Promise<Walk> {
  const server = await startMailServer({
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
  });
  const lines: string[] = [];
  const provider = await startProvider({
    databaseUrl,
    settings: {
      ...mailSettings({ url: server.url.replace('://', `://office:${smtpPassword}@`) }),
      CASTELLAN_SIGN_UP: 'open',
    },
    log: { write: (line) => void lines.push(line) },
  });
  onTestFinished(() => provider.close());
  const { context } = provider;
  const secrets = new Map<string, string>([
    ['the first password', firstPassword],
    ['the second password', secondPassword],
    ['the password of the mail server', smtpPassword],
    ['the client secret at a provider', upstreamSecret],
  ]);
  let mails = 0;
  const keepMail = async (what: string) => {
    const { link, code } = await server.mail(++mails);
    for (const value of link === '' ? [] : new URL(link).searchParams.values()) keep(`${what}: the link`, value);
    if (code !== '') for (const each of [code, `${code.slice(0, 4)} ${code.slice(4)}`]) keep(`${what}: the code`, each);
    return { link, code };
  };
  const keep = (what: string, value: string) => secrets.set(`${what} (${secrets.size})`, value);
  const keepCookies = (browser: TestBrowser) => {
    for (const [name, value] of browser.cookies) if (!name.endsWith('browser_state')) keep(name, value);
  };

  await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
  const alice = await provider.addUser({ email_verified: true });
  const settings = { kind: 'openid-connect', label: 'Big Corp', issuer: 'https://corp.example', client_id: 'ours' };
  await addIdentityProvider(context, { name: 'corp', settings, client_secret: upstreamSecret }, actor);
  for (const link of [await createSetupLink(context), await createRecoveryLink(context, alice, actor)])
    keep('a link of an administrator', new URL(link).searchParams.get('token') ?? '');
  const invitation = newInvitationSchema.parse({ email: 'zoe@example.com' });
  const terms = { language: 'en', sendsMail: true } as const;
  keep(
    'an invitation',
    new URL(invitationLink(context, await createInvitation(context, invitation, terms, actor))).searchParams.get(
      'token',
    ) ?? '',
  );
  await keepMail('an invitation');

  const browser = provider.browser();
  await browser.signIn();
  keepCookies(browser);
  const app = await addAuthenticator(provider, browser);
  keep('the key of an authenticator app', app.secret);
  for (const code of app.recoveryCodes) keep('a recovery code', code);
  await keepMail('word of the app');
  const trusted = provider.browser();
  await trusted.submit(await trusted.signIn(), { code: app.next(), trust: 'true' });
  keepCookies(trusted);
  await keepMail('word of a new browser');

  await provider.browser().post('/login/email', { email: 'alice@example.com' });
  await keepMail('a sign-in');
  await provider.browser().post('/forgot-password', { username: 'alice' });
  await keepMail('a new password');
  await browser.post('/account/email', { email: 'alice@example.net' });
  const { code } = await keepMail('another address');
  await browser.post('/account/email/code', { code });
  await keepMail('the former address');
  await browser.post('/account/security/password', { password: secondPassword });
  await keepMail('word of the password');
  const person = { username: 'anna', email: 'anna@example.org', name: 'Anna', password: firstPassword };
  await provider.browser().post('/sign-up', person);
  await keepMail('a sign-up');
  return { provider, browser, log: () => lines.join(''), secrets };
}

/** Everything that the database holds: its files as they are, or every row of every table. */
async function everythingIn({ context, config }: Provider): Promise<string> {
  const rows: unknown[] = [];
  for (const table of await context.database.listTables())
    rows.push(...(await context.database.all(sql`SELECT * FROM ${raw(table)}`)));
  const [, file] = /^sqlite:(.+)$/.exec(config.databaseUrl) ?? [];
  const files = file === undefined ? [] : ['', '-wal'].map((end) => readFileSync(file + end).toString('latin1'));
  return [JSON.stringify(rows), ...files].join('\n');
}

/** The pages of the account, and those of the console but for one that shows the link of an invitation. */
async function everyPageOf(provider: Provider, browser: TestBrowser): Promise<readonly string[]> {
  const admin = provider.browser();
  await admin.signIn('root');
  const alice = await findUserByLogin(provider.context, 'alice');
  const things: Readonly<Record<string, string>> = { user_id: alice?.id ?? '', name: 'corp' };
  const paths = printedRoutes(provider.app.printRoutes({ commonPrefix: false }))
    .filter((route) => /^GET \/(admin|account)(\/|$)/.test(route) && !route.includes('/invitations/:'))
    .map((route) => route.slice('GET '.length).replaceAll(/:(\w+)/g, (_match, name: string) => things[name] ?? 'x'));
  const pages: string[] = [];
  for (const path of paths) {
    const { statusCode, body } = await (path.startsWith('/admin') ? admin : browser).get(path);
    if (statusCode === 200) pages.push(body);
  }
  return pages;
}

describe.each(engines)('of all that was given to somebody, on %s', (engine) => {
  test('nothing is shown a second time, nor in the log, the database and its files, or the data that a person takes along', async () => {
    const { provider, browser, log, secrets } = await walk(await freshDatabaseUrl(engine));
    expect(secrets.size).toBeGreaterThan(35);
    const pages = await everyPageOf(provider, browser);
    expect(pages.length).toBeGreaterThan(30);
    const places = {
      pages: pages.join('\n'),
      log: log(),
      database: await everythingIn(provider),
      download: (await browser.post('/account/data/download', {})).body,
    };
    expect(places.pages).toContain('alice@example.net');
    expect(places.log).toContain('"path":"/account/security/password"');
    expect(places.database).toContain('alice@example.net');
    expect(places.download).toContain('alice@example.net');
    const found = Object.entries(places).flatMap(([place, text]) =>
      [...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => `${what} in the ${place}`),
    );
    expect(found).toEqual([]);
  });
});
