import { afterEach, beforeEach, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { rotateDueSigningKeys } from '../../src/jobs/rotate-signing-keys.ts';
import { type Provider, startProvider } from '../support/provider.ts';

const day = 86_400;
let provider: Provider;
beforeEach(async () => {
  provider = await startProvider();
  await provider.context.signingKeys.current('ES256');
});
afterEach(() => provider.close());

const run = () => rotateDueSigningKeys.run(provider.context, new AbortController().signal);
const states = async () => (await provider.context.signingKeys.list()).map(({ state }) => state);

test('a key in its first 89 days stays alone', async () => {
  provider.clock.advance(89 * day - 1);
  await run();
  expect(await states()).toEqual(['current']);
});

test('after 89 days its successor is published, which signs after 90', async () => {
  const first = await provider.context.signingKeys.current('ES256');
  provider.clock.advance(89 * day);
  await run();
  expect(await states()).toEqual(['current', 'next']);
  provider.clock.advance(day - 1);
  expect((await provider.context.signingKeys.current('ES256')).kid).toBe(first.kid);
  provider.clock.advance(1);
  expect((await provider.context.signingKeys.current('ES256')).kid).not.toBe(first.kid);
});

test('running it often, or in two processes, makes one successor', async () => {
  provider.clock.advance(89 * day);
  await Promise.all([run(), run()]);
  await run();
  expect(await states()).toEqual(['current', 'next']);
});

test('a successor never published for want of a running process is still published before it signs', async () => {
  provider.clock.advance(400 * day);
  await run();
  expect(await states()).toEqual(['current', 'next']);
});

test('a waiting successor that an immediate rotation passed over does not put the next rotation off', async () => {
  await provider.context.signingKeys.rotate();
  await provider.context.signingKeys.rotate({ immediately: true });
  provider.clock.advance(89 * day);
  await run();
  expect((await states()).toSorted()).toEqual(['current', 'next', 'retired', 'retired']);
});

test('each new key is in the audit log', async () => {
  provider.clock.advance(89 * day);
  await run();
  await run();
  const events = await listEvents(provider.context, { limit: 10 });
  expect(events.filter(({ action }) => action === 'signing_key.added')).toMatchObject([
    { actor: 'system', detail: { alg: 'ES256' } },
  ]);
});
