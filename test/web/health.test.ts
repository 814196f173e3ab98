import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Provider, startProvider } from '../support/provider.ts';

let provider: Provider;
beforeEach(async () => {
  provider = await startProvider();
});
afterEach(() => provider.close());

test('a running server is healthy and ready, and no cache keeps that', async () => {
  for (const [path, status] of [
    ['/healthz', 'ok'],
    ['/readyz', 'ready'],
  ] as const) {
    const response = await provider.app.inject(path);
    expect([response.statusCode, response.json()]).toEqual([200, { status }]);
    expect(response.headers['cache-control']).toBe('no-store');
  }
});

test('without its database a server is healthy but not ready, and says nothing of why', async () => {
  await provider.context.database.close();
  expect((await provider.app.inject('/healthz')).statusCode).toBe(200);
  const response = await provider.app.inject('/readyz');
  expect([response.statusCode, response.json()]).toEqual([503, { status: 'the database does not answer' }]);
});
