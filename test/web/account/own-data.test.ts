import { readFileSync } from 'node:fs';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { createInvitation, newInvitationSchema } from '../../../src/identity/invitations.ts';
import { findUser, type User } from '../../../src/identity/users.ts';
import { sql } from '../../../src/storage/database.ts';
import { listOutgoingMails } from '../../../src/storage/outgoing-mails.ts';
import { personalTables } from '../../../src/storage/personal-data.ts';
import { obtainTokens, payloadOf, refresh, userinfo } from '../../support/code-flow.ts';
import { evil, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { mailSettings, startMailServer } from '../../support/mail-server.ts';
import { png, sendFile } from '../../support/pictures.ts';
import { actor, locationOf, type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';
import { startRelyingParty } from '../../support/relying-party.ts';

const path = '/account/data';
const deletePath = `${path}/delete`;

describe.each(engines)('the data of a person on %s', (engine) => {
  let provider: Provider;
  let people = 0;

  beforeAll(async () => {
    provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
  });
  afterAll(() => provider.close());

  const person = async (
    more: Parameters<Provider['addUser']>[0] = {},
  ): Promise<{ user: User; browser: TestBrowser }> => {
    const username = `person-${++people}`;
    const user = await provider.addUser({ username, email: `${username}@example.com`, ...more });
    const browser = provider.browser();
    await browser.signIn(user.username);
    return { user, browser };
  };

  describe('to take along', () => {
    test('is one file with everything that is kept, and no secret', async () => {
      const { user, browser } = await person({ claims: { name: evil }, groups: ['staff'] });
      const client = await provider.register();
      await obtainTokens(provider, browser, client, { scope: 'openid profile' });
      await sendFile(browser, provider, png());
      const response = await browser.post(`${path}/download`, {});
      expect(response.statusCode).toBe(200);
      expect(response.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="account-data.json"',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      const file = response.json();
      expect(file).toMatchObject({
        issuer: provider.config.issuer,
        account: { id: user.id, username: user.username, email: user.email, groups: ['staff'], claims: { name: evil } },
        sessions: [{ amr: '["pwd"]', address: '127.0.0.1' }],
        consents: [{ client_id: client.client_id, scope: 'openid profile' }],
        authorizations: [{ client_id: client.client_id }],
        user_pictures: [{ content_type: 'image/png', content: png().toString('base64') }],
      });
      expect(file.exported_at).toBe(new Date(provider.clock.now * 1000).toISOString());
      expect(file.activity.map(({ action }: { action: string }) => action)).toContain('session.started');
      expect(response.body).not.toMatch(/verifier_hash|password_hash|\$argon2|sealed|code_hash|public_key/);
      const [event] = await listEvents(provider.context, { action: 'user.data-downloaded', target: user.id, limit: 1 });
      expect(event?.actor).toBe(user.id);
    });

    test('asks for a new sign-in when the last one is more than five minutes ago, and leads back', async () => {
      const { user, browser } = await person();
      provider.clock.advance(600);
      const response = await browser.post(`${path}/download`, {});
      expect(response.statusCode).toBe(303);
      expect(locationOf(response)).toMatch(/^\/login\?continuation=/);
      const back = await browser.submit(await browser.follow(response), {
        username: user.username,
        password: 'correct horse battery staple',
      });
      expect(textOf(back)).toContain('Download my data');
      expect((await browser.post(`${path}/download`, {})).statusCode).toBe(200);
    });

    test('every table that names a person is in the file, or elsewhere in it', () => {
      const schema = readFileSync(new URL('../../../schema.sql', import.meta.url), 'utf8');
      const tables = [...schema.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\n\);/g)]
        .filter(([, , columns = '']) => /^\s+user_id /m.test(columns))
        .map(([, table]) => table);
      const elsewhere = ['user_groups'];
      expect([...personalTables.map(({ table }) => table), ...elsewhere].sort()).toEqual(tables.sort());
    });
  });

  describe('to delete', () => {
    test('asks first for the user name, and for a recent sign-in', async () => {
      const { user, browser } = await person();
      const question = await browser.get(deletePath);
      expect(question.statusCode).toBe(200);
      expect(textOf(question)).toContain(`type your user name ${user.username}`);
      for (const username of ['', 'somebody', `${user.username}x`]) {
        const refused = await browser.post(deletePath, { username });
        expect(refused.statusCode).toBe(400);
        expect(textOf(refused)).toContain('This is not your user name.');
      }
      provider.clock.advance(600);
      expect(locationOf(await browser.get(deletePath))).toMatch(/^\/login/);
      expect(locationOf(await browser.post(deletePath, { username: user.username }))).toMatch(/^\/login/);
      expect(await findUser(provider.context, user.id)).toBeDefined();
    });

    test('takes everything with it, signs out everywhere, and tells the applications', async () => {
      const site = await startRelyingParty();
      const client = await provider.register({
        client_name: `Shop ${evil}`,
        backchannel_logout_uri: `${site.origin}/back`,
      });
      const { user, browser } = await person();
      const other = provider.browser();
      await other.signIn(user.username);
      const tokens = await obtainTokens(provider, other, client, { scope: 'openid offline_access', prompt: 'consent' });
      await sendFile(browser, provider, png());
      const picture = (await findUser(provider.context, user.id))?.claims.picture ?? '';

      const response = await browser.post(deletePath, { username: user.username.toUpperCase() });
      expect(response.statusCode).toBe(303);
      const page = await browser.follow(response);
      expect(textOf(page)).toContain('Your account is deleted');
      expect(textOf(page)).toContain('Was told.');
      expect(page.body).not.toContain(evil);
      expect(site.logoutTokens.map((token) => payloadOf(token).sub)).toEqual([payloadOf(tokens.id_token).sub]);

      expect(await findUser(provider.context, user.id)).toBeUndefined();
      for (const one of [browser, other]) expect(locationOf(await one.get('/account'))).toMatch(/^\/login/);
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
      expect((await refresh(provider, client, tokens.refresh_token ?? '')).json().error).toBe('invalid_grant');
      expect((await browser.get(picture)).statusCode).toBe(404);
      const { database } = provider.context;
      for (const { table } of personalTables.filter(({ table }) => table !== 'logout_deliveries'))
        expect(await database.all(sql`SELECT 1 FROM ${raw(table)} WHERE user_id = ${user.id}`)).toEqual([]);
      const [event] = await listEvents(provider.context, { action: 'user.removed', target: user.id, limit: 1 });
      expect(event).toMatchObject({ actor: user.id, detail: { username: user.username } });
    });

    test('what it tells afterwards is for this browser alone, and for ten minutes', async () => {
      const site = await startRelyingParty();
      const client = await provider.register({ client_name: 'Mine', backchannel_logout_uri: `${site.origin}/back` });
      const { user, browser } = await person();
      await obtainTokens(provider, browser, client);
      const location = locationOf(await browser.post(deletePath, { username: user.username })) ?? '';
      expect(textOf(await browser.get(location))).toContain('Mine Was told.');
      expect(textOf(await provider.browser().get(location))).not.toContain('Mine');
      provider.clock.advance(600);
      expect(textOf(await browser.get(location))).not.toContain('Mine');
    });

    test('works once, even when sent twice at the same instant', async () => {
      const { user, browser } = await person();
      const sent = await Promise.all([1, 2].map(() => browser.post(deletePath, { username: user.username })));
      for (const { statusCode } of sent) expect([303, 400]).toContain(statusCode);
      expect(await findUser(provider.context, user.id)).toBeUndefined();
      expect(await listEvents(provider.context, { action: 'user.removed', target: user.id, limit: 5 })).toHaveLength(1);
    });

    test('is refused for the only administrator, with a way out, until there is another', async () => {
      const { user, browser } = await person({ administrator: true });
      for (const response of [
        await browser.get(deletePath),
        await browser.post(deletePath, { username: user.username }),
      ]) {
        expect(response.statusCode).toBe(409);
        expect(textOf(response)).toContain('You are the only administrator.');
        expect(response.body).toContain('href="/admin/users"');
      }
      expect(textOf(await browser.get(path))).toContain('You are the only administrator.');
      const second = await person({ administrator: true });
      const both = await Promise.all([
        browser.post(deletePath, { username: user.username }),
        second.browser.post(deletePath, { username: second.user.username }),
      ]);
      expect(both.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
      const left = await Promise.all([user, second.user].map(({ id }) => findUser(provider.context, id)));
      expect(left.filter((one) => one !== undefined)).toHaveLength(1);
    });
  });
});

test('where accounts are deleted by administrators, the page says so and the form is refused', async () => {
  const provider = await startProvider({ settings: { CASTELLAN_ACCOUNT_DELETION: 'off' } });
  const user = await provider.addUser();
  const browser = provider.browser();
  await browser.signIn();
  expect(textOf(await browser.get(path))).toContain('deleted by an administrator');
  expect((await browser.get(path)).body).not.toContain('id="account-delete"');
  expect((await browser.get(deletePath)).statusCode).toBe(403);
  expect((await browser.post(deletePath, { username: user.username })).statusCode).toBe(403);
  expect(await findUser(provider.context, user.id)).toBeDefined();
  await provider.close();
});

test.each(engines)(
  'of a deleted account on %s nothing is left that names the person, but the record and the farewell',
  async (engine) => {
    const server = await startMailServer();
    const provider = await startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: mailSettings(server),
    });
    const { context } = provider;
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    const invited = { email: 'Zoe@Example.com', name: 'Zoe Quine', username: 'zoe.q', groups: [], uses: 1, days: 7 };
    const terms = { language: 'en', sendsMail: true } as const;
    await createInvitation(context, newInvitationSchema.parse(invited), terms, actor);
    const browser = provider.browser();
    const page = await browser.open((await server.mail(1)).link);
    const password = 'correct horse battery staple';
    await browser.submit(page, { username: 'zoe.q', name: 'Zoe Quine', password });
    await browser.post('/login/email', { email: 'zoe@example.com' });
    await server.mail(2);
    await browser.post('/forgot-password', { username: 'zoe.q' });
    await server.mail(3);
    await sendFile(browser, provider, png());
    await browser.post(deletePath, { username: 'zoe.q' });
    await server.mail(4);

    const left: Record<string, string> = {};
    for (const table of await context.database.listTables())
      for (const row of await context.database.all(sql`SELECT * FROM ${raw(table)}`))
        if (/zoe/i.test(JSON.stringify(row))) left[table] = `${left[table] ?? ''}${JSON.stringify(row)}`;
    expect(Object.keys(left).sort()).toEqual(['audit_events', 'outgoing_mails']);
    const mails = await listOutgoingMails(context.database, { limit: 10 });
    expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/deleted/)]);
    await provider.close();
  },
);
