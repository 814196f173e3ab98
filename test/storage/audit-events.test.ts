import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEventInsert, listAuditEvents } from '../../src/storage/audit-events.ts';
import { type Database, sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';

const id = (n: number) => String(n).padStart(32, '0');
/** The columns that the console filters by, among twenty that each value has. */
const filters = [{ actor: 'actor-1' }, { action: 'action-1' }, { target: 'target-1' }] as const;

describe.each(engines)('the audit log on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await freshDatabaseUrl(engine));
    for (let n = 0; n < 60; n++) {
      const k = n % 3;
      const event = { id: id(n), at: n, actor: `actor-${k}`, action: `action-${k}`, target: `target-${k}`, detail: {} };
      await database.run(auditEventInsert(event));
    }
  });
  afterAll(() => database.close());

  test.each(filters)('is narrowed down by %o, the newest first, page by page', async (filter) => {
    const ids: string[] = [];
    for (let page = 0; page < 3; page++) {
      const before = ids.at(-1);
      const events = await listAuditEvents(database, { ...filter, limit: 8, ...(before !== undefined && { before }) });
      ids.push(...events.map((event) => event.id));
    }
    expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => id(58 - 3 * index)));
  });
});

test.each(filters)('a list narrowed down by %o reads no other events, however many there are', async (filter) => {
  const database = await openDatabase(await freshDatabaseUrl('sqlite'));
  let plan: unknown;
  const watching: Database = {
    ...database,
    async all(statement) {
      plan = await database.all(sql`EXPLAIN QUERY PLAN ${statement}`);
      return [];
    },
  };
  await listAuditEvents(watching, { ...filter, before: id(9), limit: 8 });
  const [column = ''] = Object.keys(filter);
  expect(JSON.stringify(plan)).toContain(`USING INDEX audit_events_by_${column} (${column}=? AND id<?)`);
  expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  await database.close();
});
