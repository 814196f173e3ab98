import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverDueLogoutTokens } from '../../../src/jobs/deliver-logout-tokens.ts';
import { sql } from '../../../src/storage/database.ts';
import { obtainTokens } from '../../support/code-flow.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import type { RegisteredClient } from '../../support/provider.ts';

describe.each(engines)('the sign-outs in the console on %s', (engine) => {
  let console: Console;
  let up: RegisteredClient;
  let down: RegisteredClient;
  let isUp = true;

  beforeAll(async () => {
    const databaseUrl = await freshDatabaseUrl(engine);
    console = await startConsole({
      databaseUrl,
      fetchPublic: async (address) => {
        if (!address.startsWith('https://up.example') && !isUp) throw new Error('out of reach');
        return { status: address.startsWith('https://up.example') ? 200 : 503, contentType: '', headers: {}, body: '' };
      },
    });
    await console.addUser({ username: 'grace', email: 'grace@example.com' });
    const register = (client_name: string, backchannel_logout_uri: string) =>
      console.register({ first_party: true, client_name, backchannel_logout_uri });
    up = await register(`Up ${evil}`, 'https://up.example/bc');
    down = await register('Down', 'https://down.example/bc');
  });
  afterAll(() => console.close());

  const signInAndOut = async (...clients: RegisteredClient[]) => {
    const browser = console.browser();
    await browser.signIn('grace');
    for (const client of clients) await obtainTokens(console, browser, client);
    await browser.post('/logout', {});
  };
  const rowsIn = (body: string) => body.split('<tr').length - 2;

  test('say so when there are none', async () => {
    expect(textOf(await console.admin.get('/admin/sign-outs'))).toContain('No application had to be told');
  });

  test('tell which application was told of whose session, which not, and when it is tried again', async () => {
    await signInAndOut(up, down);
    const page = await console.admin.get('/admin/sign-outs');
    expect(page.body).not.toContain('<img src=x');
    const text = textOf(page);
    expect(text).toContain(' Told ');
    expect(text).toContain(' Trying again ');
    expect(text).toContain(' 503 ');
    expect(text).toContain(' grace ');
    expect(page.body).toContain(`href="/admin/clients/${down.client_id}"`);
    const next = new Date((console.clock.now + 10) * 1000).toISOString().replace('.000Z', 'Z');
    expect(page.body).toContain(`<time datetime="${next}">`);
  });

  test('tell when an application was given up', async () => {
    isUp = false;
    for (let attempts = 0; attempts < 8; attempts++) {
      console.clock.advance(43_200);
      await deliverDueLogoutTokens.run(console.context, new AbortController().signal);
    }
    isUp = true;
    const text = textOf(await (await signedInAgain()).get('/admin/sign-outs'));
    expect(text).toContain(' Given up ');
    expect(text).toMatch(/ 8 +None /);
  });

  test('are narrowed down to one application, and to what was not delivered', async () => {
    const admin = await signedInAgain();
    const of = async (query: string) => (await admin.get(`/admin/sign-outs?${query}`)).body;
    expect(rowsIn(await of(`client_id=${up.client_id}`))).toBe(1);
    expect(await of('open=1')).toContain('Given up');
    expect(await of('open=1')).not.toContain('Told<');
    expect(await of(`open=1&client_id=${up.client_id}`)).toContain('No application had to be told');
  });

  test.each(['open=2', 'after=x', 'page=2', 'after=%7B%7D'])('take no other query: %s', async (query) => {
    expect((await (await signedInAgain()).get(`/admin/sign-outs?${query}`)).statusCode).toBe(400);
  });

  test('come in pages that hold each once', async () => {
    const { database, now } = console.context;
    for (let index = 0; index < 52; index++)
      await database.run(sql`
        INSERT INTO logout_deliveries (session_id, client_id, user_id, created_at, attempts, delivered_at)
        VALUES (${`session-${index}`}, ${up.client_id}, ${'gone'}, ${now() - (index % 3)}, 1, ${now()})`);
    const admin = await signedInAgain();
    const first = await admin.get('/admin/sign-outs');
    expect(rowsIn(first.body)).toBe(50);
    const next = /href="(\/admin\/sign-outs\?after=[^"]+)"/.exec(first.body)?.[1] ?? '';
    expect(rowsIn((await admin.get(next.replaceAll('&amp;', '&'))).body)).toBe(4);
  });

  /** The clock was moved far ahead. */
  const signedInAgain = async () => {
    const browser = console.browser();
    await browser.signIn('ada');
    return browser;
  };
});

test('the form of an application has its logout addresses, and shows what is wrong with them', async () => {
  const console = await startConsole();
  const client = await console.register({ client_name: 'Wiki' });
  const path = `/admin/clients/${client.client_id}/settings`;
  const set = (fields: Record<string, string>) =>
    console.admin.post(path, {
      client_name: 'Wiki',
      redirect_uris: client.redirect_uris.join('\n'),
      token_endpoint_auth_method: 'client_secret_basic',
      'grant_types:authorization_code': 'true',
      'scope:openid': 'true',
      require_pkce: 'true',
      ...fields,
    });
  const refused = await set({ frontchannel_logout_uri: 'https://elsewhere.example/bye' });
  expect(refused.body).toContain('Must have the scheme, host and port of a redirect URI');
  await set({
    backchannel_logout_uri: 'https://app.example/bc',
    frontchannel_logout_uri: 'https://app.example/bye',
    frontchannel_logout_session_required: 'true',
  });
  const { body } = await console.admin.get(path);
  expect(body).toContain('value="https://app.example/bc"');
  expect(body).toContain('value="https://app.example/bye"');
  expect(body).toMatch(/checked name="frontchannel_logout_session_required"/);
  await console.close();
});
