import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { emptyDatabaseUrl, engines, freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

/** The line that the operator sees when a database cannot be opened. */
async function refusal(url: string): Promise<string> {
  const error = await openDatabase(url).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'StorageError', reason: 'unusable' });
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('the URL of a database', () => {
  test.each(engines)('opens one on %s', async (engine) => {
    const database = await openUntilEnd(await freshDatabaseUrl(engine));
    expect(await database.get(sql`SELECT name FROM instance`)).toEqual({ name: 'schema_version' });
  });

  test('opens one in memory, for this caller alone', async () => {
    const [one, other] = await Promise.all([openUntilEnd('sqlite::memory:'), openUntilEnd('sqlite::memory:')]);
    await one.script('CREATE TABLE a (b TEXT)');
    expect(await one.listTables()).toEqual(['a']);
    expect(await other.listTables()).toEqual([]);
    expect(await one.snapshot('copy')).toBeUndefined();
  });

  test('may have slashes before an absolute path', async () => {
    const path = (await freshDatabaseUrl('sqlite')).slice('sqlite:'.length);
    const database = await openUntilEnd(`sqlite://${path}`);
    expect(await database.listTables()).toContain('instance');
  });

  test.each([
    '',
    'data/castellan.sqlite',
    'sqlite',
    'sqlite:',
    'mysql://localhost/castellan',
    'file:data.sqlite',
    'SQLITE:x',
  ])('is refused with an example when it is %j', async (url) => {
    const line = await refusal(url);
    expect(line).toContain('sqlite:data/castellan.sqlite');
    expect(line).toContain('postgres://');
  });
});

describe('a file that cannot be a database is refused and left as it is', () => {
  const folder = (name: string) => {
    const path = `${inject('temporaryDirectory')}/${name}`;
    mkdirSync(path);
    return path;
  };

  test('another kind of file', async () => {
    const path = `${folder('another-kind')}/notes.txt`;
    writeFileSync(path, 'Not a database at all.\n'.repeat(100));
    expect(await refusal(`sqlite:${path}`)).toBe(
      `cannot use the database ${path}: file is not a database (SQLITE_NOTADB)`,
    );
    expect(readFileSync(path, 'utf8')).toMatch(/^Not a database/);
  });

  test('a database that was cut', async () => {
    const path = (await freshDatabaseUrl('sqlite')).slice('sqlite:'.length);
    truncateSync(path, statSync(path).size / 2);
    expect(await refusal(`sqlite:${path}`)).toMatch(/malformed/);
  });

  test('a database with a damaged page', async () => {
    const path = (await freshDatabaseUrl('sqlite')).slice('sqlite:'.length);
    const damaged = readFileSync(path);
    damaged.fill(0xa5, 4096 * 3, 4096 * 4);
    writeFileSync(path, damaged);
    expect(await refusal(`sqlite:${path}`)).toMatch(/damaged|malformed/);
  });

  test('a folder', async () => {
    const path = folder('a-folder');
    expect(await refusal(`sqlite:${path}`)).toContain('EISDIR');
  });

  test('a file in a folder that is a file', async () => {
    const path = `${folder('a-file')}/file`;
    writeFileSync(path, '');
    expect(await refusal(`sqlite:${path}/castellan.sqlite`)).toMatch(/^cannot use the database .*: E(EXIST|NOTDIR)/);
  });

  test.skipIf(process.getuid?.() === 0)('a file in a folder without the permission to write', async () => {
    const path = folder('read-only');
    chmodSync(path, 0o500);
    expect(await refusal(`sqlite:${path}/castellan.sqlite`)).toContain('EACCES');
  });
});

describe('a PostgreSQL that cannot be used is refused in one line without the password', () => {
  const change = async (changes: Partial<Pick<URL, 'password' | 'port' | 'pathname' | 'username'>>) =>
    Object.assign(new URL(await emptyDatabaseUrl('postgresql')), changes).href;

  test.each([
    ['nobody listens on its port', { port: '1' }, /ECONNREFUSED/],
    ['the password is wrong', { password: 'mistyped-secret' }, /password authentication failed/],
    ['the user is unknown', { username: 'stranger' }, /password authentication failed/],
    ['the database does not exist', { pathname: '/absent' }, /database "absent" does not exist/],
  ])('when %s', async (_why, changes, expected) => {
    const url = await change(changes);
    const line = await refusal(url);
    expect(line).toMatch(expected);
    expect(line).toContain(`cannot use the database postgres://${new URL(url).username}@127.0.0.1`);
    expect(line).not.toContain(new URL(url).password);
  });

  test('when its encoding cannot hold every text', async () => {
    const name = 'in_latin_1';
    const server = await openUntilEnd(`${inject('postgresqlServer')}postgres`);
    await server.run(
      sql`CREATE DATABASE in_latin_1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
    );
    expect(await refusal(`${inject('postgresqlServer')}${name}`)).toContain(
      "its encoding is LATIN1; create it with ENCODING 'UTF8'",
    );
  });
});
