import type { LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Database } from '../../src/storage/database.ts';
import { StorageError } from '../../src/storage/storage-error.ts';
import { basic, encode, type Form, type Provider, type RegisteredClient } from './provider.ts';

type Method = 'get' | 'all' | 'run' | 'batch';

/**
 * Posts to the provider while these methods of its database fail, as with a full disk or a lost connection. Everything
 * else of it works, and so does the provider itself.
 */
export async function postWithBrokenStorage(
  { context }: Provider,
  broken: readonly Method[],
): Promise<(path: string, form: Form, credentials: RegisteredClient) => Promise<LightMyRequestResponse>> {
  const fail = () => Promise.reject(new StorageError('unavailable', 'database or disk is full'));
  const methods = Object.fromEntries(broken.map((method) => [method, fail]));
  const database: Database = { ...bound(context.database), ...methods };
  const app = await createApp({ ...context, database });
  onTestFinished(() => app.close());
  return (url, form, credentials) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(credentials) },
      payload: encode(form),
    });
}

function bound(database: Database): Database {
  return {
    get: (statement) => database.get(statement),
    all: (statement) => database.all(statement),
    run: (statement) => database.run(statement),
    batch: (statements) => database.batch(statements),
    script: (statements) => database.script(statements),
    listTables: () => database.listTables(),
    snapshot: (label) => database.snapshot(label),
    close: () => database.close(),
  };
}
