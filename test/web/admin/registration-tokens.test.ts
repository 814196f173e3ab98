import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { listInitialAccessTokens } from '../../../src/protocol/client-registration/initial-access-tokens.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { locationOf, redirect_uri } from '../../support/provider.ts';

const path = '/admin/registration-tokens';

describe.each(engines)('the registration tokens in the console on %s', (engine) => {
  let console: Console;
  beforeAll(async () => {
    const settings = { CASTELLAN_CLIENT_REGISTRATION: 'token' };
    console = await startConsole({ databaseUrl: await freshDatabaseUrl(engine), settings });
  });
  afterAll(() => console.close());

  const stored = () => listInitialAccessTokens(console.context.database, console.clock.now);
  const register = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const payload = { redirect_uris: [redirect_uri] };
    return (await console.app.inject({ method: 'POST', url: '/oidc/register', headers, payload })).statusCode;
  };
  /** Makes a token, and gives what the next page shows of it. */
  const make = async (typed: Record<string, string>) => {
    const answer = await console.admin.post(path, typed);
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, path]);
    const page = await console.admin.get(path);
    const [token = ''] = /[A-Za-z0-9_-]{64}/.exec(page.body) ?? [];
    return { page, token };
  };

  test('say so when there are none', async () => {
    const page = await console.admin.get(path);
    expect(textOf(page)).toContain('No token');
    expect(textOf(page)).not.toContain('CLIENT_REGISTRATION');
  });

  test('are made for so many uses and days, shown once, and listed without the token', async () => {
    const { page, token } = await make({ uses: '2', days: '7' });
    expect(textOf(page)).toContain('The token is made. Copy it now: it is never shown again.');
    const [row] = await stored();
    expect(row).toMatchObject({ uses_left: 2, expires_at: console.clock.now + 7 * 86_400 });

    const [event] = await listEvents(console.context, { limit: 1 });
    const detail = { uses: 2, seconds: 7 * 86_400 };
    expect(event).toMatchObject({ action: 'registration_token.added', actor: console.administrator.id, detail });
    expect(event?.target).toBe(row?.id);
    expect(JSON.stringify(event)).not.toContain(token);

    expect([await register(token), await register(token), await register(token)]).toEqual([201, 201, 401]);
    const later = await console.admin.get(path);
    expect(later.body).not.toContain(token);
    expect(textOf(later)).toContain('No token');
  });

  test('are good for one application within a day, when nothing is typed', async () => {
    const { token } = await make({ uses: '', days: '' });
    const [row] = await stored();
    expect(row).toMatchObject({ uses_left: 1, expires_at: console.clock.now + 86_400 });
    expect(textOf(await console.admin.get(path))).toContain(` ${row?.id} 1 `);
    expect(await register(token)).toBe(201);
  });

  test.each([
    ['uses', '0', 'Must be at least 1.'],
    ['uses', '10001', 'Must be at most 10000.'],
    ['uses', '1.5', 'Must be a whole number.'],
    ['days', 'ten', 'Must be a number.'],
    ['days', '3651', 'Must be at most 3650.'],
  ])('are not made with %s %j: the problem is at its field, and what was typed stays', async (name, value, problem) => {
    const answer = await console.admin.post(path, { uses: '3', days: '4', [name]: value });
    expect(answer.statusCode).toBe(400);
    expect(textOf(answer).split(problem)).toHaveLength(3);
    expect(answer.body).toContain(`href="#field-${name}"`);
    expect(answer.body).toContain(`value="${value}"`);
    expect(await stored()).toEqual([]);
  });

  test('are removed after a question, and work no more', async () => {
    const { token } = await make({});
    const [row] = await stored();
    const question = `${path}/${row?.id}/remove`;
    expect((await console.admin.get(path)).body).toContain(`href="${question}"`);
    expect(textOf(await console.admin.get(question))).toContain('Remove this token?');
    expect(await stored()).toHaveLength(1);
    const answer = await console.admin.post(question, {});
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, path]);
    expect(textOf(await console.admin.get(path))).toContain('The token is removed and works no more.');
    expect(await register(token)).toBe(401);
    const [event] = await listEvents(console.context, { limit: 1 });
    const target = row?.id;
    expect(event).toMatchObject({ action: 'registration_token.removed', actor: console.administrator.id, target });
    expect((await console.admin.get(question)).statusCode).toBe(404);
    expect((await console.admin.post(question, {})).statusCode).toBe(404);
  });

  test('are listed page by page', async () => {
    for (let n = 0; n < 51; n++) await console.admin.post(path, {});
    const ids = (await stored()).map(({ id }) => id);
    const first = await console.admin.get(path);
    expect(ids.filter((id) => first.body.includes(id))).toEqual(ids.slice(0, 50));
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.body) ?? [];
    const second = await console.admin.get(next.replaceAll('&amp;', '&'));
    expect(ids.filter((id) => second.body.includes(id))).toEqual(ids.slice(50));
  });
});

test('where registration is switched off, the page says that a token does nothing yet', async () => {
  const console = await startConsole();
  expect(textOf(await console.admin.get(path))).toContain('the setting CLIENT_REGISTRATION is off');
  await console.close();
});
