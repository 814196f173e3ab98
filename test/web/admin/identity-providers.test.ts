import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import {
  findIdentityProvider,
  listIdentityProviders,
} from '../../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../../src/storage/database.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { addFakeProvider, type FakeProvider, fakeClient, startFakeProvider } from '../../support/fake-provider.ts';
import { formFields } from '../../support/form-fields.ts';
import { locationOf } from '../../support/provider.ts';

const list = '/admin/identity-providers';
let console: Console;

beforeEach(async () => {
  console = await startConsole({
    settings: { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
  });
});
afterEach(() => console.close());

const typed = {
  kind: 'openid-connect',
  name: 'corp',
  label: 'Big Corp',
  issuer: 'https://login.example.com',
  client_id: 'ours',
  client_secret: 'a secret of ours',
};

describe('identity providers', () => {
  test('are added by a form for their kind, and then show the redirect URI to register there', async () => {
    expect(textOf(await console.admin.get(list))).toContain('No provider yet');
    const kinds = await console.admin.get(`${list}/new`);
    for (const kind of ['openid-connect', 'google', 'microsoft', 'github'])
      expect(kinds.body).toContain(`href="${list}/new?kind=${kind}"`);
    const answer = await console.admin.post(`${list}/new`, {
      ...typed,
      creates_users: 'true',
      groups: 'staff\nguests',
    });
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, `${list}/corp`]);
    const page = await console.admin.get(`${list}/corp`);
    expect(textOf(page)).toContain('https://id.example/login/with/corp/callback');
    expect(page.body).not.toContain(typed.client_secret);
    expect(await findIdentityProvider(console.context, 'corp')).toMatchObject({
      settings: { kind: 'openid-connect', issuer: typed.issuer, creates_users: true, groups: ['staff', 'guests'] },
    });
    const [event] = await listEvents(console.context, { limit: 1 });
    expect(event).toMatchObject({ action: 'identity-provider.added', actor: console.administrator.id });
    expect(JSON.stringify(event)).not.toContain(typed.client_secret);
    const rows = await console.context.database.all(sql`SELECT * FROM identity_providers`);
    expect(JSON.stringify(rows)).not.toContain(typed.client_secret);
  });

  test.each([
    ['name', 'Big Corp', 'Must be a short word'],
    ['name', '', 'Must be a short word'],
    ['name', 'taken', 'Is taken by another provider'],
    ['label', '', 'Is required'],
    ['label', 'a‮b', 'Must not contain control or invisible characters'],
    ['issuer', '', 'Is required'],
    ['issuer', 'login.example.com', 'Must be an address'],
    ['issuer', 'https://login.example.com?a=b', 'Must be an address'],
    ['issuer', 'https://user@login.example.com', 'Must be an address'],
    ['client_id', '', 'Is required'],
    ['client_secret', '', 'Is required'],
    ['client_secret', 'x'.repeat(2001), 'Must have at most 2000 characters'],
    ['scope', 'openid "', 'Must be scope values'],
    ['email_domains', 'example.com', 'Mean something only'],
    ['email_domains', 'not a domain', 'Must be domains'],
    ['groups', 'x'.repeat(129), 'The name of a group has at most 128 characters.'],
    ['token_endpoint_auth_method', 'private_key_jwt', 'Must be one of'],
  ])('are refused with what was typed, and the problem at its field: %s %j', async (member, value, problem) => {
    await console.admin.post(`${list}/new`, { ...typed, name: 'taken' });
    const answer = await console.admin.post(`${list}/new`, { ...typed, [member]: value });
    expect(answer.statusCode).toBe(400);
    expect(textOf(answer)).toContain(problem);
    expect(answer.body).toContain(`href="#field-${member}"`);
    expect(answer.body).not.toContain(typed.client_secret);
    expect(await listIdentityProviders(console.context)).toHaveLength(1);
  });

  test('are changed in all but name and place; an empty secret keeps the one there is', async () => {
    await console.admin.post(`${list}/new`, typed);
    const before = await findIdentityProvider(console.context, 'corp');
    const fields = formFields((await console.admin.get(`${list}/corp`)).body, 'provider-form');
    expect(fields).not.toHaveProperty('issuer');
    const changed = { ...fields, label: evil, issuer: 'https://evil.example', trusts_mfa: 'true' };
    const answer = await console.admin.post(`${list}/corp`, changed);
    expect(locationOf(answer)).toBe(`${list}/corp`);
    const after = await findIdentityProvider(console.context, 'corp');
    expect(after?.settings).toMatchObject({ label: evil, issuer: typed.issuer, trusts_mfa: true });
    expect(after?.sealed_client_secret).toBe(before?.sealed_client_secret);
    for (const path of [list, `${list}/corp`, '/login', '/account/security'])
      expect((await console.admin.get(path === '/login' ? `${list}/corp/remove` : path)).body).not.toContain(
        '<img src=x',
      );
    expect((await console.browser().get('/login')).body).toContain('&lt;img src=x');
    await console.admin.post(`${list}/corp`, { ...fields, client_secret: 'a new one' });
    const sealed = (await findIdentityProvider(console.context, 'corp'))?.sealed_client_secret;
    expect(sealed).not.toBe(before?.sealed_client_secret);
  });

  test('are disabled and enabled', async () => {
    await console.admin.post(`${list}/new`, typed);
    await console.admin.post(`${list}/corp/disable`, {});
    expect(textOf(await console.admin.get(list))).toContain('disabled');
    expect((await console.browser().get('/login')).body).not.toContain('login-with-corp');
    await console.admin.post(`${list}/corp/enable`, {});
    expect((await console.browser().get('/login')).body).toContain('login-with-corp');
  });

  test('are removed after a page that says what follows, and after a recent sign-in', async () => {
    await console.admin.post(`${list}/new`, typed);
    const { id } = await console.addUser({ username: 'bob', email: 'bob@example.com', password: undefined });
    await console.context.database.run(sql`
      INSERT INTO federated_identities (provider, sub, user_id, label, created_at) VALUES ('corp', '1', ${id}, 'bob', 0)`);
    const question = textOf(await console.admin.get(`${list}/corp/remove`));
    expect(question).toContain('1 person is connected to it.');
    expect(question).toContain('1 person has no other way to sign in');
    console.clock.advance(301);
    expect(locationOf(await console.admin.post(`${list}/corp/remove`, {}))).toMatch(/^\/login\?/);
    expect(await listIdentityProviders(console.context)).toHaveLength(1);
    const fresh = console.browser();
    await fresh.signIn('ada');
    await fresh.post(`${list}/corp/remove`, {});
    expect(await listIdentityProviders(console.context)).toEqual([]);
    expect(await console.context.database.all(sql`SELECT * FROM federated_identities`)).toEqual([]);
  });
});

