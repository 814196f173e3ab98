/** Roads on which somebody could come into the account of another person, each of them closed. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectFederatedIdentity } from '../../src/identity/federated-identities.ts';
import { findUser, findUserByLogin } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { textOf } from '../support/console.ts';
import { connectProvider, signInThrough, startFederation } from '../support/federation.ts';
import { mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, formIn, locationOf, startProvider, type TestBrowser } from '../support/provider.ts';
import { type AuthenticatorApp, addAuthenticator } from '../support/second-factor.ts';

const newPassword = 'quite another pile of staples';

describe('somebody with a second factor keeps it', () => {
  async function start() {
    const server = await startMailServer();
    const provider = await startProvider({ settings: mailSettings(server) });
    onTestFinished(() => provider.close());
    await provider.addUser({ email_verified: true });
    const owner = provider.browser();
    await owner.signIn();
    const app = await addAuthenticator(provider, owner);
    await server.mail(1);
    return { server, provider, owner, app };
  }

  async function expectSecondStep(thief: TestBrowser, app: AuthenticatorApp): Promise<void> {
    const page = await thief.signIn('alice', newPassword);
    expect(page.body).toContain('id="second-factor-form"');
    expect(locationOf(await thief.get('/account'))).toMatch(/^\/login\?/);
    expect((await thief.submit(page, { code: '12345' })).statusCode).toBe(403);
    await thief.submit(page, { code: app.next() });
    expect((await thief.get('/account')).statusCode).toBe(200);
  }

  test('against who reads the mail and asks for a new password', async () => {
    const { server, provider, app } = await start();
    const thief = provider.browser();
    await thief.post('/forgot-password', { username: 'alice' });
    const page = await thief.open((await server.mail(2)).link);
    await thief.submit(page, { password: newPassword });
    await expectSecondStep(thief, app);
  });

  test('against who reads the mail and has a code sent', async () => {
    const { server, provider, app } = await start();
    const thief = provider.browser();
    const page = await thief.follow(await thief.post('/login/email', { email: 'alice@example.com' }));
    const second = await thief.submit(page, { code: (await server.mail(2)).code });
    expect(second.body).toContain('id="second-factor-form"');
    expect(locationOf(await thief.get('/account'))).toMatch(/^\/login\?/);
    await thief.submit(second, { code: app.next() });
    expect((await thief.get('/account')).statusCode).toBe(200);
  });

  test('against who takes a change of the address back', async () => {
    const { server, provider, owner, app } = await start();
    await owner.post('/account/email', { email: 'alice@example.net' });
    await owner.post('/account/email/code', { code: (await server.mail(2)).code });
    const thief = provider.browser();
    const chosen = await thief.submit(await thief.open((await server.mail(3)).link), {});
    await thief.submit(chosen, { password: newPassword });
    await expectSecondStep(thief, app);
  });
});

describe('who somebody is at a provider', () => {
  test('says nothing at another one, though it has the same sub', async () => {
    const federation = await startFederation();
    const { ours, upstream } = federation;
    await connectProvider(federation, 'other');
    const { id: sub } = await upstream.addUser();
    const alice = await ours.addUser();
    const account = { provider: 'upstream', sub, label: 'alice', providerLabel: 'Big Corp' };
    await connectFederatedIdentity(ours.context, alice, account, actor);
    const hers = ours.browser();
    await signInThrough(federation, hers);
    expect((await hers.get('/account')).statusCode).toBe(200);
    const thief = ours.browser();
    const page = await signInThrough(federation, thief, { from: '/login/with/other' });
    expect(textOf(page)).toContain('no account');
    expect(locationOf(await thief.get('/account'))).toMatch(/^\/login\?/);
  });

  test('is forgotten with the provider, and means nobody to one that takes its name', async () => {
    const federation = await startFederation();
    const { ours, upstream } = federation;
    const { id: sub } = await upstream.addUser();
    const alice = await ours.addUser();
    await connectFederatedIdentity(
      ours.context,
      alice,
      { provider: 'upstream', sub, label: 'alice', providerLabel: 'Big Corp' },
      actor,
    );
    await ours.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    const admin = ours.browser();
    await admin.signIn('root');
    await admin.post('/admin/identity-providers/upstream/remove', {});
    await connectProvider(federation, 'upstream');
    const thief = ours.browser();
    expect(textOf(await signInThrough(federation, thief))).toContain('no account');
    expect(locationOf(await thief.get('/account'))).toMatch(/^\/login\?/);
  });
});

test('the key of an authenticator app, moved to another person in the database, opens nothing', async () => {
  const provider = await startProvider();
  onTestFinished(() => provider.close());
  const { database } = provider.context;
  const apps: AuthenticatorApp[] = [];
  for (const username of ['thief', 'alice']) {
    await provider.addUser({ username, email: `${username}@example.com` });
    const browser = provider.browser();
    await browser.signIn(username);
    apps.push(await addAuthenticator(provider, browser));
  }
  const thief = await findUserByLogin(provider.context, 'thief');
  await database.run(sql`UPDATE totp_authenticators SET sealed_secret = (
    SELECT sealed_secret FROM totp_authenticators WHERE user_id = ${thief?.id ?? ''})`);
  for (const [index, username] of ['thief', 'alice'].entries()) {
    const browser = provider.browser();
    const page = await browser.signIn(username);
    await browser.submit(page, { code: apps[0]?.next() });
    expect((await browser.get('/account')).statusCode).toBe([200, 303][index]);
  }
});

test('a form of the sign-in says nothing of who somebody is, whatever it names', async () => {
  const provider = await startProvider();
  onTestFinished(() => provider.close());
  const { id: root } = await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
  const alice = await provider.addUser();
  const owner = provider.browser();
  await owner.signIn();
  const app = await addAuthenticator(provider, owner);
  const browser = provider.browser();
  const second = await browser.signIn();
  const { action, hidden } = formIn(second.body);
  const made = { user_id: root, user: root, username: 'root', sub: root, email: 'root@example.com', amr: 'mfa' };
  await browser.post(action, { ...hidden, ...made, code: app.next() });
  const page = await browser.get('/account');
  expect(page.body).toContain('alice');
  expect(page.body).not.toContain('root');
  expect((await browser.get('/admin')).statusCode).toBe(403);
  await browser.post('/account/security/password', { ...made, password: newPassword });
  expect((await provider.browser().signIn('root', newPassword)).statusCode).toBe(403);
  expect((await findUserByLogin(provider.context, 'root'))?.id).toBe(root);
  expect((await findUser(provider.context, alice.id))?.administrator).toBe(false);
});
