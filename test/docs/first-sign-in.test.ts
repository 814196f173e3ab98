import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { printedPattern, readDocument, runBlocks, shellBlocks } from '../support/document.ts';
import { systemProgram } from '../support/system-program.ts';

const document = readDocument('docs/first-sign-in.md');
let castellan: Installation;
let outputs: readonly string[];

/** The document stands at the default address; here the server has another port. */
const blocks = shellBlocks(document);
const here = (text: string) => text.replaceAll(/localhost(:|%3A)9000/g, `localhost$1${castellan.port}`);

beforeAll(async () => {
  for (const program of ['bash', 'curl', 'openssl'] as const) systemProgram([program]);
  castellan = await newInstallation();
  const server = await castellan.start();
  outputs = await runBlocks(
    blocks.map((block) => ({ ...block, commands: here(block.commands) })),
    {
      environment: {
        CASTELLAN_PORT: String(castellan.port),
        CASTELLAN_DATABASE_URL: `sqlite:${join(castellan.folder, 'data/castellan.sqlite')}`,
        CASTELLAN_KEYS_DIR: join(castellan.folder, 'keys'),
      },
    },
  );
  await server.stop();
}, 180_000);

afterAll(() => castellan.remove());

test.each(blocks.map((block, index) => [index + 1, block] as const))(
  'block %i of docs/first-sign-in.md prints what stands below it',
  (number, block) => {
    expect(outputs[number - 1]).toMatch(printedPattern(here(block.printed)));
  },
);
