import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { readDocument, runBlocks, shellBlocks } from '../support/document.ts';
import { systemProgram } from '../support/system-program.ts';

const document = readDocument('docs/operating.md');
const date = '2026-11-23';

let castellan: Installation;

beforeAll(() => {
  for (const program of ['bash', 'sqlite3'] as const) systemProgram([program]);
}, 120_000);
beforeEach(async () => {
  castellan = await newInstallation();
});
afterEach(() => castellan.remove());

/** The blocks under a heading, on the one day for which the document shows them. */
function blocksUnder(heading: string) {
  const blocks = shellBlocks(document, heading);
  return blocks.map((block) => ({ ...block, commands: block.commands.replaceAll('$(date +%F)', date) }));
}

async function add(username: string): Promise<void> {
  expect((await castellan.run(['user', 'add', '--username', username])).status).toBe(0);
}

async function users(): Promise<string> {
  const { stdout, stderr } = await castellan.run(['user', 'list']);
  return stdout + stderr;
}

test('the backup of docs/operating.md, made while the server runs, brings everything of then back', async () => {
  const [backup, restore] = blocksUnder('Backups');
  if (!backup || !restore) throw new Error('the blocks are not where they were');
  const { folder } = castellan;
  const server = await castellan.start();
  await add('ada');
  await runBlocks([backup], { folder });
  expect(statSync(join(folder, `backup/castellan-${date}.sqlite`)).mode & 0o777).toBe(0o600);
  await add('bob');
  await server.stop();

  rmSync(join(folder, 'data'), { recursive: true });
  mkdirSync(join(folder, 'data'));
  await runBlocks([restore], { folder });
  await (await castellan.start()).stop();
  expect(await users()).toMatch(/ada/);
  expect(await users()).not.toMatch(/bob/);
});

test('after the loss of secret.key, what docs/operating.md says keeps the people and makes a new secret', async () => {
  const { folder } = castellan;
  const secret = join(folder, 'keys/secret.key');
  await (await castellan.start()).stop();
  await add('ada');
  renameSync(secret, `${secret}.lost`);
  expect(await users()).toMatch(/secret\.key is missing/);

  await runBlocks(blocksUnder('secret.key'), { folder });
  const server = await castellan.start();
  const keys = await fetch(`${castellan.url}/oidc/.well-known/jwks.json`);
  expect(keys.status).toBe(200);
  await server.stop();
  expect(existsSync(secret)).toBe(true);
  expect(await users()).toMatch(/ada/);
});

test('after a clock that was years ahead, what docs/operating.md says lets Castellan start again', async () => {
  const { folder } = castellan;
  await (await castellan.start()).stop();
  const database = join(folder, 'data/castellan.sqlite');
  const ahead = "INSERT OR REPLACE INTO instance VALUES ('latest_time', '2200000000')";
  await runBlocks([{ commands: `sqlite3 ${database} "${ahead}"`, printed: '', heading: '' }], { folder });
  expect(await users()).toMatch(/this database was in use at 2039-.*set the clock right/);
  await expect(castellan.start()).rejects.toThrow('set the clock right');

  await runBlocks(blocksUnder('The clock'), { folder });
  await (await castellan.start()).stop();
  await add('ada');
  expect(await users()).toMatch(/ada/);
});
