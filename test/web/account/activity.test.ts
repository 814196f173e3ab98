import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordEvent } from '../../../src/identity/audit.ts';
import { disableUser, enableUser, type User } from '../../../src/identity/users.ts';
import { obtainTokens } from '../../support/code-flow.ts';
import { evil, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';

const path = '/account/activity';

describe.each(engines)('the activity of an account on %s', (engine) => {
  let provider: Provider;
  let user: User;
  let administrator: User;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    administrator = await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    user = await provider.addUser();
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  test('tells of sign-ins in words, with the address, and marks those of a new device', async () => {
    const text = textOf(await browser.get(path));
    expect(text).toMatch(/Signed in: Password new device .* UTC · .*127\.0\.0\.1/);
    await browser.post('/logout', {});
    await browser.signIn();
    const again = textOf(await browser.get(path));
    expect(again.match(/Signed in: Password/g)).toHaveLength(2);
    expect(again.match(/new device/g)).toHaveLength(1);
    const other = provider.browser();
    await other.signIn();
    expect(textOf(await browser.get(path)).match(/new device/g)).toHaveLength(2);
  });

  test('tells which application was allowed, and names it by what it is called', async () => {
    const client = await provider.register({ client_name: `Wiki ${evil}` });
    await obtainTokens(provider, browser, client);
    await browser.post('/account/applications/withdraw', { client_id: client.client_id });
    const page = await browser.get(path);
    expect(page.body).not.toContain(evil);
    expect(textOf(page)).toContain('Access withdrawn from Wiki &lt;img');
    expect(textOf(page)).toContain('Access allowed for Wiki &lt;img');
  });

  test('tells what an administrator did to the account, and not from where', async () => {
    const actor = { id: administrator.id, address: '203.0.113.77' };
    await disableUser(provider.context, user.id, actor);
    await enableUser(provider.context, user.id, actor);
    browser = provider.browser();
    await browser.signIn();
    const text = textOf(await browser.get(path));
    expect(text).toMatch(/Account switched on .* UTC · An administrator/);
    expect(text).toContain('Account switched off');
    expect(text).not.toContain('203.0.113.77');
  });

  test('an event without words of its own is told all the same', async () => {
    await recordEvent(provider.context, { id: user.id }, `something.new-${evil}`, undefined);
    const page = await browser.get(path);
    expect(page.body).not.toContain(evil);
    expect(textOf(page)).toContain('Other: something new &lt;img');
  });

  test('what others did is nobody’s business', async () => {
    await recordEvent(provider.context, { id: administrator.id }, 'user.password-changed', administrator.id);
    expect(textOf(await browser.get(path))).not.toContain('Password changed');
  });

  test('comes in pages, each event once', async () => {
    const person = await provider.addUser({ username: 'busy', email: 'busy@example.com' });
    for (let count = 0; count < 120; count++)
      await recordEvent(provider.context, { id: person.id }, `step.${count}-end`, count % 2 ? person.id : undefined);
    const busy = provider.browser();
    await busy.signIn('busy');
    const seen: string[] = [];
    let next: string | undefined = path;
    for (let pages = 0; next !== undefined && pages < 10; pages++) {
      const { body } = await busy.get(next);
      seen.push(...[...body.matchAll(/step (\d+) end/g)].map(([, count = '']) => count));
      next = /href="([^"]*\?before=[0-9a-f]{32})"/.exec(body)?.[1];
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_none, count) => String(119 - count)));
  });

  test.each(['x', "'", 'a'.repeat(33), '%00'])('a made-up page (%j) is an empty one or refused', async (before) => {
    const response = await browser.get(`${path}?before=${before}`);
    expect([200, 400]).toContain(response.statusCode);
    expect(response.body).not.toContain('Signed in:');
  });
});
