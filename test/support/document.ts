import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const checkout = join(import.meta.dirname, '../..');

/** Commands that a document shows, with what it says they print. */
export interface ShellBlock {
  readonly heading: string;
  readonly commands: string;
  /** Empty when nothing is shown. */
  readonly printed: string;
}

/** The text of a document, by its path in the checkout. */
export function readDocument(path: string): string {
  return readFileSync(join(checkout, path), 'utf8');
}

/** Every block of `sh` in a document, or under one of its headings; the `text` that follows is what it prints. */
export function shellBlocks(document: string, heading?: string): ShellBlock[] {
  const sections = document.split(/^(?=##+ )/m);
  return sections.flatMap((section) => {
    const title = /^##+ (.*)$/m.exec(section)?.[1] ?? '';
    if (heading !== undefined && heading !== title) return [];
    const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm)];
    return blocks.map(([, commands = '', printed = '']) => ({ heading: title, commands, printed }));
  });
}

/** The cells of the first table after a heading, without its head; code marks are taken off. */
export function tableUnder(document: string, heading: string): string[][] {
  const section = document.split(/^(?=##+ )/m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const [, table = ''] = /^\|.*\|\n\|[-| ]+\|\n((?:\|.*\|\n)+)/m.exec(section) ?? [];
  const rows = table.split('\n').filter((row) => row !== '');
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

/**
 * Runs the blocks one after the other in one bash, in the checkout unless told otherwise, and resolves with what each
 * printed. Throws with what went wrong when a command fails.
 */
export async function runBlocks(
  blocks: readonly ShellBlock[],
  { environment = {}, folder = checkout }: { environment?: Readonly<Record<string, string>>; folder?: string } = {},
): Promise<string[]> {
  const script = blocks.map(({ commands }) => `printf '\\0'\n${commands}`).join('');
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CASTELLAN_'));
  const bash = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(bash.stdout), text(bash.stderr), once(bash, 'close')]);
  const outputs = stdout.split('\0').slice(1);
  if (status !== 0)
    throw new Error(`block ${outputs.length} of ${blocks.length} ended with ${status}: ${outputs.at(-1)}${stderr}`);
  return outputs;
}

/** What a document shows, as a pattern: `…` is the rest of a random value; times and ids differ from run to run. */
export function printedPattern(printed: string): RegExp {
  const escaped = printed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = escaped
    .replace(/[\w-]*…/g, '[\\w.-]+')
    .replace(/\b[0-9a-f]{32}\b/g, '[0-9a-f]{32}')
    .replace(/\b[0-9a-f]{24}\b/g, '[0-9a-f]{24}')
    .replace(/\b\d{10}\b/g, '\\d{10}')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\\\.\d{3})?Z/g, '[\\dT:.-]+Z');
  return new RegExp(`^${pattern}$`);
}
