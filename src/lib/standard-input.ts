import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { OperatorError } from './operator-error.ts';

const longest = 1024 * 1024;

/** All of standard input as text, at most 1 MiB. Throws an OperatorError when it is longer or not UTF-8. */
export async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > longest) throw new OperatorError('Standard input is longer than 1 MiB.');
    parts.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new OperatorError('Standard input is not UTF-8 text.');
  }
}

/**
 * A secret from standard input: its only line, without the line's end. A person at a terminal is asked, and what is
 * typed is not shown. Throws an OperatorError when there is nothing, or more than one line.
 */
export async function readSecretLine(question: string): Promise<string> {
  return secretLine(process.stdin.isTTY ? await ask(question) : await readStandardInput());
}

/** The only line of a text, without its end. Throws an OperatorError when there is none, or more than one. */
export function secretLine(text: string): string {
  const line = text.replace(/\r?\n$/, '');
  if (line === '') throw new OperatorError('Nothing came on standard input.');
  if (/[\r\n]/.test(line)) throw new OperatorError('Standard input must be a single line.');
  return line;
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stopped = new AbortController();
  lines.once('SIGINT', () => stopped.abort());
  try {
    return await lines.question('', { signal: stopped.signal });
  } catch {
    throw new OperatorError('Nothing was entered.');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
