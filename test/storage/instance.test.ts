import { describe, expect, test } from 'vitest';
import { findFact, insertFactOnce, setFact } from '../../src/storage/instance.ts';
import { engines, freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

describe.each(engines)('a fact on %s', (engine) => {
  test('is undefined until it is written, and may be written over', async () => {
    const database = await openUntilEnd(await freshDatabaseUrl(engine));
    expect(await findFact(database, 'setup_completed_at')).toBeUndefined();
    await setFact(database, 'setup_completed_at', '1');
    await setFact(database, 'setup_completed_at', '2');
    expect(await findFact(database, 'setup_completed_at')).toBe('2');
  });

  test('that never changes is the one that the first of many callers wrote', async () => {
    const database = await openUntilEnd(await freshDatabaseUrl(engine));
    const values = Array.from({ length: 20 }, (_, index) => `fingerprint ${index}`);
    const written = await Promise.all(values.map((value) => insertFactOnce(database, 'secret_fingerprint', value)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await findFact(database, 'secret_fingerprint')).toBe(values[written.indexOf(true)]);
    expect(await insertFactOnce(database, 'secret_fingerprint', 'later')).toBe(false);
  });
});
