import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { createSetupLink, isSetupDone } from '../../src/identity/setup.ts';
import { createUser, listUsers, removeUser } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, encode, type Form, locationOf, type Provider, password, startProvider } from '../support/provider.ts';

describe('setup', () => {
  let provider: Provider;
  let context: Provider['context'];
  const start = async (options: Parameters<typeof startProvider>[0] = {}) => {
    provider = await startProvider(options);
    ({ context } = provider);
  };
  beforeEach(() => start());
  afterEach(() => provider.close());

  const link = async () => (await createSetupLink(context)).slice(provider.config.publicUrl.length);
  const tokenOf = (url: string) => url.replace('/setup?token=', '');
  const anna: Form = { username: 'anna', email: 'anna@example.com', name: 'Anna Lee', password };
  const users = () => listUsers(context, { limit: 100 });

  test('the link makes an administrator, signs that person in and leads to the console', async () => {
    const browser = provider.browser();
    const url = await link();
    expect(url).toMatch(/^\/setup\?token=[\w-]{64}$/);
    const page = await browser.get(url);
    expect(page.body).toContain('<h1>Create the administrator</h1>');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    const response = await browser.post('/setup', { token: tokenOf(url), ...anna });
    expect(response.statusCode).toBe(303);
    expect(locationOf(response)).toBe('/admin');
    expect(browser.cookies.get('castellan_session')).toMatch(/^[\w-]{64}$/);
    expect(await users()).toMatchObject([
      { username: 'anna', administrator: true, claims: { name: 'Anna Lee' }, hasPassword: true },
    ]);
    expect(await isSetupDone(context)).toBe(true);
    expect((await listEvents(context, { limit: 10 })).map(({ action }) => action)).toContain('setup.completed');
  });

  test('looking at the link does not consume it, as often as one likes', async () => {
    const url = await link();
    for (let index = 0; index < 3; index++) expect((await provider.browser().get(url)).statusCode).toBe(200);
    expect(await isSetupDone(context)).toBe(false);
    expect((await provider.browser().post('/setup', { token: tokenOf(url), ...anna })).statusCode).toBe(303);
  });

  test.each(engines)('20 posts of one link at the same instant on %s make one administrator', async (engine) => {
    await provider.close();
    await start({ databaseUrl: await freshDatabaseUrl(engine) });
    const token = tokenOf(await link());
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        provider
          .browser()
          .post('/setup', { token, username: `anna${index}`, email: `anna${index}@example.com`, password }),
      ),
    );
    expect(responses.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(responses.filter(({ statusCode }) => statusCode === 400)).toHaveLength(19);
    expect(await users()).toHaveLength(1);
  });

  test('only the hash of the link is stored', async () => {
    const token = tokenOf(await link());
    const rows = JSON.stringify(await context.database.all(sql`SELECT * FROM links`));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(Buffer.from(token, 'base64url').subarray(16).toString('base64url'));
  });

  describe('a link is refused, and nobody is made,', () => {
    const refuse = async (url: string) => {
      const before = await users();
      for (const response of [
        await provider.browser().get(url),
        await provider
          .browser()
          .post('/setup', { token: tokenOf(url), ...anna, username: 'eve', email: 'eve@example.com' }),
      ]) {
        expect(response.statusCode).toBe(400);
        expect(response.body).toContain('castellan setup-link');
        expect(response.body).not.toContain('name="password"');
      }
      expect(await users()).toEqual(before);
    };

    test('when it has been used', async () => {
      const url = await link();
      await provider.browser().post('/setup', { token: tokenOf(url), ...anna });
      await refuse(url);
    });

    test('when it has been used and that administrator was removed since', async () => {
      const url = await link();
      await provider.browser().post('/setup', { token: tokenOf(url), ...anna });
      await createUser(context, { username: 'bob', password: 'quite another long phrase', administrator: true }, actor);
      const [first] = await users();
      await removeUser(context, first?.id ?? '', actor);
      await refuse(url);
    });

    test('24 hours after it was made, to the second', async () => {
      const url = await link();
      provider.clock.advance(86_399);
      expect((await provider.browser().get(url)).statusCode).toBe(200);
      provider.clock.advance(1);
      await refuse(url);
    });

    test('when a newer one has been made', async () => {
      const url = await link();
      const newer = await link();
      await refuse(url);
      expect((await provider.browser().get(newer)).statusCode).toBe(200);
    });

    test('when the first administrator was made on the command line meanwhile', async () => {
      const url = await link();
      await createUser(context, { username: 'bob', administrator: true }, actor);
      await refuse(url);
    });

    test.each(['', 'x', 'A'.repeat(64), '<script>alert(1)</script>'])('when it is made up: %j', async (token) => {
      await link();
      await refuse(`/setup?${encode({ token })}`);
    });
  });

  test('a link printed when there is an administrator makes another one', async () => {
    await createUser(context, { username: 'bob', administrator: true }, actor);
    const response = await provider.browser().post('/setup', { token: tokenOf(await link()), ...anna });
    expect(response.statusCode).toBe(303);
    expect((await users()).filter(({ administrator }) => administrator)).toHaveLength(2);
  });

  test.each<[string, Form, string]>([
    ['no user name', { username: undefined }, 'A user name has at most 64 letters'],
    ['a user name with blanks', { username: 'anna lee' }, 'and no spaces'],
    ['somebody else’s address as user name', { username: 'root@example.com' }, 'An @ may be in it only'],
    ['two addresses', { email: 'anna@example.com,eve@example.com' }, 'Enter an e-mail address such as'],
    ['no password', { password: undefined }, 'at least 8 characters'],
    ['a common password', { password: 'password123' }, 'among the first that are guessed'],
    ['the user name as password', { username: 'annamaria', password: 'AnnaMaria' }, 'not your user name'],
    ['a taken user name', { username: 'TAKEN' }, 'This user name is taken.'],
    ['a taken address', { email: 'Taken@example.com' }, 'There is an account with this e-mail address already.'],
  ])('with %s is told so beside the field, keeps the rest, and the link stays good', async (_, change, sentence) => {
    await createUser(context, { username: 'taken', email: 'taken@example.com' }, actor);
    const token = tokenOf(await link());
    const response = await provider.browser().post('/setup', { token, ...anna, ...change });
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('id="error-message"');
    expect(response.body).toMatch(new RegExp(`class="problem"[^>]*>[^<]*${sentence.replace(/[.@]/g, '\\$&')}`));
    expect(response.body).toContain('value="Anna Lee"');
    expect(response.body).not.toContain(password);
    expect(await users()).toHaveLength(1);
    expect((await provider.browser().post('/setup', { token, ...anna })).statusCode).toBe(303);
  });

  test.each(['administrator', 'id', 'claims', 'groups', 'email_verified'])(
    'a field %s in the form does nothing',
    async (name) => {
      await provider.browser().post('/setup', { token: tokenOf(await link()), ...anna, [name]: 'x' });
      expect(await users()).toMatchObject([{ groups: [], email_verified: false, claims: { name: 'Anna Lee' } }]);
    },
  );

  test('a form from another site is refused', async () => {
    const token = tokenOf(await link());
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await provider.browser().post('/setup', { token, ...anna }, headers)).statusCode).toBe(403);
    expect(await users()).toEqual([]);
  });

  test('the link is made from the settings, whatever host a request names', async () => {
    const url = await createSetupLink(context);
    expect(url.startsWith(`${provider.config.publicUrl}/setup?token=`)).toBe(true);
  });
});
