import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Job } from '../../src/jobs/job.ts';
import { startJobs } from '../../src/jobs/start-jobs.ts';
import { startProvider } from '../support/provider.ts';

const provider = await startProvider();
afterAll(() => provider.close());
let logged: unknown[] = [];
let stop = async () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  logged = [];
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

function start(run: Job['run'], everySeconds = 600): void {
  const log = provider.context.log.child({});
  vi.spyOn(log, 'error').mockImplementation((detail: unknown) => void logged.push(detail));
  const context: Context = { ...provider.context, log };
  stop = startJobs(context, [{ name: 'counting', everySeconds, run }]);
}

test('a job runs within a minute of the start, and then in its turn', async () => {
  let runs = 0;
  start(async () => void runs++);
  expect(runs).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(10 * 660_000);
  expect(runs).toBeGreaterThanOrEqual(11);
  expect(runs).toBeLessThanOrEqual(13);
});

test('a job that fails is logged and runs again in its turn', async () => {
  let runs = 0;
  start(async () => {
    runs++;
    throw new Error('out of order');
  });
  await vi.advanceTimersByTimeAsync(60_000 + 660_000);
  expect(runs).toBeGreaterThanOrEqual(2);
  expect(logged).toContainEqual(expect.objectContaining({ job: 'counting' }));
});

test('a job never overlaps with itself', async () => {
  let running = 0;
  let most = 0;
  start(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5000_000));
    running--;
  });
  await vi.advanceTimersByTimeAsync(20_000_000);
  expect(most).toBe(1);
  await Promise.all([stop(), vi.advanceTimersByTimeAsync(5_000_000)]);
});

test('stopping tells what runs, waits for it, and nothing runs afterwards', async () => {
  let runs = 0;
  let told: AbortSignal | undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  start(async (_context, signal) => {
    runs++;
    told = signal;
    await promise;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  let isStopped = false;
  const stopping = stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(isStopped).toBe(false);
  expect(told?.aborted).toBe(true);
  resolve();
  await stopping;
  await vi.advanceTimersByTimeAsync(10_000_000);
  expect(runs).toBe(1);
});
