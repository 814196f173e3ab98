import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientAuthenticationMethods } from '../../../src/protocol/client-authentication/index.ts';
import { clientMetadataSchema } from '../../../src/protocol/client-metadata.ts';
import { findClient } from '../../../src/protocol/clients.ts';
import { grantTypes } from '../../../src/protocol/registrable-metadata.ts';
import { responseTypes } from '../../../src/protocol/response-types/index.ts';
import { scopes } from '../../../src/protocol/scopes.ts';
import { signingAlgs } from '../../../src/protocol/tokens/signing-algs.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { formFields, unticked } from '../../support/form-fields.ts';
import { basic, type Form, locationOf } from '../../support/provider.ts';

let console: Console;
beforeAll(async () => {
  console = await startConsole();
});
afterAll(() => console.close());

const newPage = '/admin/clients/new';

async function fieldsFor(kind: string): Promise<Form> {
  const page = await console.admin.get(`${newPage}?kind=${kind}`);
  return formFields(page.body, 'client-form');
}

async function registered(kind: string, typed: Form) {
  const answer = await console.admin.post(newPage, { ...(await fieldsFor(kind)), ...typed });
  const path = locationOf(answer) ?? '';
  const client_id = decodeURIComponent(path.split('/').at(-1) ?? '');
  return { answer, path, client_id, client: await findClient(console.context, client_id) };
}

