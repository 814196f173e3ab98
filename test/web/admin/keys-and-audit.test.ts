import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { locationOf } from '../../support/provider.ts';

describe.each(engines)('on %s', (engine) => {
  let console: Console;
  beforeAll(async () => {
    console = await startConsole({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterAll(() => console.close());

  describe('the overview', () => {
    test('says what to do first while there is no application, and has the discovery URL to copy', async () => {
      const page = await console.admin.get('/admin');
      expect(page.body).toContain('href="/admin/clients/new"');
      expect(page.body).toContain('data-copy="http://localhost:9000/oidc/.well-known/openid-configuration"');
      expect(textOf(page)).toContain('Castellan is ready for its first application');
    });

    test('counts applications and people, and shows who signed in last', async () => {
      await console.register();
      await console.addUser({ username: 'grace', email: 'grace@example.com' });
      await console.browser().signIn('grace');
      const text = textOf(await console.admin.get('/admin'));
      expect(text).toMatch(/Applications 1 /);
      expect(text).toMatch(/People 2 /);
      expect(text).toMatch(/Last sign-ins .* grace .* ada /);
      expect(text).not.toContain('Castellan is ready');
    });

    test.each(['clients?search=APP.EXAMPLE', 'users?search=grace@'])('finds what is searched for: %s', async (path) => {
      expect((await console.admin.get(`/admin/${path}`)).body).toContain('<tbody');
      expect((await console.admin.get(`/admin/${path}%25_`)).body).not.toContain('<tbody');
    });

    test('has a menu with every part of the console that has a place in it', async () => {
      const { body } = await console.admin.get('/admin/keys');
      const menu = /<nav class="side"[\s\S]*?<\/nav>/.exec(body)?.[0] ?? '';
      const entries = [...menu.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
      expect(entries).toEqual([
        '/admin',
        '/admin/clients',
        '/admin/users',
        '/admin/invitations',
        '/admin/identity-providers',
        '/admin/resources',
        '/admin/registration-tokens',
        '/admin/keys',
        '/admin/audit',
        '/admin/sign-outs',
        '/admin/mails',
        '/admin/appearance',
      ]);
      expect(menu).toMatch(/href="\/admin\/keys" aria-current="page"/);
    });
  });

  describe('the signing keys', () => {
    const states = async () =>
      (await console.context.signingKeys.list()).map(({ alg, state }) => `${alg} ${state}`).sort();

    test('are published first when rotated, and sign at once when asked to', async () => {
      await console.context.signingKeys.jwks();
      expect(await states()).toEqual(['ES256 current', 'RS256 current']);
      const answer = await console.admin.post('/admin/keys/rotate', { when: 'later', alg: 'RS256' });
      expect(locationOf(answer)).toBe('/admin/keys');
      expect(await states()).toEqual(['ES256 current', 'RS256 current', 'RS256 next']);
      await console.admin.post('/admin/keys/rotate', { when: 'now' });
      expect(await states()).toEqual(expect.arrayContaining(['ES256 current', 'ES256 retired', 'RS256 current']));
      const [event] = await listEvents(console.context, { limit: 1, action: 'signing_key.added' });
      expect(event).toMatchObject({ actor: console.administrator.id, address: '127.0.0.1' });
    });

    test('are listed with state and times, and without any private part', async () => {
      const page = await console.admin.get('/admin/keys');
      for (const { kid } of await console.context.signingKeys.list()) expect(page.body).toContain(kid);
      expect(textOf(page)).toMatch(/current .* retired/);
      expect(page.body).toMatch(/<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ">/);
      expect(page.body).not.toMatch(/PRIVATE|"d":|sealed/);
    });

    test.each([{}, { when: 'never' }, { when: 'now', alg: 'none' }, { when: 'now', alg: 'HS256' }])(
      'are not rotated by an incomplete form: %j',
      async (form) => {
        const before = await states();
        expect((await console.admin.post('/admin/keys/rotate', form)).statusCode).toBe(400);
        expect(await states()).toEqual(before);
      },
    );
  });

  describe('the audit log', () => {
    const cell = (text: string) => new RegExp(`<td[^>]*>[^\\n]*${text}`);

    test('shows changes and sign-ins with who, from where and when', async () => {
      const { client_id } = await console.register({ client_name: 'Wiki' });
      await console.admin.post(`/admin/clients/${client_id}/disable`, {});
      const page = await console.admin.get('/admin/audit');
      expect(textOf(page)).toMatch(/ada Client disabled Wiki address 127.0.0.1 request id /);
      expect(page.body).toMatch(cell('Session started'));
      expect(page.body).toMatch(
        /<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ">\d+ \w+ \d{4}, \d\d:\d\d UTC<\/time>/,
      );
    });

    test.each([
      ['actor=grace', 'Session started', 'Client'],
      ['actor=grace%40example.com', 'Session started', 'Client'],
      ['action=user.created', 'User created', 'Session started'],
      ['target=ada', 'Session started', 'Signing key added'],
      ['actor=ada&action=signing_key.added', 'Signing key added', 'Session started'],
    ])('is narrowed down by %s', async (query, shown, hidden) => {
      const { body } = await console.admin.get(`/admin/audit?${query}`);
      expect(body).toMatch(cell(shown));
      expect(body).not.toMatch(cell(hidden));
    });

    test('says so when nothing fits', async () => {
      expect((await console.admin.get('/admin/audit?actor=nobody')).body).toContain('No event fits these filters');
    });

    test('goes on to the next page with the same filters, and never shows an event twice', async () => {
      for (let number = 0; number < 60; number++) await console.register({}, { client_id: `many-${number}` });
      const first = await console.admin.get('/admin/audit?action=client.registered');
      const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect(next).toMatch(/^\/admin\/audit\?action=client.registered&after=/);
      const second = await console.admin.get(next);
      const shown = [first, second].map(({ body }) =>
        [...body.matchAll(/href="\/admin\/clients\/(many-\d+)"/g)].map(([, id]) => id),
      );
      expect(shown[0]).toHaveLength(50);
      expect(shown[1]).toHaveLength(10);
      expect(new Set(shown.flat()).size).toBe(60);
    });

    test('has no button and no route that changes it', async () => {
      const { body } = await console.admin.get('/admin/audit');
      const forms = [...body.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)].map(([, action]) => action);
      expect(forms).toEqual(['/logout']);
      expect((await console.admin.post('/admin/audit', {})).statusCode).toBe(405);
    });
  });
});
