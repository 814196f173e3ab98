import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizationUrl, authorize, obtainTokens, payloadOf, refresh, userinfo } from '../support/code-flow.ts';
import { answerOf, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';

const scope = 'openid profile email groups';
const groups = ['board', 'wiki-editors', 'wiki-readers'];
let provider: Provider;
let browser: TestBrowser;

beforeAll(async () => {
  provider = await startProvider();
  await provider.addUser({
    email_verified: true,
    groups,
    claims: { name: 'Alice Liddell', locale: 'en', department: 'rabbits', address: { country: 'UK' } },
  });
  browser = provider.browser();
  await browser.signIn();
});
afterAll(() => provider.close());

/** What a client gets in its ID Token and from userinfo, without what is of the protocol. */
async function told(metadata: Record<string, unknown>, changes: Record<string, string | undefined> = {}) {
  const client = await provider.register({ first_party: true, ...metadata });
  const tokens = await obtainTokens(provider, browser, client, { scope, ...changes });
  const { iss, sub, aud, iat, exp, auth_time, acr, amr, sid, nonce, at_hash, ...idToken } = payloadOf(tokens.id_token);
  const { sub: subject, ...fromUserinfo } = (await userinfo(provider, tokens.access_token)).json();
  expect(subject).toBe(sub);
  return { idToken, userinfo: fromUserinfo, tokens, client, ofProtocol: { iss, sub, aud, acr, amr, nonce } };
}

describe('the claims parameter', () => {
  const ask = (member: 'id_token' | 'userinfo', claims: unknown) => ({
    scope: 'openid',
    claims: JSON.stringify({ [member]: claims }),
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ['null', { name: null }, { name: 'Alice Liddell' }],
    ['essential', { name: { essential: true } }, { name: 'Alice Liddell' }],
    ['its value', { name: { value: 'Alice Liddell' } }, { name: 'Alice Liddell' }],
    ['one of several', { locale: { values: ['de', 'en'] } }, { locale: 'en' }],
    ['true', { email_verified: { value: true } }, { email_verified: true }],
    ['an object', { address: { value: { country: 'UK' } } }, { address: { country: 'UK' } }],
    ['a list', { groups: { value: groups } }, { groups }],
  ])('gives what is asked for by %s, in the place where it is asked for', async (_how, claims, expected) => {
    const inUserinfo = await told({}, ask('userinfo', claims));
    expect(inUserinfo.userinfo).toEqual(expected);
    expect(inUserinfo.idToken).toEqual({});
    const inIdToken = await told({}, ask('id_token', claims));
    expect(inIdToken.idToken).toEqual(expected);
    expect(inIdToken.userinfo).toEqual({});
  });

  test.each<[string, unknown]>([
    ['another value', { name: { value: 'Somebody Else' } }],
    ['another value, essential', { name: { essential: true, value: 'Somebody Else' } }],
    ['none of several', { locale: { values: ['de', 'fr'] } }],
    ['a value of another type', { email_verified: { value: 'true' } }],
    ['another object', { address: { value: { country: 'FR' } } }],
    ['a name that nobody has', { toString: null, ['__proto__']: null, 'name#de': null }],
  ])('gives nothing, and no error, for %s', async (_what, claims) => {
    const { idToken, userinfo: fromUserinfo } = await told({}, ask('userinfo', claims));
    expect([idToken, fromUserinfo]).toEqual([{}, {}]);
  });

  test.each<[string, (sub: string) => unknown, string | undefined]>([
    ['the person by value', (sub) => ({ id_token: { sub: { value: sub } } }), undefined],
    ['the person by the one of several', (sub) => ({ id_token: { sub: { values: [sub] } } }), undefined],
    [
      'the person in both places',
      (sub) => ({ id_token: { sub: { value: sub } }, userinfo: { sub: { value: sub } } }),
      undefined,
    ],
    ['somebody else', () => ({ userinfo: { sub: { value: 'somebody' } } }), 'login_required'],
    ['somebody else as the one of several', () => ({ id_token: { sub: { values: ['somebody'] } } }), 'login_required'],
    ['a subject that is no text', () => ({ id_token: { sub: { value: { a: 1 } } } }), 'login_required'],
    ['an object without a text', () => ({ id_token: { sub: { value: { toString: 1 } } } }), 'login_required'],
    ['two people', (sub) => ({ id_token: { sub: { values: [sub, 'somebody'] } } }), 'invalid_request'],
    [
      'one here and one there',
      (sub) => ({ id_token: { sub: { value: sub } }, userinfo: { sub: { value: 'somebody' } } }),
      'invalid_request',
    ],
  ])('that names %s', async (_whom, claimsFor, error) => {
    const client = await provider.register({ first_party: true });
    const { sub } = payloadOf((await obtainTokens(provider, browser, client)).id_token);
    const claims = JSON.stringify(claimsFor(String(sub)));
    const answer = answerOf(await browser.open(authorizationUrl(client, { prompt: 'none', claims })));
    expect([answer.error, answer.code !== undefined]).toEqual([error, error === undefined]);
  });

  test('may hold numbers that take more room when they are written out', async () => {
    const long = Object.fromEntries([...'abcdefghijklm'].map((name) => [name, { values: Array(50).fill(1e20) }]));
    const claims = JSON.stringify({ id_token: { ...long, name: null } }).replaceAll('100000000000000000000', '1e20');
    expect(claims.length).toBeLessThan(4096);
    const client = await provider.register({ first_party: true });
    const tokens = await obtainTokens(provider, browser, client, { scope: 'openid', claims });
    expect(payloadOf(tokens.id_token).name).toBe('Alice Liddell');
  });

  test('does not take away what the scope gives', async () => {
    const claims = JSON.stringify({ userinfo: { email: { value: 'other@example.com' } } });
    const { userinfo: fromUserinfo } = await told({}, { scope: 'openid email', claims });
    expect(fromUserinfo).toEqual({ email: 'alice@example.com', email_verified: true });
  });

  test('for acr tells the acr that was reached, essential or not, and refuses one that is not to be had', async () => {
    const client = await provider.register({ first_party: true });
    const answer = async (acr: unknown) => {
      const changes = { scope: 'openid', claims: JSON.stringify({ id_token: { acr } }) };
      return answerOf(await authorize(browser, authorizationUrl(client, changes)));
    };
    const acr = 'urn:castellan:acr:one-factor';
    for (const asked of [null, { essential: true }, { essential: true, values: ['gold', acr] }, { value: 'gold' }])
      expect((await answer(asked)).code).toBeDefined();
    for (const asked of [
      { essential: true, value: 'gold' },
      { essential: true, values: ['gold', 'silver'] },
      { essential: true, value: { toString: 1 } },
      { essential: true, value: [acr] },
    ])
      expect((await answer(asked)).error).toBe('unmet_authentication_requirements');
  });
});

describe('a claims mapping', () => {
  test('is not there by default: the claims of the scope are in userinfo alone, under their own names', async () => {
    const { idToken, userinfo: fromUserinfo } = await told({});
    expect(idToken).toEqual({});
    expect(fromUserinfo).toMatchObject({ name: 'Alice Liddell', department: 'rabbits', email: 'alice@example.com' });
  });

  test('includes claims of the scope in the ID Token, and none beyond the scope', async () => {
    const { idToken } = await told(
      { claims_mapping: { include: ['email', 'groups', 'department', 'phone_number'] } },
      { scope: 'openid email groups' },
    );
    expect(idToken).toEqual({ email: 'alice@example.com', groups });
  });

  test('renames claims wherever they are told', async () => {
    const rename = { groups: 'roles', email: 'preferred_username', department: 'https://app.example/department' };
    const { idToken, userinfo: fromUserinfo } = await told({ claims_mapping: { include: ['groups'], rename } });
    expect(idToken).toEqual({ roles: groups });
    expect(fromUserinfo).toMatchObject({
      ...idToken,
      preferred_username: 'alice@example.com',
      'https://app.example/department': 'rabbits',
    });
    for (const name of ['groups', 'email', 'department']) expect(fromUserinfo).not.toHaveProperty([name]);
  });

  test('adds constants to both', async () => {
    const constant = { tenant: 'acme', limits: { seats: 5 } };
    const { idToken, userinfo: fromUserinfo } = await told({ claims_mapping: { constant } }, { scope: 'openid' });
    expect(idToken).toEqual(constant);
    expect(fromUserinfo).toEqual(constant);
  });

  test('tells of groups only those that are meant', async () => {
    const few = await told({ claims_mapping: { groups: ['wiki-*', 'nobody'] } });
    expect(few.userinfo.groups).toEqual(['wiki-editors', 'wiki-readers']);
    expect((await told({ claims_mapping: { groups: ['boar'] } })).userinfo).not.toHaveProperty('groups');
    expect((await told({ claims_mapping: { groups: [] } })).userinfo).not.toHaveProperty('groups');
  });

  test('never leaves a word that something is verified beside what another claim was put there for', async () => {
    const renamed = await told({ claims_mapping: { rename: { department: 'email' } } });
    expect(renamed.userinfo.email).toBe('rabbits');
    expect(renamed.userinfo).not.toHaveProperty('email_verified');
    const constant = await told({ claims_mapping: { constant: { email: 'everybody@example.com' } } });
    expect(constant.userinfo).not.toHaveProperty('email_verified');
  });

  test('holds for an ID Token of its own and after a refresh', async () => {
    const claims_mapping = { rename: { name: 'display_name' }, include: ['name'], constant: { tenant: 'acme' } };
    const { tokens, client } = await told({ claims_mapping });
    const again = (await refresh(provider, client, tokens.refresh_token ?? '')).json();
    expect(payloadOf(again.id_token)).toMatchObject({ display_name: 'Alice Liddell', tenant: 'acme' });
    const implicit = await provider.register({
      ...{ first_party: true, claims_mapping, grant_types: ['implicit'], response_types: ['id_token'] },
    });
    const { id_token } = answerOf(
      await authorize(browser, authorizationUrl(implicit, { response_type: 'id_token', scope })),
    );
    expect(payloadOf(id_token)).toMatchObject({
      display_name: 'Alice Liddell',
      tenant: 'acme',
      email: 'alice@example.com',
    });
  });

  const reserved = [
    ...['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'nonce', 'azp', 'acr', 'amr', 'auth_time', 'sid', 'cnf'],
    ...[
      'at_hash',
      'c_hash',
      's_hash',
      'events',
      '__proto__x',
      'constructor',
      'email_verified',
      'phone_number_verified',
    ],
  ];
  test.each(reserved)('cannot make or hide %s', async (name) => {
    for (const claims_mapping of [{ constant: { [name]: 'admin' } }, { rename: { nickname: name } }])
      await expect(provider.register({ claims_mapping })).rejects.toThrow('claims_mapping');
    const hides = { rename: { [name]: 'harmless' } };
    if (!name.endsWith('_verified')) await expect(provider.register({ claims_mapping: hides })).rejects.toThrow(name);
  });

  test.each<[string, unknown]>([
    ['two claims of one name', { rename: { name: 'who' }, constant: { who: 'x' } }],
    ['two renamed to one', { rename: { name: 'who', nickname: 'who' } }],
    ['members that nobody knows', { hide: ['email'] }],
    ['a list', ['email']],
    ['a name with a blank', { constant: { 'a b': 1 } }],
    ['a constant that is null', { constant: { tenant: null } }],
    ['a constant nested without end', { constant: { deep: JSON.parse('['.repeat(20) + ']'.repeat(20)) } }],
    ['a constant without end', { constant: { long: 'x'.repeat(5000) } }],
    ['an empty group', { groups: [''] }],
  ])('cannot be %s', async (_what, claims_mapping) => {
    await expect(provider.register({ claims_mapping })).rejects.toThrow('claims_mapping');
  });
});
