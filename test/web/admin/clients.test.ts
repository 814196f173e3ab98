import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findClient } from '../../../src/protocol/clients.ts';
import { readClientMetadata } from '../../../src/protocol/registrable-metadata.ts';
import { clientPath } from '../../../src/web/admin/clients/client-page.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { formFields, unticked } from '../../support/form-fields.ts';
import { basic, locationOf } from '../../support/provider.ts';

const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

let console: Console;
beforeAll(async () => {
  console = await startConsole();
});
afterAll(() => console.close());

describe('an application of any printable name', () => {
  test.each([
    'new',
    '.',
    '..',
    '~',
    '~new',
    'a/b',
    'a%2Fb',
    '%41',
    'a?b#c',
    'a;b',
    'a\'"b',
    evil.replaceAll(' ', '_'),
    '%'.repeat(200),
  ])('has its pages: %s', async (client_id) => {
    await console.register({ client_name: evil }, { client_id });
    const list = await console.admin.get(`/admin/clients?${new URLSearchParams({ search: client_id })}`);
    const href = clientPath(client_id).replaceAll("'", '&#39;');
    expect(list.body).toContain(`href="${href}"`);
    for (const page of ['', '/settings', '/secrets', '/remove']) {
      const path = new URL(`${clientPath(client_id)}${page}`, 'http://localhost').pathname;
      const answer = await console.admin.get(path);
      expect([path, answer.statusCode]).toEqual([path, 200]);
      expect(answer.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(answer.body).not.toContain('<img src=x');
    }
  });
});

describe('the settings of an application', () => {
  test('stay as they are when the form is sent untouched, whatever they are', async () => {
    const metadata = {
      client_name: 'Everything',
      application_type: 'native',
      redirect_uris: ['com.example.app:/callback', 'http://localhost:[3636-3666]/callback'],
      post_logout_redirect_uris: ['https://app.example/bye'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_jwt',
      token_endpoint_auth_signing_alg: 'HS256',
      jwks: { keys: [{ ...publicKey, kid: '</textarea>"' }] },
      scope: 'openid email wiki.read',
      client_uri: 'https://app.example/',
      logo_uri: 'https://app.example/logo.svg',
      policy_uri: 'https://app.example/policy',
      tos_uri: 'https://app.example/terms',
      contacts: ['ops@app.example'],
      id_token_signed_response_alg: 'EdDSA',
      access_token_signed_response_alg: 'PS256',
      default_max_age: 0,
      require_auth_time: true,
      require_pkce: false,
      first_party: true,
      audience: ['https://api.example', 'urn:other'],
      rotate_refresh_tokens: false,
      authorization_code_seconds: 30,
      access_token_seconds: 300,
      id_token_seconds: 301,
      refresh_token_idle_seconds: 3600,
      refresh_token_seconds: 7200,
    };
    expect(readClientMetadata(metadata, 'x')).not.toHaveProperty('problems');
    await console.register(metadata, { client_id: 'everything' });
    const before = await findClient(console.context, 'everything');
    const path = '/admin/clients/everything/settings';
    const fields = formFields((await console.admin.get(path)).body, 'client-form');
    const answer = await console.admin.post(path, fields);
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, path]);
    expect(textOf(await console.admin.get(path))).toContain('The changes are saved.');
    expect({ ...(await findClient(console.context, 'everything')), updated_at: 0 }).toEqual({
      ...before,
      updated_at: 0,
    });
  });

  test('are changed and taken away by the form', async () => {
    const { client_id } = await console.register({ client_uri: 'https://old.example', rotate_refresh_tokens: true });
    const path = `/admin/clients/${client_id}/settings`;
    const fields = formFields((await console.admin.get(path)).body, 'client-form');
    await console.admin.post(path, {
      ...unticked(fields, 'scope:phone', 'scope:address'),
      client_name: 'New name',
      client_uri: '',
      rotate_refresh_tokens: '',
      first_party: 'true',
      redirect_uris: ' https://one.example/ \r\n\r\nhttps://two.example/',
    });
    const client = await findClient(console.context, client_id);
    expect(client).toMatchObject({
      client_name: 'New name',
      first_party: true,
      redirect_uris: ['https://one.example/', 'https://two.example/'],
      scope: 'openid profile email groups offline_access',
    });
    expect(client).not.toHaveProperty('client_uri');
    expect(client).not.toHaveProperty('rotate_refresh_tokens');
    const [event] = await listEvents(console.context, { limit: 1, target: client_id });
    expect(event).toMatchObject({ action: 'client.updated', actor: console.administrator.id, address: '127.0.0.1' });
    expect(event?.request_id).toBeTruthy();
  });

  test('a change that is refused changes nothing and keeps what was typed', async () => {
    const { client_id } = await console.register();
    const before = await findClient(console.context, client_id);
    const path = `/admin/clients/${client_id}/settings`;
    const fields = formFields((await console.admin.get(path)).body, 'client-form');
    const answer = await console.admin.post(path, {
      ...fields,
      client_name: 'Typed',
      redirect_uris: 'http://x.example',
    });
    expect(answer.statusCode).toBe(400);
    expect(formFields(answer.body, 'client-form')).toMatchObject({
      client_name: 'Typed',
      redirect_uris: 'http://x.example',
    });
    expect(await findClient(console.context, client_id)).toEqual(before);
  });

  test('members that the form does not have cannot be smuggled in', async () => {
    const { client_id } = await console.register();
    const path = `/admin/clients/${client_id}/settings`;
    const fields = formFields((await console.admin.get(path)).body, 'client-form');
    await console.admin.post(path, {
      ...fields,
      client_id: 'other',
      disabled: 'true',
      created_at: '0',
      subject_type: 'x',
    });
    expect(await findClient(console.context, client_id)).toMatchObject({
      client_id,
      disabled: false,
      subject_type: 'public',
    });
    expect(await findClient(console.context, 'other')).toBeUndefined();
  });

  test('an application that becomes confidential gets a secret, shown once', async () => {
    const { client_id } = await console.register({ token_endpoint_auth_method: 'none' });
    const path = `/admin/clients/${client_id}`;
    expect((await console.admin.get(`${path}/secrets`)).body).toContain('This application has no secret');
    const fields = formFields((await console.admin.get(`${path}/settings`)).body, 'client-form');
    await console.admin.post(`${path}/settings`, { ...fields, token_endpoint_auth_method: 'client_secret_basic' });
    expect((await console.admin.get(path)).body).toContain('shown once');
    expect((await console.admin.get(path)).body).not.toContain('shown once');
  });
});

