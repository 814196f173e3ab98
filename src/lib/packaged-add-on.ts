import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { OperatorError } from './operator-error.ts';

/**
 * Loads the native add-on that travels in the single binary, or gives undefined in a checkout, where Node finds it
 * itself. A system loads code from files only, so that a private one is made for a moment: in the folder for temporary
 * files, or in `otherFolder` when programs may not be run from the first. Throws an OperatorError when both fail.
 */
export function loadPackagedAddOn(name: string, otherFolder?: string): object | undefined {
  if (!isSea()) return undefined;
  const content = Buffer.from(getRawAsset(name));
  const folders = [tmpdir(), ...(otherFolder === undefined ? [] : [otherFolder])];
  const reasons: string[] = [];
  for (const folder of folders) {
    try {
      return loadFrom(folder, content);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new OperatorError(
    `${name} cannot be loaded from ${folders.join(' or ')} (${reasons.join('; ')}); set TMPDIR to a folder that may be written to, on a file system that programs may be run from.`,
  );
}

/** Writes, loads and removes the file; what is loaded stays, as long as the process runs. */
function loadFrom(parent: string, content: Buffer): object {
  const folder = mkdtempSync(join(parent, 'castellan-'));
  try {
    const file = join(folder, 'add-on.node');
    const descriptor = openSync(file, 'wx+', 0o600);
    try {
      writeFileSync(descriptor, content);
      const module = { exports: {} };
      process.dlopen(module, nameOf(descriptor, file));
      return module.exports;
    } finally {
      closeSync(descriptor);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On Linux the very file that is open, so that nobody can put another one in its place, whoever owns the folder. */
function nameOf(descriptor: number, file: string): string {
  const opened = `/proc/self/fd/${descriptor}`;
  return existsSync(opened) ? opened : file;
}
