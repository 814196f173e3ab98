import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Database, sql } from '../../src/storage/database.ts';
import { findFact } from '../../src/storage/instance.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { type Migration, migrations as ourMigrations } from '../../src/storage/migrations/index.ts';
import { emptyDatabaseUrl, engines, openUntilEnd } from '../support/database.ts';

const schema = readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8');

/** A program of an earlier day, and two later ones. */
const earlier = `
  CREATE TABLE instance (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE counters (id TEXT NOT NULL PRIMARY KEY, count BIGINT NOT NULL);
  INSERT INTO counters (id, count) VALUES ('a', 1);`;
const second: Migration = {
  version: 2,
  statements: [
    sql`ALTER TABLE counters ADD COLUMN title TEXT`,
    sql`UPDATE counters SET title = ${'first'}, count = count + 1`,
  ],
};
const third: Migration = {
  version: 3,
  statements: [sql`CREATE TABLE gauges (id TEXT NOT NULL PRIMARY KEY)`, sql`UPDATE counters SET count = count * 10`],
};
const failing: Migration = {
  version: 3,
  statements: [sql`UPDATE counters SET count = 99`, sql`ALTER TABLE absent ADD COLUMN a TEXT`],
};

describe.each(engines)('on %s', (engine) => {
  let url: string;
  let database: Database;
  beforeEach(async () => {
    url = await emptyDatabaseUrl(engine);
    database = await openUntilEnd(url);
  });

  const createEarlier = () => migrate(database, { schema: earlier, migrations: [] });
  const counters = () => database.all(sql`SELECT * FROM counters`);

  test('an empty database becomes one of this program', async () => {
    const newest = ourMigrations.at(-1)?.version ?? 1;
    expect(await migrate(database, { schema })).toEqual({ from: undefined, to: newest, snapshot: undefined });
    expect(await findFact(database, 'schema_version')).toBe(String(newest));
    expect(await database.listTables()).toEqual(expect.arrayContaining(['users', 'clients', 'audit_events']));
  });

  test('a database of this program stays as it is', async () => {
    await createEarlier();
    expect(await createEarlier()).toEqual({ from: 1, to: 1, snapshot: undefined });
    expect(await counters()).toEqual([{ id: 'a', count: 1 }]);
  });

  test('an empty database is of the newest version at once, without migrations', async () => {
    const newest = `${earlier} ALTER TABLE counters ADD COLUMN title TEXT;`;
    expect(await migrate(database, { schema: newest, migrations: [second] })).toMatchObject({ from: undefined, to: 2 });
    expect(await counters()).toEqual([{ id: 'a', count: 1, title: null }]);
  });

  test('an older database gets the migrations that it lacks, in order', async () => {
    await createEarlier();
    expect(await migrate(database, { schema, migrations: [second] })).toMatchObject({ from: 1, to: 2 });
    expect(await counters()).toEqual([{ id: 'a', count: 2, title: 'first' }]);
    expect(await migrate(database, { schema, migrations: [second, third] })).toMatchObject({ from: 2, to: 3 });
    expect(await counters()).toEqual([{ id: 'a', count: 20, title: 'first' }]);
    expect(await findFact(database, 'schema_version')).toBe('3');
  });

  test('a migration that fails changes nothing, and those before it stay', async () => {
    await createEarlier();
    const migrating = migrate(database, { schema, migrations: [second, failing] });
    await expect(migrating).rejects.toMatchObject({ name: 'StorageError', reason: 'unusable' });
    await expect(migrating).rejects.toThrow(
      /^the migration of the database to version 3 failed and changed nothing: .*absent/,
    );
    expect(await counters()).toEqual([{ id: 'a', count: 2, title: 'first' }]);
    expect(await findFact(database, 'schema_version')).toBe('2');
  });

  test('a database of a newer version is refused and left as it is', async () => {
    await migrate(database, { schema: earlier, migrations: [second, third] });
    const before = await counters();
    const migrating = migrate(database, { schema, migrations: [second] });
    await expect(migrating).rejects.toMatchObject({ name: 'StorageError', reason: 'unusable' });
    await expect(migrating).rejects.toThrow(
      /^the database has version 3, made by a newer Castellan; this one knows versions up to 2/,
    );
    expect(await counters()).toEqual(before);
    expect(await database.listTables()).not.toContain('users');
  });

  test.each([
    ['tables that Castellan does not know', 'CREATE TABLE orders (id TEXT)'],
    ['a table of the same name', 'CREATE TABLE instance (name TEXT, value TEXT)'],
  ])('a database with %s is refused and left as it is', async (_what, foreign) => {
    await database.script(foreign);
    const tables = await database.listTables();
    await expect(migrate(database, { schema })).rejects.toThrow('the database holds tables of another program');
    expect(await database.listTables()).toEqual(tables);
  });

  test('several callers at the same moment create one database', async () => {
    const others = await Promise.all([1, 2, 3, 4].map(() => openUntilEnd(url)));
    const results = await Promise.all(
      [database, ...others].map((one) => migrate(one, { schema: earlier, migrations: [] })),
    );
    expect(results.map(({ to }) => to)).toEqual([1, 1, 1, 1, 1]);
    expect(await counters()).toEqual([{ id: 'a', count: 1 }]);
  });

  test('of several callers at the same moment one migrates', async () => {
    await createEarlier();
    const others = await Promise.all([1, 2, 3, 4].map(() => openUntilEnd(url)));
    const migrations = [second, third];
    const results = await Promise.all([database, ...others].map((one) => migrate(one, { schema, migrations })));
    expect(results.map(({ to }) => to)).toEqual([3, 3, 3, 3, 3]);
    expect(await counters()).toEqual([{ id: 'a', count: 20, title: 'first' }]);
    const kept = results.flatMap(({ snapshot }) => (snapshot === undefined ? [] : [snapshot]));
    expect(kept).toHaveLength(engine === 'sqlite' ? 1 : 0);
  });

  test.runIf(engine === 'sqlite')('a private copy of the old version is kept beside the file', async () => {
    await createEarlier();
    const { snapshot } = await migrate(database, { schema, migrations: [second, third] });
    expect(snapshot).toBe(`${url.slice('sqlite:'.length)}.version-1`);
    expect(statSync(snapshot ?? '').mode & 0o777).toBe(0o600);
    const copy = await openUntilEnd(`sqlite:${snapshot}`);
    expect(await copy.all(sql`SELECT * FROM counters`)).toEqual([{ id: 'a', count: 1 }]);
    expect(await findFact(copy, 'schema_version')).toBe('1');
  });

  test('a new database has no copy', async () => {
    await migrate(database, { schema });
    expect(existsSync(`${url.slice('sqlite:'.length)}.version-1`)).toBe(false);
  });
});

test('the versions of the migrations follow one another from 2', () => {
  expect(ourMigrations.map(({ version }) => version)).toEqual(ourMigrations.map((_, index) => index + 2));
});
