import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loginKey } from '../../src/identity/login-name.ts';
import { newUserSchema, userChangesSchema } from '../../src/identity/users.ts';

const accepts = (user: Record<string, unknown>) => newUserSchema.safeParse({ username: 'anna', ...user }).success;

describe('a user name', () => {
  test.each(['a', 'anna', 'Anna.Lee', 'anna_lee-2', 'ünal', '山田', "o'neill", '1234', 'x'.repeat(64), 'domain\\anna'])(
    'may be %j',
    (username) => expect(accepts({ username })).toBe(true),
  );

  test.each([
    ['empty', ''],
    ['blank', '   '],
    ['65 characters', 'x'.repeat(65)],
    ['a blank inside', 'anna lee'],
    ['NUL', 'an\0na'],
    ['a line feed', 'an\nna'],
    ['a zero-width space', 'an\u200bna'],
    ['a zero-width joiner', 'an\u200dna'],
    ['a soft hyphen', 'an\u00adna'],
    ['right-to-left override', 'an\u202ena'],
    ['a bidi isolate', '\u2066anna'],
    ['a byte order mark', 'an\ufeffna'],
    ['a Hangul filler', '\u3164'],
    ['a variation selector', 'anna\ufe0f'],
    ['a mark without a letter', '\u0301anna'],
    ['half a surrogate pair', 'anna\ud800'],
    ['Latin with Cyrillic look-alikes', 'p\u0430ypal'],
    ['Latin with Greek look-alikes', 'ann\u03b1'],
    ['the @ of an address that is not the own one', 'root@example.com'],
    ['a full-width @', 'root\uff20example.com'],
    ['not text', 7],
  ])('is refused with %s', (_, username) => expect(accepts({ username, email: 'anna@example.com' })).toBe(false));

  test('may be the own e-mail address, in whatever case', () => {
    expect(accepts({ username: 'Anna@Example.com', email: 'anna@example.com' })).toBe(true);
  });

  test('is normalised once: composed or decomposed, full-width or small, it is one name', () => {
    expect(loginKey('u\u0308NAL')).toBe(loginKey('ünal'));
    expect(loginKey('ａｎｎａ')).toBe('anna');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => loginKey(loginKey(text)) === loginKey(text)));
  });
});

describe('an e-mail address', () => {
  test.each(['anna@example.com', "o'neill+tag@mail.example.co.uk", 'root@localhost'])('may be %j', (email) =>
    expect(accepts({ email })).toBe(true),
  );

  test.each([
    'anna',
    'anna@',
    '@example.com',
    'a@b@example.com',
    '"anna"@example.com',
    'anna@example.com\r\nBcc: eve@example.com',
    'a@x.test%0d%0aBcc:',
    'Anna <anna@example.com>',
    'anna@example.com,eve@example.com',
    'anna@exam ple.com',
    '.anna@example.com',
    'an..na@example.com',
    'anna@-example.com',
    'anna@[127.0.0.1]',
    'anna\0@example.com',
    `${'x'.repeat(65)}@example.com`,
    `anna@${'x.'.repeat(130)}com`,
    'anna＠example.com',
  ])('is refused: %j', (email) => expect(accepts({ email })).toBe(false));
});

describe('claims', () => {
  test.each([
    { name: '<img src=x onerror=alert(1)>' },
    { birthdate: '1990-02-28' },
    { birthdate: '0000-02-29' },
    { birthdate: '1990' },
    { zoneinfo: 'Europe/Paris', locale: 'fr-CA' },
    { picture: 'https://example.com/a.png', website: 'http://example.com' },
    { address: { street_address: 'Main Street 1\nBack yard', country: 'FR' } },
    {
      department: 'R&D',
      level: 3,
      remote: true,
      teams: ['a', 'b'],
      badge: { color: 'red' },
      'https://example.com/x': 'y',
    },
  ])('may be %j', (claims) => expect(accepts({ claims })).toBe(true));

  test.each([
    { name: '' },
    { name: '  ' },
    { name: null },
    { name: 7 },
    { name: 'a\0b' },
    { given_name: 'x'.repeat(257) },
    { birthdate: '1990-02-30' },
    { birthdate: '28.2.1990' },
    { birthdate: '0000' },
    { zoneinfo: 'Mars/Olympus' },
    { zoneinfo: '+02:00' },
    { locale: 'not a locale' },
    { picture: 'javascript:alert(1)' },
    { website: 'ftp://example.com' },
    { profile: 'https://' },
    { address: {} },
    { address: { street_address: ' ' } },
    { address: { planet: 'Earth' } },
    { address: 'Main Street 1' },
    { sub: 'someone-else' },
    { iss: 'https://evil.example' },
    { aud: 'x' },
    { exp: 1 },
    { acr: 'x' },
    { amr: ['x'] },
    { auth_time: 1 },
    { email: 'eve@example.com' },
    { email_verified: true },
    { groups: ['admin'] },
    { preferred_username: 'root' },
    { updated_at: 1 },
    { constructor: 'x' },
    { '': 'x' },
    { 'a b': 'x' },
    { custom: null },
    { custom: 'a\0b' },
    { custom: '\ud800' },
    { deep: [[[[[[[1]]]]]]] },
    JSON.parse('{"custom": {"__proto__": 1}}'),
  ])('are refused: %j', (claims) => expect(accepts({ claims })).toBe(false));

  test('are refused over 16384 characters in all', () => {
    expect(accepts({ claims: { long: 'x'.repeat(16_384) } })).toBe(false);
  });

  test('a member named __proto__ goes nowhere', () => {
    const { claims } = newUserSchema.parse(
      JSON.parse('{"username": "anna", "claims": {"__proto__": {"name": "Eve"}}}'),
    );
    expect(Object.getOwnPropertyNames(claims)).toEqual([]);
    expect(claims.name).toBeUndefined();
  });
});

test.each([
  { role: 'admin' },
  JSON.parse('{"__proto__": {"administrator": true}}'),
  { id: 'chosen' },
  { disabled: false },
  { sub: 'x' },
  { password_hash: 'x' },
  { administrator: 'true' },
  { phone_number: '0171 123' },
  { groups: [''] },
  { groups: ['a\nb'] },
  { groups: 'admins' },
])('what the schema does not know or allow is refused: %j', (more) => {
  expect(accepts(more)).toBe(false);
  expect(userChangesSchema.safeParse(more).success).toBe(false);
});

test('a user is in at most 100 groups', () => {
  const groups = Array.from({ length: 101 }, (_, index) => `g${index}`);
  expect(accepts({ groups: groups.slice(1) })).toBe(true);
  expect(accepts({ groups })).toBe(false);
});

test.each(['+1 425 555 1212', '+14255551212', '+49 (30) 123-456', '+1 (604) 555-1234;ext=5678'])(
  'a phone number may be %j',
  (phone_number) => expect(accepts({ phone_number })).toBe(true),
);
