import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { rememberOnce } from '../../src/storage/replays.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';

describe.each(engines)('what may be used once, on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await freshDatabaseUrl(engine));
  });
  afterAll(() => database.close());

  test('is new for exactly one of 20 callers at the same instant', async () => {
    const first = await Promise.all(Array.from({ length: 20 }, () => rememberOnce(database, 'key', 100)));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await rememberOnce(database, 'key', 200)).toBe(false);
  });

  test('is another thing under another key', async () => {
    expect(await rememberOnce(database, 'one', 100)).toBe(true);
    expect(await rememberOnce(database, 'two', 100)).toBe(true);
  });
});