describe('an application that signs with its own keys', () => {
  test('changes over to them in the form, and has no page of secrets then', async () => {
    const { client_id } = await console.register();
    const path = `/admin/clients/${client_id}`;
    const fields = formFields((await console.admin.get(`${path}/settings`)).body, 'client-form');
    const typed = {
      ...fields,
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: JSON.stringify({ keys: [publicKey] }),
    };
    expect((await console.admin.post(`${path}/settings`, typed)).statusCode).toBe(303);
    expect(await findClient(console.context, client_id)).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [publicKey] },
    });
    const page = await console.admin.get(path);
    expect(textOf(page)).toContain('signs with its own keys');
    expect(page.body).not.toContain(`${path}/secrets`);
    expect(textOf(await console.admin.get(`${path}/secrets`))).toContain('authenticates with private_key_jwt');
    expect((await console.admin.post(`${path}/secrets`, {})).statusCode).toBe(400);
  });

  test.each([
    ['no JSON', '{"keys":'],
    ['a private key', JSON.stringify({ keys: [{ ...publicKey, d: 'AAAA' }] })],
    ['nothing', ''],
  ])('keeps what was typed when its keys are %s', async (_title, jwks) => {
    const { client_id } = await console.register();
    const path = `/admin/clients/${client_id}/settings`;
    const fields = formFields((await console.admin.get(path)).body, 'client-form');
    const answer = await console.admin.post(path, { ...fields, token_endpoint_auth_method: 'private_key_jwt', jwks });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('href="#field-jwks"');
    const again = formFields(answer.body, 'client-form').jwks ?? '';
    expect(again.replaceAll(/\s/g, '')).toBe(jwks.replaceAll(/\s/g, ''));
  });
});

