import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const checkout = resolve(import.meta.dirname, '../..');

/** A file of the repository, by its path from the root. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** One import statement: another file of ours by its path from the root, or a package by its name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

/** All files below a folder, or one file, with their text. */
export function sourcesIn(name: string): Source[] {
  return filesBelow(join(checkout, name)).map((file) => ({
    path: relative(checkout, file),
    text: readFileSync(file, 'utf8'),
  }));
}

/** What stands at the root, without what is installed or made. */
export function rootEntries(): string[] {
  const made = ['node_modules', 'dist', 'data', 'keys', 'coverage', 'castellan.yaml', '.git'];
  return readdirSync(checkout).filter((name) => !made.includes(name) && !name.endsWith('.log'));
}

/** The imports and re-exports of a file; the formatter keeps them in the one shape that this reads. */
export function importsOf({ path, text }: Source): Import[] {
  const statements = text.matchAll(/^(?:import|export) (type )?(?:[^;]*? from )?'([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...statements].map(([, type, static_ = '', dynamic]) => {
    const specifier = dynamic ?? static_;
    const isPackage = !specifier.startsWith('.');
    const to = isPackage ? specifier : join(dirname(path), specifier);
    return { from: path, to, isPackage, isTypeOnly: type !== undefined };
  });
}

function filesBelow(path: string): string[] {
  const entries = entriesOf(path);
  return entries === undefined ? [path] : entries.flatMap((name) => filesBelow(join(path, name)));
}

function entriesOf(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort();
  } catch {
    return undefined;
  }
}
