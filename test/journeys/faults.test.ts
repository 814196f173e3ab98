/** What must hold when the power goes while tokens are being given out. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { HttpBrowser } from '../support/http-browser.ts';
import { binary, buildBinaryOnce, checkout } from '../support/program.ts';
import { password, redirect_uri } from '../support/provider.ts';
import { createTokenLoad, type LoadedClient, type TokenLoad } from '../support/token-load.ts';

const lanes = 8;
const trials = [
  { program: checkout, rounds: 10 },
  ...(process.platform === 'linux' ? [{ program: binary, rounds: 3 }] : []),
];

beforeAll(buildBinaryOnce, 300_000);

let castellan: Installation;
afterEach(() => castellan.remove());

test.each(trials)(
  '$program.name, killed $rounds times under load, keeps every refresh token that it gave and takes no code twice',
  {
    timeout: 120_000,
  },
  async ({ program, rounds }) => {
    castellan = await newInstallation(program);
    const clients = [await addClient('none'), await addClient('client_secret_basic')];
    await addUser();
    let server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'error' });
    const load = createTokenLoad(castellan.url, await signedIn(castellan.url), clients);

    for (let round = 0; round < rounds; round++) {
      const before = load.holdings.length;
      const answered = load.answered;
      const running = load.run(lanes);
      await vi.waitFor(() => expect(load.answered).toBeGreaterThan(answered + lanes), { timeout: 30_000, interval: 5 });
      await new Promise((resolve) => setTimeout(resolve, (round * 53) % 200));
      await server.stop('SIGKILL');
      await running;
      server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'error' });
      await resume(load, before);
    }

    for (const holding of load.holdings) await load.refresh(holding);
    expect(load.holdings.filter(({ isUnanswered }) => isUnanswered)).toEqual([]);
    for (const code of load.codes.filter(({ successes }) => successes > 0)) {
      const answer = await load.present(code);
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
    expect(load.codes.filter(({ successes }) => successes > 1)).toEqual([]);
    expect(load.violations).toEqual([]);
    expect(load.unanswered).toBeGreaterThan(0);

    await server.stop('SIGKILL');
    expect(server.stderr()).toBe('');
    checkFile(join(castellan.folder, 'data/castellan.sqlite'));
  },
);

/** What clients do when the server is back: they ask again where they got no answer. */
async function resume(load: TokenLoad, first: number): Promise<void> {
  for (const holding of load.holdings.slice(first)) {
    const { refresh_token } = holding;
    await load.refresh(holding);
    const successor = holding.refresh_token;
    // The answer may get lost once more, and still nothing is.
    await load.refresh(Object.assign(holding, { refresh_token }));
    expect(holding.refresh_token).toBe(successor);
  }
  for (const code of load.unansweredCodes.splice(0)) {
    const answer = await load.present(code);
    if (answer?.status === 200) code.successes++;
    else expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  }
}

function checkFile(file: string): void {
  const database = new Sqlite(file);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  // Every refresh token but the first of an authorization is the successor of one other.
  const twice = database
    .prepare(
      `SELECT authorization_id FROM refresh_tokens t
        WHERE NOT EXISTS (SELECT 1 FROM refresh_tokens p WHERE p.successor_id = t.id)
        GROUP BY authorization_id HAVING count(*) > 1`,
    )
    .all();
  expect(twice).toEqual([]);
  database.close();
}

async function addClient(token_endpoint_auth_method: string): Promise<LoadedClient> {
  const metadata = {
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method,
    first_party: true,
    // A code that is refused must be refused because it was used.
    authorization_code_seconds: 600,
  };
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function addUser(): Promise<void> {
  const words = ['user', 'add', '--username', 'alice', '--email', 'alice@example.com', '--password-stdin'];
  const { status, stderr } = await castellan.run(words, { input: password });
  if (status !== 0) throw new Error(stderr);
}

async function signedIn(url: string): Promise<HttpBrowser> {
  const browser = new HttpBrowser(url);
  await browser.submit(await browser.open('/login'), { username: 'alice', password });
  return browser;
}