describe('the secrets of an application', () => {
  test('are added, shown once, and removed after a question', async () => {
    const { client_id } = await console.register({ grant_types: ['authorization_code', 'client_credentials'] });
    const path = `/admin/clients/${client_id}/secrets`;
    const answer = await console.admin.post(path, { expires_on: '2999-12-31' });
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, path]);
    const page = await console.admin.get(path);
    const client_secret = /shown once[\s\S]*?<code>([A-Za-z0-9_-]{43})<\/code>/.exec(page.body)?.[1] ?? '';
    expect((await console.admin.get(path)).body).not.toContain(client_secret);
    expect(page.body).toContain('<time datetime="2999-12-31T23:59:59Z">');
    const headers = { authorization: basic({ client_id, client_secret }) };
    const token = () => console.post('/oidc/oauth2/token', { grant_type: 'client_credentials' }, undefined, headers);
    expect((await token()).statusCode).toBe(200);

    const [first, second] = [...page.body.matchAll(/href="([^"]+\/remove)"/g)].map(([, href]) => href ?? '');
    const question = await console.admin.get(second ?? '');
    expect(textOf(question)).toContain('Remove this secret?');
    expect((await token()).statusCode).toBe(200);
    await console.admin.post(second ?? '', {});
    expect((await token()).statusCode).toBe(401);
    expect((await console.admin.get(second ?? '')).statusCode).toBe(404);
    expect((await console.admin.get(first ?? '')).statusCode).toBe(200);
    const actions = (await listEvents(console.context, { limit: 2, target: client_id })).map(({ action }) => action);
    expect(actions).toEqual(['client.secret_removed', 'client.secret_added']);
  });

  test.each(['2000-01-01', 'tomorrow', '2999-02-31', '2999-1-1', '12999-01-01'])(
    'do not expire on %s',
    async (expires_on) => {
      const { client_id } = await console.register();
      const answer = await console.admin.post(`/admin/clients/${client_id}/secrets`, { expires_on });
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain(`value="${expires_on}"`);
    },
  );

  test('are ten at most', async () => {
    const { client_id } = await console.register();
    const path = `/admin/clients/${client_id}/secrets`;
    for (let count = 1; count < 10; count++) expect((await console.admin.post(path, {})).statusCode).toBe(303);
    const answer = await console.admin.post(path, {});
    expect([answer.statusCode, textOf(answer)]).toEqual([400, expect.stringContaining('at most 10 secrets')]);
  });

  test('of another application are not found', async () => {
    const [one, other] = [await console.register(), await console.register()];
    const page = await console.admin.get(`/admin/clients/${one.client_id}/secrets`);
    const href = /href="([^"]+\/remove)"/.exec(page.body)?.[1] ?? '';
    const answer = await console.admin.post(href.replace(one.client_id, other.client_id), {});
    expect(answer.statusCode).toBe(404);
  });
});

describe('an application', () => {
  test('is disabled and enabled with one button, and both are in the audit log', async () => {
    const { client_id } = await console.register();
    const path = `/admin/clients/${client_id}`;
    await console.admin.post(`${path}/disable`, {});
    expect((await findClient(console.context, client_id))?.disabled).toBe(true);
    expect((await console.admin.get(path)).body).toContain('This application is disabled');
    await console.admin.post(`${path}/enable`, {});
    expect((await findClient(console.context, client_id))?.disabled).toBe(false);
    const actions = (await listEvents(console.context, { limit: 2, target: client_id })).map(({ action }) => action);
    expect(actions).toEqual(['client.enabled', 'client.disabled']);
  });

  test('is removed after a question', async () => {
    const own = await startConsole();
    const { client_id } = await own.register({ client_name: 'Gone' });
    const path = `/admin/clients/${client_id}/remove`;
    expect(textOf(await own.admin.get(path))).toContain('Remove Gone?');
    expect(await findClient(own.context, client_id)).toBeDefined();
    const answer = await own.admin.post(path, {});
    expect(locationOf(answer)).toBe('/admin/clients');
    expect(await findClient(own.context, client_id)).toBeUndefined();
    expect((await own.admin.get(`/admin/clients/${client_id}`)).statusCode).toBe(404);
    const [event] = await listEvents(own.context, { limit: 1, target: client_id });
    expect(event).toMatchObject({ action: 'client.removed', actor: own.administrator.id });
    await own.close();
  });
});
