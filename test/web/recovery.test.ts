import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRecoveryLink } from '../../src/identity/recovery.ts';
import { findSession, startSession } from '../../src/identity/sessions.ts';
import { disableUser, enableUser, removeUser, setPassword, type User } from '../../src/identity/users.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, encode, locationOf, type Provider, password, startProvider } from '../support/provider.ts';

describe('recovery', () => {
  let provider: Provider;
  let context: Provider['context'];
  let alice: User;
  const start = async (options: Parameters<typeof startProvider>[0] = {}) => {
    provider = await startProvider(options);
    ({ context } = provider);
    alice = await provider.addUser();
  };
  beforeEach(() => start());
  afterEach(() => provider.close());

  const link = async (user = alice) =>
    (await createRecoveryLink(context, user, actor)).slice(provider.config.publicUrl.length);
  const tokenOf = (url: string) => url.replace('/recovery?token=', '');
  const fresh = 'a new horse battery';
  const canSignIn = async (secret: string, username = 'alice') =>
    locationOf(await provider.browser().post('/login', { username, password: secret })) === '/';

  test('the link lets its user choose a new password; the old one and every session are dead', async () => {
    const { token } = await startSession(context, { user: alice, amr: ['pwd'], address: '::1', user_agent: '' });
    const browser = provider.browser();
    const page = await browser.get(await link());
    expect(page.body).toContain('<h1>Choose a new password</h1>');
    expect(page.body).toMatch(/<input[^>]*value="alice"[^>]*autocomplete="username"[^>]*readonly/);
    expect(page.body).toMatch(/<input[^>]*id="recovery-password"[^>]*autocomplete="new-password"/);
    expect(await findSession(context, token)).toBeDefined();
    const done = await browser.submit(page, { password: fresh });
    expect(done.body).toContain('<h1>Your password is changed</h1>');
    expect(await findSession(context, token)).toBeUndefined();
    expect(browser.cookies.has('castellan_session')).toBe(false);
    expect(await canSignIn(fresh)).toBe(true);
    expect(await canSignIn(password)).toBe(false);
  });

  test.each(engines)('of 12 posts of one link at the same instant on %s, one sets the password', async (engine) => {
    await provider.close();
    await start({ databaseUrl: await freshDatabaseUrl(engine) });
    const token = tokenOf(await link());
    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        provider.browser().post('/recovery', { token, password: `${fresh} ${index}` }),
      ),
    );
    const winners = responses.flatMap(({ statusCode }, index) => (statusCode === 303 ? [index] : []));
    expect(winners).toHaveLength(1);
    expect(responses.filter(({ statusCode }) => statusCode === 400)).toHaveLength(11);
    expect(await canSignIn(`${fresh} ${winners[0]}`)).toBe(true);
  });

  test('a weak password is told so, and the link stays good', async () => {
    const token = tokenOf(await link());
    for (const weak of ['short', 'password123', 'alice@example.com', undefined]) {
      const response = await provider.browser().post('/recovery', { token, password: weak });
      expect(response.statusCode).toBe(400);
      expect(response.body).toContain('class="problem"');
    }
    expect((await provider.browser().post('/recovery', { token, password: fresh })).statusCode).toBe(303);
  });

  test('the user is that of the link, whoever the form names', async () => {
    const bob = await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const token = tokenOf(await link());
    await provider
      .browser()
      .post('/recovery', { token, password: fresh, username: 'bob', user: bob.id, user_id: bob.id });
    expect(await canSignIn(fresh, 'bob')).toBe(false);
    expect(await canSignIn(fresh)).toBe(true);
  });

  describe('a link is refused, and the password stays,', () => {
    const refuse = async (url: string, current = password) => {
      for (const response of [
        await provider.browser().get(url),
        await provider.browser().post('/recovery', { token: tokenOf(url), password: fresh }),
      ]) {
        expect(response.statusCode).toBe(400);
        expect(response.body).toContain('<h1>This link no longer works</h1>');
        expect(response.body).not.toContain('name="password"');
      }
      expect(await canSignIn(current)).toBe(true);
    };

    test('when it has been used', async () => {
      const url = await link();
      await provider.browser().post('/recovery', { token: tokenOf(url), password: 'the first new one' });
      await refuse(url, 'the first new one');
    });

    test('24 hours after it was made, to the second', async () => {
      const url = await link();
      provider.clock.advance(86_399);
      expect((await provider.browser().get(url)).statusCode).toBe(200);
      provider.clock.advance(1);
      await refuse(url);
    });

    test('when a newer one has been made for the same user, and only then', async () => {
      const url = await link();
      const bob = await provider.addUser({ username: 'bob', email: 'bob@example.com' });
      const ofBob = await link(bob);
      expect((await provider.browser().get(url)).statusCode).toBe(200);
      await link();
      await refuse(url);
      expect((await provider.browser().get(ofBob)).statusCode).toBe(200);
    });

    test('when the password was changed otherwise since', async () => {
      const url = await link();
      await setPassword(context, alice, 'changed by another way', actor);
      await refuse(url, 'changed by another way');
    });

    test('when the user was disabled since, enabled again or not', async () => {
      const url = await link();
      await disableUser(context, alice.id, actor);
      expect((await provider.browser().get(url)).statusCode).toBe(400);
      await expect(link()).rejects.toThrow('enable the user first');
      await enableUser(context, alice.id, actor);
      await refuse(url);
    });

    test('when the user was removed since', async () => {
      const url = await link();
      await removeUser(context, alice.id, actor);
      expect((await provider.browser().post('/recovery', { token: tokenOf(url), password: fresh })).statusCode).toBe(
        400,
      );
    });

    test.each(['', 'x', 'A'.repeat(64)])('when it is made up: %j', async (token) => {
      await link();
      await refuse(`/recovery?${encode({ token })}`);
    });

    test('when it comes from another site', async () => {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const form = { token: tokenOf(await link()), password: fresh };
      expect((await provider.browser().post('/recovery', form, headers)).statusCode).toBe(403);
      expect(await canSignIn(password)).toBe(true);
    });
  });
});
