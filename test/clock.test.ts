/** The machine's clock may be wrong; Castellan's time does not go back with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { createClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import type { Context } from '../src/context.ts';
import { rememberWhatTimeItIs } from '../src/jobs/remember-time.ts';
import { createLog } from '../src/log.ts';
import { openContext } from '../src/open-context.ts';
import { registerClient } from '../src/protocol/register-client.ts';
import { findFact } from '../src/storage/instance.ts';
import { engines, freshDatabaseUrl } from './support/database.ts';
import { actor, basic, encode } from './support/provider.ts';

const hour = 3600;
const day = 86_400;
const start = Date.UTC(2027, 0, 1) / 1000;
let wall = start;
let logged: string[] = [];

beforeEach(() => {
  wall = start;
  logged = [];
});

describe.each(engines)('an installation on %s', (engine) => {
  let folder: string;
  let databaseUrl: string;
  let credentials: { client_id: string; client_secret: string };
  let running: { context: Context; app: FastifyInstance } | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'castellan-clock-'));
    databaseUrl = await freshDatabaseUrl(engine);
    const metadata = { grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read' };
    const { client, client_secret = '' } = await registerClient((await run()).context, metadata, actor);
    credentials = { client_id: client.client_id, client_secret };
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  async function run() {
    if (running) return running;
    const config = readConfig({
      CASTELLAN_DATABASE_URL: databaseUrl,
      CASTELLAN_KEYS_DIR: folder,
      CASTELLAN_LOG_LEVEL: 'warn',
    });
    const log = createLog(config, { write: (line: string) => void logged.push(line) });
    const context = await openContext({ config, log, wallClock: () => wall });
    running = { context, app: await createApp(context) };
    return running;
  }
  async function stop() {
    await running?.app.close();
    await running?.context.database.close();
    running = undefined;
  }
  const restart = async () => {
    await stop();
    return run();
  };
  const remember = async () => rememberWhatTimeItIs.run((await run()).context, new AbortController().signal);
  const post = async (path: string, form: Record<string, string>) => {
    const response = await (await run()).app.inject({
      method: 'POST',
      url: `/oidc/oauth2/${path}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basic(credentials),
      },
      payload: encode(form),
    });
    return response.json();
  };
  const isActive = async (token: string) => (await post('introspect', { token })).active;
  const obtain = () => post('token', { grant_type: 'client_credentials' });

  test('revives no access token when its clock leaps ahead by an hour and is set back', async () => {
    const { access_token, expires_in } = await obtain();
    expect(expires_in).toBeLessThanOrEqual(hour);
    expect(await isActive(access_token)).toBe(true);
    wall += hour;
    expect(await isActive(access_token)).toBe(false);
    wall -= hour;
    expect(await isActive(access_token)).toBe(false);
  });

  test('revives no access token when it is started again in between', async () => {
    const { access_token } = await obtain();
    wall += hour;
    expect(await isActive(access_token)).toBe(false);
    await remember();
    wall -= hour;
    await restart();
    expect(await isActive(access_token)).toBe(false);
    wall -= day;
    expect(await isActive(access_token)).toBe(false);
  });

  test('goes on with the machine once its clock is where it was before', async () => {
    wall += hour;
    await remember();
    wall -= hour;
    const { context } = await restart();
    expect(context.now()).toBe(start + hour);
    wall = start + hour + 5;
    expect(context.now()).toBe(start + hour + 5);
    const { access_token } = await obtain();
    expect(await isActive(access_token)).toBe(true);
  });

  test.each([
    ['of 1970', 0, /says 1970-01-01T00:00:00Z, which cannot be; set it right/],
    ['from before this program', Date.UTC(2025, 11, 31) / 1000, /says 2025-12-31T00:00:00Z, which cannot be/],
    ['of 2106', Date.UTC(2106, 1, 7) / 1000, /says 2106-02-07T00:00:00Z, which cannot be/],
    [
      'three hours behind what it has seen',
      start - 3 * hour,
      /says 2026-12-31T21:00:00Z, and this database was in use/,
    ],
  ])('is not started with a clock %s, and is left as it was', async (_title, time, sentence) => {
    await remember();
    await stop();
    wall = time;
    await expect(run()).rejects.toThrow(sentence);
    wall = start + 1;
    const { context } = await run();
    expect(await findFact(context.database, 'latest_time')).toBe(String(start));
  });

  test('is started again after years of rest', async () => {
    await remember();
    wall += 5 * 365 * day;
    expect((await restart()).context.now()).toBe(wall);
  });

  test('whose clock was years ahead is started again once its operator says so', async () => {
    wall += 5 * 365 * day;
    await restart();
    await remember();
    wall = start;
    const { context } = await run();
    await context.database.run(sql`DELETE FROM instance WHERE name = 'latest_time'`);
    expect((await restart()).context.now()).toBe(start);
    await remember();
  });

  test('keeps the latest of the times that twenty processes write down at the same instant', async () => {
    const { context } = await run();
    const times = Array.from({ length: 20 }, (_, index) => start + ((index * 7) % 20));
    const signal = new AbortController().signal;
    await Promise.all(times.map((time) => rememberWhatTimeItIs.run({ ...context, now: () => time }, signal)));
    expect(await findFact(context.database, 'latest_time')).toBe(String(start + 19));
  });
});

describe('the time of a running process', () => {
  const clock = () => {
    const config = readConfig({ CASTELLAN_LOG_LEVEL: 'warn' });
    const log = createLog(config, { write: (line: string) => void logged.push(line) });
    return createClock({ wallClock: () => wall, latestTime: 0, log });
  };

  test.each<[string, number]>([
    ['a second', 1],
    ['an hour', hour],
    ['to 1970', start],
  ])('never goes back, when the clock does by %s', (_title, seconds) => {
    const now = clock();
    expect(now()).toBe(start);
    wall -= seconds;
    expect(now()).toBe(start);
    wall = start + 1;
    expect(now()).toBe(start + 1);
  });

  test('follows a machine that has slept for ten minutes, or for two weeks', () => {
    const now = clock();
    for (const slept of [600, 14 * day]) {
      wall += slept;
      expect(now()).toBe(wall);
    }
    expect(logged).toEqual([]);
  });

  test('does not follow a clock that leaps ahead by years, which would end all that lives, and is right again after', () => {
    const now = clock();
    wall += 10 * 365 * day;
    expect(now()).toBe(start);
    wall = start + 5;
    expect(now()).toBe(start + 5);
  });

  test('that stands still is told to the operator, once each time', () => {
    const now = clock();
    const told = () =>
      logged.map((line) => JSON.parse(line)).map(({ level, machine, castellan }) => ({ level, machine, castellan }));
    wall = start - 5;
    now();
    expect(told()).toEqual([]);
    for (const behind of [hour, hour - 1]) {
      wall = start - behind;
      now();
    }
    expect(told()).toEqual([{ level: 'error', machine: '2026-12-31T23:00:00Z', castellan: '2027-01-01T00:00:00Z' }]);
    wall = start + 1;
    now();
    wall = start - hour;
    now();
    expect(told()).toHaveLength(2);
  });
});