describe('a test of the connection', () => {
  let fake: FakeProvider;
  beforeEach(async () => {
    fake = await startFakeProvider();
  });
  const findings = async (settings: Record<string, unknown> = {}) => {
    await addFakeProvider(console, fake, settings);
    return textOf(await console.admin.get(`${list}/fake/test`));
  };

  test('says that all is well', async () => {
    expect(await findings()).toContain('The provider answers, and knows the client ID and its secret.');
  });

  test('says that nobody answers, and nothing of what there is inside the network', async () => {
    await fake.stop();
    const text = await findings();
    expect(text).toContain(`There was no answer from ${fake.issuer}.`);
    expect(text).not.toContain('ECONNREFUSED');
  });

  test('says that there is no configuration', async () => {
    expect(await findings({ issuer: `${fake.issuer}/realm` })).toContain('There is no OpenID configuration at');
  });

  test('says that it is that of another issuer', async () => {
    fake.configuration = { issuer: 'https://other.example' };
    expect(await findings()).toContain('it is that of another issuer');
  });

  test('says what its configuration lacks', async () => {
    fake.configuration = { authorization_endpoint: undefined, scopes_supported: ['openid'] };
    expect(await findings()).toContain('does not tell the authorization_endpoint');
  });

  test('says which scope values it does not list', async () => {
    fake.configuration = { scopes_supported: ['openid'] };
    expect(await findings({ scope: 'openid wide' })).toContain('It does not list these scope values: wide.');
  });

  test('says that client ID and secret are wrong', async () => {
    expect(await findings({ client_id: `${fakeClient.client_id}-not` })).toContain(
      'It does not know this client ID with this secret.',
    );
  });

  test('says that the token endpoint fails', async () => {
    fake.tokenStatus = 500;
    expect(await findings()).toContain('Its token endpoint gave no answer that could be understood.');
  });
});
