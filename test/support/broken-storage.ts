import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Database } from '../../src/storage/database.ts';
import { StorageError } from '../../src/storage/storage-error.ts';
import { basic, encode, type Form, type Provider, type RegisteredClient } from './provider.ts';

type Method = 'get' | 'all' | 'run' | 'batch';

/** What a full disk or a lost connection looks like. */
const unavailable = new StorageError('unavailable', 'database or disk is full');

/**
 * The provider's application with a database of which these methods fail. Everything else of it works, and so does the
 * provider itself.
 */
export async function appWithBrokenStorage(
  { context }: Provider,
  broken: readonly Method[],
  error: Error = unavailable,
): Promise<FastifyInstance> {
  const fail = () => Promise.reject(error);
  const methods = Object.fromEntries(broken.map((method) => [method, fail]));
  const database: Database = { ...bound(context.database), ...methods };
  const app = await createApp({ ...context, database });
  onTestFinished(() => app.close());
  return app;
}

/** Posts to an application of that kind. */
export async function postWithBrokenStorage(
  provider: Provider,
  broken: readonly Method[],
): Promise<(path: string, form: Form, credentials: RegisteredClient) => Promise<LightMyRequestResponse>> {
  const app = await appWithBrokenStorage(provider, broken);
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