describe('registering an application', () => {
  test('begins with its kind, without any script', async () => {
    const page = await console.admin.get(newPage);
    const kinds = [...page.body.matchAll(/href="\/admin\/clients\/new\?kind=([a-z]+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(['web', 'browser', 'native', 'machine']);
  });

  test.each([
    [
      'web',
      { redirect_uris: 'https://wiki.example/callback' },
      { application_type: 'web', token_endpoint_auth_method: 'client_secret_basic', response_types: ['code'] },
    ],
    [
      'browser',
      { redirect_uris: 'https://app.example/' },
      {
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    [
      'native',
      { redirect_uris: 'com.example.app:/callback' },
      { application_type: 'native', token_endpoint_auth_method: 'none', require_pkce: true },
    ],
    [
      'machine',
      { own_scope: 'reports.read reports.write' },
      { grant_types: ['client_credentials'], response_types: [], scope: 'reports.read reports.write' },
    ],
  ])('presets what fits the kind %s', async (kind, typed, expected) => {
    const { client } = await registered(kind, { client_name: 'Presets', ...typed });
    expect(client).toMatchObject(expected);
  });

  test('offers exactly what the registries have', async () => {
    const { body } = await console.admin.get(`${newPage}?kind=web`);
    const ticks = (member: string) =>
      [...body.matchAll(new RegExp(`name="${member}:([^"]+)"`, 'g'))].map(([, value]) => value);
    const options = (member: string) =>
      [
        ...(new RegExp(`<select[^>]*name="${member}"[\\s\\S]*?</select>`).exec(body)?.[0] ?? '').matchAll(
          /value="([^"]*)"/g,
        ),
      ].map(([, value]) => value);
    expect(ticks('grant_types')).toEqual([...grantTypes.keys()]);
    expect(ticks('response_types')).toEqual([...responseTypes.keys()]);
    expect(ticks('scope')).toEqual([...scopes.keys()]);
    expect(options('token_endpoint_auth_method')).toEqual([...clientAuthenticationMethods.keys()]);
    expect(options('id_token_signed_response_alg')).toEqual([...signingAlgs]);
    expect(options('access_token_signed_response_alg')).toEqual([...signingAlgs]);
  });

  test('has a field for every member of the metadata that has a choice', async () => {
    const { body } = await console.admin.get(`${newPage}?kind=web`);
    const missing = Object.keys(clientMetadataSchema.shape).filter(
      (member) => !new RegExp(`name="${member}[":]`).test(body),
    );
    expect(missing).toEqual([]);
  });

  test('shows the secret once, then the addresses to copy', async () => {
    const { answer, path, client_id } = await registered('web', {
      client_name: 'Wiki',
      redirect_uris: 'https://wiki.example/callback',
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(path).toBe(`/admin/clients/${client_id}`);
    const page = await console.admin.get(path);
    const client_secret = /shown once[\s\S]*?<code>([A-Za-z0-9_-]{43})<\/code>/.exec(page.body)?.[1] ?? '';
    expect(page.headers['cache-control']).toBe('no-store');
    for (const text of [
      client_id,
      'http://localhost:9000/oidc/.well-known/openid-configuration',
      'http://localhost:9000/oidc/oauth2/token',
      'http://localhost:9000/oidc/oauth2/auth',
      'https://wiki.example/callback',
    ])
      expect(page.body).toContain(`<code>${text}</code>`);

    const again = await console.admin.get(path);
    expect(client_secret).toHaveLength(43);
    expect(again.body).not.toContain(client_secret);
    const headers = { authorization: basic({ client_id, client_secret }) };
    const token = await console.post('/oidc/oauth2/token', { grant_type: 'client_credentials' }, undefined, headers);
    expect(token.json().error).toBe('unauthorized_client');
  });

  test.each([
    ['in the browser that registered, at once', 'own', 0, true],
    ['not in another browser of the same administrator', 'other', 0, false],
    ['not after five minutes', 'own', 300, false],
  ])('the secret is shown %s', async (_, whose, seconds, isShown) => {
    const own = await startConsole();
    const other = own.browser();
    await other.signIn('ada');
    const page = await own.admin.get(`${newPage}?kind=machine`);
    const fields = { ...formFields(page.body, 'client-form'), client_name: 'Reports' };
    const path = locationOf(await own.admin.post(newPage, fields)) ?? '';
    other.cookies.set('castellan_news', own.admin.cookies.get('castellan_news') ?? '');
    own.clock.advance(seconds);
    const shown = await (whose === 'own' ? own.admin : other).get(path);
    expect(shown.body.includes('shown once')).toBe(isShown);
    await own.close();
  });

  test('takes a hybrid response type with its grant types, what signs its answers, and how claims reach it', async () => {
    const { client } = await registered('web', {
      client_name: 'Old wiki',
      redirect_uris: 'https://wiki.example/callback',
      'response_types:code id_token': 'true',
      'grant_types:implicit': 'true',
      userinfo_signed_response_alg: 'PS256',
      authorization_signed_response_alg: 'ES256',
      claims_mapping: '{"rename": {"groups": "roles"}}',
    });
    expect(client).toMatchObject({
      response_types: ['code', 'code id_token'],
      grant_types: expect.arrayContaining(['authorization_code', 'implicit']),
      userinfo_signed_response_alg: 'PS256',
      authorization_signed_response_alg: 'ES256',
      claims_mapping: { include: [], rename: { groups: 'roles' }, constant: {} },
    });
  });

  test('keeps what was typed, and says at each field what is wrong with it', async () => {
    const answer = await console.admin.post(newPage, {
      ...unticked(await fieldsFor('web'), 'scope:phone', 'require_pkce'),
      client_name: evil,
      redirect_uris: 'https://wiki.example/callback#top\nhttp://wiki.example/callback',
      own_scope: 'wiki.read',
      access_token_seconds: '120',
      tos_uri: '',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain(evil);
    expect(textOf(answer)).toContain('https://wiki.example/callback#top has a fragment');
    expect(textOf(answer)).toContain('http://wiki.example/callback must begin with https');
    expect(answer.body).toMatch(/<textarea[^>]*id="field-redirect_uris"[^>]*aria-invalid="true"/);
    const typed = formFields(answer.body, 'client-form');
    expect(typed).toMatchObject({
      client_name: evil,
      redirect_uris: 'https://wiki.example/callback#top\nhttp://wiki.example/callback',
      own_scope: 'wiki.read',
      access_token_seconds: '120',
      kind: 'web',
    });
    expect(typed).not.toHaveProperty('scope:phone');
    expect(typed).not.toHaveProperty('require_pkce');
  });

  test.each([
    ['a redirect URI that is none', { redirect_uris: 'not a uri' }, 'redirect_uris'],
    ['no redirect URI', { redirect_uris: '' }, 'redirect_uris'],
    [
      'a sign-out URI with a wildcard',
      { post_logout_redirect_uris: 'https://*.example/' },
      'post_logout_redirect_uris',
    ],
    ['a lifetime that is no number', { access_token_seconds: 'long' }, 'access_token_seconds'],
    ['a claims mapping that is no JSON', { claims_mapping: 'groups: roles' }, 'claims_mapping'],
    ['a claims mapping of the subject', { claims_mapping: '{"constant":{"sub":"ada"}}' }, 'claims_mapping'],
    ['a lifetime out of bounds', { access_token_seconds: '1' }, 'access_token_seconds'],
    ['an endless inactivity limit', { refresh_token_idle_seconds: '999999999999' }, 'refresh_token_idle_seconds'],
    ['a home page that would run', { client_uri: 'javascript:alert(1)' }, 'client_uri'],
    ['a policy without https', { policy_uri: 'http://wiki.example/' }, 'policy_uri'],
    ['a grant that is not enough', { 'grant_types:authorization_code': undefined }, 'grant_types'],
    [
      'machines without a secret',
      { 'grant_types:client_credentials': 'true', token_endpoint_auth_method: 'none' },
      'grant_types',
    ],
    ['an unknown method', { token_endpoint_auth_method: 'magic' }, 'token_endpoint_auth_method'],
    ['an unknown algorithm', { id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
    ['scope outside the grammar', { own_scope: '"' }, 'scope'],
    ['a taken client ID', { client_id: 'taken' }, 'client_id'],
    ['a client ID with a blank', { client_id: 'a b' }, 'client_id'],
    ['a weak secret', { client_secret: 'short' }, 'client_secret'],
  ])('refuses %s at its field, with the rules of the command line', async (_, typed: Form, member) => {
    if (typed.client_id === 'taken' && !(await findClient(console.context, 'taken')))
      await console.register({}, { client_id: 'taken' });
    const answer = await console.admin.post(newPage, {
      ...(await fieldsFor('web')),
      client_name: 'Refused',
      redirect_uris: 'https://wiki.example/callback',
      ...typed,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(new RegExp(`class="problem" id="field-${member}-problem"`));
    expect(answer.body).toContain(`href="#field-${member}"`);
    expect((await console.admin.get('/admin/clients?search=Refused')).body).toContain('Nothing found');
  });

  test('takes an application over with the credentials that it has', async () => {
    const client_secret = 'a secret from elsewhere';
    const { path } = await registered('machine', { client_name: 'Moved', client_id: 'legacy/app', client_secret });
    expect(path).toBe('/admin/clients/legacy%2Fapp');
    const page = await console.admin.get(path);
    expect(page.body).toContain('Moved');
    expect(page.body).not.toContain(client_secret);
    const headers = { authorization: basic({ client_id: 'legacy/app', client_secret }) };
    const token = await console.post('/oidc/oauth2/token', { grant_type: 'client_credentials' }, undefined, headers);
    expect(token.statusCode).toBe(200);
  });
});
