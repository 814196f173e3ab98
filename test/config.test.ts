import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'castellan-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function mistakesOf(environment: Record<string, string>, yamlText?: string): readonly string[] {
  try {
    readConfig(environment, { yamlText, cwd: folder });
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('without any setting', () => {
  test('everything has the default of the table', () => {
    expect(readConfig({}, { cwd: folder })).toEqual({
      publicUrl: 'http://localhost:9000',
      issuer: 'http://localhost:9000/oidc',
      houseName: 'Castellan',
      secureCookies: false,
      host: '127.0.0.1',
      port: 9000,
      databaseUrl: `sqlite:${join(folder, 'data/castellan.sqlite')}`,
      keysDir: join(folder, 'keys'),
      secretFile: join(folder, 'keys/secret.key'),
      workers: 1,
      trustProxy: [],
      outboundAllow: [],
      requirePushedAuthorizationRequests: false,
      clientRegistration: 'off',
      clientIdMetadataDocuments: false,
      tls: undefined,
      logLevel: 'info',
      mail: undefined,
      profileEditing: true,
      accountDeletion: true,
      signUp: 'off',
      lifetimes: {
        authorizationCodeSeconds: 60,
        accessTokenSeconds: 3600,
        idTokenSeconds: 3600,
        refreshTokenIdleSeconds: 30 * 86_400,
        refreshTokenSeconds: 180 * 86_400,
        sessionIdleSeconds: 14 * 86_400,
        sessionSeconds: 30 * 86_400,
        dpopNonceSeconds: 0,
        keyRotationSeconds: 90 * 86_400,
        keyPublicationSeconds: 86_400,
        setupLinkSeconds: 86_400,
        unusedClientSeconds: 2_592_000,
        auditLogSeconds: 31_536_000,
      },
    });
  });

  test('variables that are not ours, and ours when they are empty, do not matter', () => {
    expect(mistakesOf({ PORT: 'abc', PATH: '/bin', CASTELLAN_PORT: '' })).toEqual([]);
    expect(readConfig({}, { yamlText: 'HOST:\n', cwd: folder }).host).toBe('127.0.0.1');
  });
});

describe('what is read', () => {
  test('the environment wins over castellan.yaml', () => {
    const config = readConfig({ CASTELLAN_PORT: '9100' }, { yamlText: 'PORT: 9200\nHOST: "::1"', cwd: folder });
    expect(config).toMatchObject({ port: 9100, host: '::1', publicUrl: 'http://localhost:9100' });
  });

  test.each([
    ['https://ID.Example.com', 'https://id.example.com'],
    ['https://id.example.com/', 'https://id.example.com'],
    ['https://id.example.com:443', 'https://id.example.com'],
    ['https://id.example.com:8443', 'https://id.example.com:8443'],
    ['http://localhost:9000', 'http://localhost:9000'],
    ['http://castellan.localhost', 'http://castellan.localhost'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('the public URL %s is printed as %s', (given, printed) => {
    expect(readConfig({ CASTELLAN_PUBLIC_URL: given }).publicUrl).toBe(printed);
  });

  test('cookies are secure exactly when the public URL is https', () => {
    expect(readConfig({ CASTELLAN_PUBLIC_URL: 'https://id.example.com' }).secureCookies).toBe(true);
    expect(readConfig({ CASTELLAN_PUBLIC_URL: 'http://localhost' }).secureCookies).toBe(false);
  });

  test.each([
    ['the name in MAIL_FROM', { CASTELLAN_MAIL_FROM: 'Example Ltd <id@example.com>' }, 'Example Ltd'],
    ['its host where MAIL_FROM has no name', { CASTELLAN_MAIL_FROM: 'id@example.com' }, 'id.example.com'],
    ['its host', {}, 'id.example.com'],
    ['our own name on localhost', { CASTELLAN_PUBLIC_URL: 'http://localhost:9000' }, 'Castellan'],
    ['our own name on a loopback address', { CASTELLAN_PUBLIC_URL: 'http://127.0.0.1:9000' }, 'Castellan'],
  ])('without another name the house has %s', (_what, settings, name) => {
    expect(readConfig({ CASTELLAN_PUBLIC_URL: 'https://id.example.com', ...settings }).houseName).toBe(name);
  });

  test('proxies are a list with commas or blanks, or a list of YAML', () => {
    const expected = ['10.0.0.0/8', '::1', '192.0.2.7'];
    expect(readConfig({ CASTELLAN_TRUST_PROXY: '10.0.0.0/8, ::1 192.0.2.7' }).trustProxy).toEqual(expected);
    const yamlText = 'TRUST_PROXY:\n  - 10.0.0.0/8\n  - ::1\n  - 192.0.2.7\n';
    expect(readConfig({}, { yamlText }).trustProxy).toEqual(expected);
  });

  test('a secret may come from a file, without the line end', () => {
    const url = 'postgres://castellan:pa55@db/castellan';
    expect(readConfig({ CASTELLAN_DATABASE_URL_FILE: file('url', `${url}\n`) }).databaseUrl).toBe(url);
    expect(readConfig({}, { yamlText: 'DATABASE_URL_FILE: url', cwd: folder }).databaseUrl).toBe(url);
  });

  test('an idle lifetime that was not asked for is never longer than the absolute one', () => {
    const { lifetimes } = readConfig({ CASTELLAN_SESSION_SECONDS: '600', CASTELLAN_REFRESH_TOKEN_SECONDS: '700' });
    expect(lifetimes).toMatchObject({ sessionIdleSeconds: 600, refreshTokenIdleSeconds: 700 });
  });

  test('relative paths are seen from the folder of castellan.yaml', () => {
    const environment = { CASTELLAN_KEYS_DIR: 'secrets', CASTELLAN_DATABASE_URL: 'sqlite:my.db' };
    expect(readConfig(environment, { cwd: '/srv' })).toMatchObject({
      keysDir: '/srv/secrets',
      secretFile: '/srv/secrets/secret.key',
      databaseUrl: 'sqlite:/srv/my.db',
    });
    expect(readConfig({ CASTELLAN_SECRET_FILE: 'a.key' }, { cwd: '/srv' }).secretFile).toBe('/srv/a.key');
    expect(readConfig({ CASTELLAN_DATABASE_URL: 'sqlite::memory:' }).databaseUrl).toBe('sqlite::memory:');
  });
});

describe('a mistake is told in one sentence with the setting and an example', () => {
  test.each([
    ['CASTELLAN_REQUIRE_PUSHED_AUTHORIZATION_REQUESTS', 'yes'],
    ['CASTELLAN_PORT', 'abc'],
    ['CASTELLAN_PORT', '-1'],
    ['CASTELLAN_PORT', '65536'],
    ['CASTELLAN_PORT', '9000.5'],
    ['CASTELLAN_PORT', '0'],
    ['CASTELLAN_PUBLIC_URL', 'id.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'http://id.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'http://localhost.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'http://127.0.0.1.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'https://id.example.com/sso'],
    ['CASTELLAN_PUBLIC_URL', 'https://id.example.com//'],
    ['CASTELLAN_PUBLIC_URL', 'https://id.example.com?'],
    ['CASTELLAN_PUBLIC_URL', 'https://id.example.com#'],
    ['CASTELLAN_PUBLIC_URL', 'https://ada@id.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'https:\\\\id.example.com'],
    ['CASTELLAN_PUBLIC_URL', 'https://id.exa mple.com'],
    ['CASTELLAN_PUBLIC_URL', 'ftp://id.example.com'],
    ['CASTELLAN_HOST', 'http://localhost'],
    ['CASTELLAN_HOST', '300.1.1.1'],
    ['CASTELLAN_DATABASE_URL', 'mysql://localhost/castellan'],
    ['CASTELLAN_DATABASE_URL', 'sqlite:'],
    ['CASTELLAN_DATABASE_URL', 'data/castellan.sqlite'],
    ['CASTELLAN_WORKERS', '0'],
    ['CASTELLAN_TRUST_PROXY', 'proxy.example.com'],
    ['CASTELLAN_TRUST_PROXY', '10.0.0.0/33'],
    ['CASTELLAN_TRUST_PROXY', '0.0.0.0/0'],
    ['CASTELLAN_TRUST_PROXY', '127.0.0.1, ::1/129'],
    ['CASTELLAN_OUTBOUND_ALLOW', 'intranet.example.com'],
    ['CASTELLAN_OUTBOUND_ALLOW', 'https://intranet.example.com:8443'],
    ['CASTELLAN_OUTBOUND_ALLOW', '127.0.0.1, ::1/129'],
    ['CASTELLAN_MAIL_FROM', 'Example Ltd'],
    ['CASTELLAN_MAIL_FROM', 'a@x.test, b@x.test'],
    ['CASTELLAN_MAIL_FROM', 'Example <a@x.test> <b@x.test>'],
    ['CASTELLAN_MAIL_FROM', 'Example\nBcc: b@x.test <a@x.test>'],
    ['CASTELLAN_LOG_LEVEL', 'verbose'],
    ['CASTELLAN_ACCESS_TOKEN_SECONDS', '1h'],
    ['CASTELLAN_ACCESS_TOKEN_SECONDS', '999999999999'],
    ['CASTELLAN_AUTHORIZATION_CODE_SECONDS', '3600'],
    ['CASTELLAN_KEY_PUBLICATION_SECONDS', '2592000000'],
    ['CASTELLAN_DATABASE_URL_FILE', '/nowhere/at/all'],
  ])('%s=%s', (name, text) => {
    const mistakes = mistakesOf({ [name]: text });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(new RegExp(`^${name} m(ust|ay) .*, for example ${name}=\\S`));
    expect(mistakes[0]).not.toContain('\n');
  });

  test.each([
    [
      'an idle lifetime beyond the absolute one',
      { CASTELLAN_SESSION_IDLE_SECONDS: '700', CASTELLAN_SESSION_SECONDS: '600' },
    ],
    ['a key published longer than it is used', { CASTELLAN_KEY_ROTATION_SECONDS: '3600' }],
    ['a mail server without a sender', { CASTELLAN_SMTP_URL: 'smtps://mail.example.com' }],
    ['a certificate without a key', { CASTELLAN_TLS_CERT: 'cert.pem' }],
    ['a key without a certificate', { CASTELLAN_TLS_KEY: 'key.pem' }],
    ['workers on a database in memory', { CASTELLAN_WORKERS: '2', CASTELLAN_DATABASE_URL: 'sqlite::memory:' }],
  ])('contradictory settings are refused: %s', (_title, environment) => {
    expect(mistakesOf(environment)).toHaveLength(1);
  });

  test.each([
    'mail.example.com',
    'https://mail.example.com',
    'smtps://',
    'smtps://mail.example.com/inbox',
    'smtps://mail.example.com?tls.rejectUnauthorized=false',
    'smtps://mail.example.com#x',
    'smtps://anna:geheim@mail.exa mple.com',
    'smtps://anna@mail.example.com',
    'smtps://anna:%zz@mail.example.com',
    'smtps://anna:a%0d%0ab@mail.example.com',
  ])('the mail server %s is refused, with no user and password in the message', (url) => {
    const [mistake, ...more] = mistakesOf({ CASTELLAN_SMTP_URL: url, CASTELLAN_MAIL_FROM: 'id@example.com' });
    expect(more).toEqual([]);
    expect(mistake).toMatch(/^CASTELLAN_SMTP_URL must be smtps:\/\/ or smtp:\/\//);
    expect(mistake).not.toMatch(/geheim|anna|inbox|rejectUnauthorized/);
  });

  test('a certificate and a key that cannot be read are two mistakes', () => {
    file(
      'key.pem',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    expect(mistakesOf({ CASTELLAN_TLS_CERT: 'none.pem', CASTELLAN_TLS_KEY: 'none.pem' })).toHaveLength(2);
    expect(mistakesOf({ CASTELLAN_TLS_CERT: 'none.pem', CASTELLAN_TLS_KEY: 'key.pem' })).toHaveLength(1);
  });

  test('all mistakes are reported at once, those of the environment and those of the file', () => {
    const mistakes = mistakesOf({ CASTELLAN_PORT: 'x', CASTELLAN_LOG_LEVL: 'info' }, 'WORKERS: many\nHOTS: ::1\n');
    expect(mistakes.toSorted()).toEqual([
      'CASTELLAN_LOG_LEVL is not a setting; did you mean CASTELLAN_LOG_LEVEL?',
      'CASTELLAN_PORT must be a whole number from 0 to 65535 (it is "x"), for example CASTELLAN_PORT=9000',
      'HOTS in castellan.yaml is not a setting; did you mean HOST?',
      'WORKERS in castellan.yaml must be a whole number from 1 to 64 (it is "many"), for example WORKERS: 4',
    ]);
  });

  test('a secret is never repeated', () => {
    expect(mistakesOf({ CASTELLAN_DATABASE_URL: 'mysql://ada:pa55word@db/x' }).join()).not.toContain('pa55word');
  });

  test('a secret from two places is refused', () => {
    const mistakes = mistakesOf({
      CASTELLAN_DATABASE_URL: 'sqlite:a',
      CASTELLAN_DATABASE_URL_FILE: file('f', 'sqlite:b'),
    });
    expect(mistakes).toEqual([
      'CASTELLAN_DATABASE_URL_FILE and CASTELLAN_DATABASE_URL are both set; keep one of them.',
    ]);
  });
});

describe('an unknown name suggests the nearest', () => {
  test.each([
    ['CASTELLAN_PUBLIC_UL', 'CASTELLAN_PUBLIC_URL'],
    ['CASTELLAN_PUBLICURL', 'CASTELLAN_PUBLIC_URL'],
    ['CASTELLAN_DATABSE_URL', 'CASTELLAN_DATABASE_URL'],
    ['CASTELLAN_ACCESS_TOKEN_SECOND', 'CASTELLAN_ACCESS_TOKEN_SECONDS'],
    ['CASTELLAN_port', 'CASTELLAN_PORT'],
    ['CASTELLAN_PORT_FILE', 'CASTELLAN_PORT'],
  ])('%s: %s', (given, meant) => {
    expect(mistakesOf({ [given]: '1' })).toEqual([`${given} is not a setting; did you mean ${meant}?`]);
  });

  test.each(['public_url', 'CASTELLAN_PUBLIC_URL', 'PUBLIC_ULR'])('%s in castellan.yaml: PUBLIC_URL', (given) => {
    const mistakes = mistakesOf({}, `${given}: https://id.example.com`);
    expect(mistakes).toEqual([`${given} in castellan.yaml is not a setting; did you mean PUBLIC_URL?`]);
  });

  test('a name that is like no other is told where to look', () => {
    expect(mistakesOf({ CASTELLAN_COLOUR_OF_THE_WALLS: 'red' })).toEqual([
      'CASTELLAN_COLOUR_OF_THE_WALLS is not a setting; README.md lists them.',
    ]);
  });
});

describe('castellan.yaml', () => {
  test.each([
    ['broken YAML', 'PORT: [1'],
    ['a name twice', 'PORT: 1\nPORT: 2'],
    ['a list', '- PORT'],
    ['plain text', 'hello'],
    ['a tree', 'PORT:\n  is: 9000'],
  ])('%s is one mistake of one line', (_title, yamlText) => {
    const mistakes = mistakesOf({}, yamlText);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/castellan\.yaml/);
    expect(mistakes[0]).not.toContain('\n');
  });

  test('values are taken as they are written', () => {
    expect(readConfig({}, { yamlText: 'PORT: 09000' }).port).toBe(9000);
    expect(mistakesOf({}, 'PORT: 0x10')).toHaveLength(1);
  });
});
