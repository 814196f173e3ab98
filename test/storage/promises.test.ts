import { assert, asyncProperty, string } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, held, join, sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { engines, freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

/** The promises of `Database`, each with its own words, kept by both engines. */
describe.each(engines)('a database on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await freshDatabaseUrl(engine));
    await database.script(`
      CREATE TABLE tickets (id TEXT NOT NULL PRIMARY KEY, taken_by TEXT, price BIGINT);
      CREATE TABLE stubs (ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE);
    `);
  });
  beforeEach(async () => {
    await database.run(sql`DELETE FROM tickets`);
  });
  afterAll(() => database.close());

  const insert = (id: string, price = 1) => sql`INSERT INTO tickets (id, price) VALUES (${id}, ${price})`;
  const take = (id: string, taker: string) =>
    sql`UPDATE tickets SET taken_by = ${taker} WHERE id = ${id} AND taken_by IS NULL`;
  const ids = async () => {
    const rows = await database.all<{ id: string }>(sql`SELECT id FROM tickets ORDER BY id`);
    return rows.map(({ id }) => id);
  };
  const takers = Array.from({ length: 50 }, (_, index) => `taker ${index}`);

  test('gives the first row, or undefined', async () => {
    await database.run(insert('a', 7));
    await database.run(insert('b', 8));
    expect(await database.get(sql`SELECT id, taken_by, price FROM tickets ORDER BY id`)).toEqual({
      id: 'a',
      taken_by: null,
      price: 7,
    });
    expect(await database.get(sql`SELECT id FROM tickets WHERE id = ${'c'}`)).toBeUndefined();
  });

  test('gives all rows, or none', async () => {
    expect(await ids()).toEqual([]);
    await database.run(sql`INSERT INTO tickets (id) VALUES ${join(['c', 'a', 'b'].map((id) => sql`(${id})`))}`);
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  test('tells how many rows a write changed', async () => {
    expect(await database.run(insert('a'))).toBe(1);
    expect(await database.run(insert('b'))).toBe(1);
    expect(await database.run(sql`UPDATE tickets SET price = ${3}`)).toBe(2);
    expect(await database.run(sql`DELETE FROM tickets WHERE id = ${'c'}`)).toBe(0);
  });

  test('does not count the rows that go along with a deleted one', async () => {
    await database.run(insert('a'));
    await database.run(sql`INSERT INTO stubs (ticket_id) VALUES (${'a'}), (${'a'})`);
    expect(await database.run(sql`DELETE FROM tickets`)).toBe(1);
    expect(await database.all(sql`SELECT ticket_id FROM stubs`)).toEqual([]);
  });

  test('returns what a write says that it returns', async () => {
    expect(await database.get(sql`${insert('a')} RETURNING id, price`)).toEqual({ id: 'a', price: 1 });
    await database.run(insert('b'));
    const changed = await database.all<{ id: string }>(sql`UPDATE tickets SET price = price + 1 RETURNING id, price`);
    expect(changed).toHaveLength(2);
    expect(changed).toContainEqual({ id: 'b', price: 2 });
    expect(await database.get(sql`DELETE FROM tickets WHERE id = ${'c'} RETURNING id`)).toBeUndefined();
  });

  test('gives the row of a writing statement to exactly one of 50 concurrent takers', async () => {
    await database.run(insert('a'));
    const taken = await Promise.all(takers.map((taker) => database.get(sql`${take('a', taker)} RETURNING taken_by`)));
    const winners = taken.filter((row) => row !== undefined);
    expect(winners).toHaveLength(1);
    expect(await database.get(sql`SELECT taken_by FROM tickets`)).toEqual(winners[0]);
  });

  test('lets exactly one of 50 concurrent claims of a row run its batch', async () => {
    await database.run(insert('a'));
    const claim = (taker: string) =>
      database.batch([take('a', taker), sql`INSERT INTO stubs (ticket_id) VALUES (${'a'})`, insert(taker)]);
    const won = await Promise.all(takers.map(claim));
    const winner = takers[won.indexOf(true)] ?? 'nobody';
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await ids()).toEqual(['a', winner]);
    expect(await database.get(sql`SELECT COUNT(*) AS stubs FROM stubs`)).toEqual({ stubs: 1 });
  });

  test('lets exactly one of 50 concurrent inserts of a key claim it', async () => {
    const claim = sql`${insert('a')} ON CONFLICT DO NOTHING`;
    const won = await Promise.all(takers.map((taker) => database.batch([claim, insert(taker)])));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await ids()).toHaveLength(2);
  });

  test('runs the statements of a batch in order', async () => {
    const raise = sql`UPDATE tickets SET price = price * 10 WHERE id = ${'a'}`;
    expect(await database.batch([insert('a', 1), sql`UPDATE tickets SET price = price + ${1}`, raise])).toBe(true);
    expect(await database.get(sql`SELECT price FROM tickets`)).toEqual({ price: 20 });
  });

  test('runs none of a batch when its claim changes no row', async () => {
    expect(await database.batch([take('a', 'anybody'), insert('b')])).toBe(false);
    expect(await ids()).toEqual([]);
  });

  test.each([
    ['first', 0],
    ['middle', 1],
    ['last', 2],
  ])('keeps nothing of a batch whose %s statement fails', async (_position, failing) => {
    await database.run(insert('taken'));
    const [one = '', two = '', three = ''] = ['a', 'b', 'c'].map((id, index) => (index === failing ? 'taken' : id));
    await expect(database.batch([insert(one), insert(two), insert(three)])).rejects.toThrow();
    expect(await ids()).toEqual(['taken']);
  });

  test('rejects a failing write alone', async () => {
    await database.run(insert('taken'));
    const outcomes = await Promise.allSettled([
      database.run(insert('a')),
      database.run(insert('taken')),
      database.batch([insert('b'), insert('c')]),
      database.batch([insert('d'), insert('taken')]),
      database.get(sql`${insert('taken')} RETURNING id`),
      database.get(sql`${insert('e')} RETURNING id`),
      database.run(sql`INSERT INTO nowhere (id) VALUES (${'a'})`),
      database.run(insert('f')),
    ]);
    const settled = [
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ];
    expect(outcomes.map(({ status }) => status)).toEqual(settled);
    expect(await ids()).toEqual(['a', 'b', 'c', 'e', 'f', 'taken']);
  });

  test.each([
    ['a key that exists', insert('secret-key')],
    ['a row that refers to none', sql`INSERT INTO stubs (ticket_id) VALUES (${'secret-key-2'})`],
    ['a missing value', sql`INSERT INTO tickets (id) VALUES (${null})`],
  ])('says that a constraint refuses %s, without telling the value', async (_what, statement) => {
    await database.run(insert('secret-key'));
    const error = await database.run(statement).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'StorageError', reason: 'constraint' });
    expect(JSON.stringify({ ...error, text: String(error) })).not.toContain('secret-key');
  });

  test('keeps a row that a write read with `held` as it is until that write is done', async () => {
    const sell = [
      sql`INSERT INTO stubs (ticket_id) SELECT id FROM tickets WHERE id = ${'a'} AND taken_by IS NULL ${held}`,
      sql`UPDATE tickets SET price = price + 1 WHERE id = ${'b'}`,
    ] as const;
    const close = [take('a', 'nobody'), sql`DELETE FROM stubs WHERE ticket_id = ${'a'}`] as const;
    for (let round = 0; round < 20; round++) {
      await database.run(sql`DELETE FROM tickets`);
      await database.batch([insert('a'), insert('b')]);
      const [, closed] = await Promise.all([database.batch(sell), database.batch(close), database.batch(sell)]);
      expect(closed).toBe(true);
      expect(await database.all(sql`SELECT ticket_id FROM stubs`)).toEqual([]);
    }
  });

  test('runs a script as one transaction', async () => {
    await expect(database.script(`CREATE TABLE a (b TEXT); INSERT INTO a VALUES ('x'); nonsense;`)).rejects.toThrow();
    expect(await database.listTables()).not.toContain('a');
    await database.script(`CREATE TABLE a (b TEXT); INSERT INTO a VALUES ('x;y');`);
    expect(await database.get(sql`SELECT b FROM a`)).toEqual({ b: 'x;y' });
  });

  test('lists its tables', async () => {
    expect(await database.listTables()).toEqual(expect.arrayContaining(['instance', 'users', 'tickets', 'stubs']));
  });

  test('gives whole numbers as numbers', async () => {
    for (const price of [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect(await database.get(sql`${insert(`costs ${price}`, price)} RETURNING price`)).toEqual({ price });
    }
    const sums = sql`SELECT COUNT(*) AS count, SUM(price) AS sum, MAX(price) AS max FROM tickets WHERE price < ${1}`;
    expect(await database.get(sums)).toEqual({ count: 3, sum: Number.MIN_SAFE_INTEGER - 1, max: 0 });
    expect(await database.get(sql`SELECT EXISTS (SELECT 1 FROM tickets) AS any_ticket`)).toEqual({ any_ticket: 1 });
  });

  test('gives every text back as it was', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const stored = text.replaceAll('\0', '');
        const row = await database.get(sql`
          INSERT INTO tickets (id, taken_by) VALUES ('a', ${stored})
          ON CONFLICT (id) DO UPDATE SET taken_by = excluded.taken_by RETURNING taken_by`);
        expect(row).toEqual({ taken_by: stored });
      }),
    );
  });

  test('sorts text by its bytes', async () => {
    const sorted = ['-', '1', 'A', 'Z', '_', 'a', 'aB', 'ab', 'b', 'é', '中', '\u{1F600}'];
    await database.run(sql`INSERT INTO tickets (id) VALUES ${join(sorted.map((id) => sql`(${id})`).reverse())}`);
    expect(await ids()).toEqual(sorted);
    const below = sql`SELECT COUNT(*) AS count FROM tickets WHERE id < ${'a'}`;
    expect(await database.get(below)).toEqual({ count: 5 });
  });

  const unstorable: readonly [string, unknown][] = [
    ['undefined', undefined],
    ['a boolean', true],
    ['a fraction', 1.5],
    ['a number beyond the safe ones', 2 ** 53],
    ['not a number', Number.NaN],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['bytes', Buffer.from('a')],
    ['a list', ['a']],
    ['text with a NUL', 'a\0b'],
    ['text with half a surrogate pair', 'a\ud800b'],
  ];
  test.each(unstorable)('refuses %s as a value, and runs nothing', async (_what, value) => {
    // @ts-expect-error: most of these do not compile.
    const statement = sql`INSERT INTO tickets (id, taken_by) VALUES ('a', ${value})`;
    const refusal = { name: 'StorageError', reason: 'value' };
    await expect(database.run(statement)).rejects.toMatchObject(refusal);
    await expect(database.get(statement)).rejects.toMatchObject(refusal);
    await expect(database.all(statement)).rejects.toMatchObject(refusal);
    await expect(database.batch([insert('b'), statement])).rejects.toMatchObject(refusal);
    await expect(database.batch([take('b', 'anybody'), statement])).rejects.toMatchObject(refusal);
    expect(await ids()).toEqual([]);
  });

  test('runs more different statements than it keeps prepared', async () => {
    for (let length = 1; length <= 600; length++) {
      const row = await database.get(
        sql`SELECT COUNT(*) AS count FROM tickets WHERE id IN (${join(Array(length).fill('a'))})`,
      );
      expect(row).toEqual({ count: 0 });
    }
  });

  test('follows a table that another process gives a column while statements are prepared', async () => {
    const url = await freshDatabaseUrl(engine);
    const [older, newer] = [await openUntilEnd(url), await openUntilEnd(url)];
    const select = sql`SELECT * FROM instance WHERE name = ${'schema_version'}`;
    const raise = sql`UPDATE instance SET value = value || '!' RETURNING *`;
    const everyConnection = Array.from({ length: 20 });
    await Promise.all(everyConnection.map(() => Promise.all([older.get(select), older.get(raise)])));

    await newer.script('ALTER TABLE instance ADD COLUMN noted_at BIGINT');
    const rows = await Promise.all(everyConnection.map(() => older.get(select)));
    for (const row of rows) expect(row).toHaveProperty('noted_at', null);
    expect(await older.batch([raise, raise])).toBe(true);
    expect(await older.get(select)).toMatchObject({ value: `1${'!'.repeat(22)}` });
  });

  test('finishes what was asked for before it closes, and refuses what comes later', async () => {
    const url = await freshDatabaseUrl(engine);
    const closing = await openDatabase(url);
    const throttle = (name: string) => sql`INSERT INTO throttles VALUES (${name}, ${0}, ${0}, ${0})`;
    const asked = [closing.run(throttle('a')), closing.batch([throttle('b'), throttle('c')])];
    await closing.close();
    expect(await Promise.all(asked)).toEqual([1, true]);

    const refusal = { name: 'StorageError', reason: 'unavailable' };
    await expect(closing.run(throttle('d'))).rejects.toMatchObject(refusal);
    await expect(closing.batch([throttle('d')])).rejects.toMatchObject(refusal);
    await expect(closing.get(sql`SELECT 1`)).rejects.toMatchObject(refusal);
    await closing.close();
    const reopened = await openUntilEnd(url);
    expect(await reopened.get(sql`SELECT COUNT(*) AS count FROM throttles`)).toEqual({ count: 3 });
  });
});
