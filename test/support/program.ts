import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A way to have Castellan on a machine. */
export interface Program {
  readonly name: string;
  /** Puts it into a folder; what comes back starts it there, before the words of a command. */
  install(folder: string): readonly [string, ...string[]];
  /** What it finds in its environment besides its settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const checkoutFolder = resolve(import.meta.dirname, '../..');

/** The sources, run by this Node. */
export const checkout: Program = {
  name: 'the checkout',
  install: () => [process.execPath, join(checkoutFolder, 'src/main.ts')],
  environment: process.env,
};

/** The single binary, copied alone into the folder, with nothing in its environment that leads to a Node. */
export const binary: Program = {
  name: 'the single binary',
  install(folder) {
    const copy = join(folder, 'castellan');
    try {
      linkSync(builtBinary(), copy);
    } catch {
      // In a folder of another file system.
      copyFileSync(builtBinary(), copy, constants.COPYFILE_FICLONE);
    }
    return [copy];
  },
  environment: {},
};

/** The same where nothing else is: no shell, no temporary folder, no /proc, only the C and C++ libraries. */
export const binaryInEmptyRoot: Program = {
  name: 'the single binary in a root folder of its own',
  install(folder) {
    const [copy] = binary.install(folder);
    const libraries = execFileSync('ldd', [copy], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
    for (const library of libraries) {
      mkdirSync(join(folder, dirname(library)), { recursive: true });
      copyFileSync(library, join(folder, library));
    }
    return ['/usr/sbin/chroot', folder, '/castellan'];
  },
  environment: {},
};

/** All that can be tried on this machine; only root may change the root folder. */
export const programs: readonly Program[] = [
  checkout,
  ...(process.platform === 'linux' ? [binary] : []),
  ...(process.platform === 'linux' && process.getuid?.() === 0 ? [binaryInEmptyRoot] : []),
];

/** Makes the binary of these sources, unless it is there; the first time may take a while. */
export function buildBinaryOnce(): void {
  if (process.platform === 'linux') builtBinary();
}

function builtBinary(): string {
  const cache = join(checkoutFolder, 'node_modules/.cache/castellan-binary');
  const folder = join(cache, hashOfSources());
  const file = join(folder, 'castellan');
  if (!existsSync(file)) {
    removeOldOnes(cache);
    // Test files run side by side: whoever looks must find the whole binary or none.
    const building = `${folder}-${process.pid}`;
    execFileSync(process.execPath, ['build/binary.ts', building], { cwd: checkoutFolder, stdio: 'pipe' });
    if (existsSync(file)) rmSync(building, { recursive: true });
    else renameSync(building, folder);
  }
  return file;
}

function hashOfSources(): string {
  const hash = createHash('sha256').update(process.version);
  const inFolders = ['build', 'src'].flatMap((folder) =>
    readdirSync(join(checkoutFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const files = ['package.json', 'package-lock.json', 'schema.sql'].map((name) => join(checkoutFolder, name));
  for (const file of [...files, ...inFolders.toSorted()]) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Another run of the tests may still be at a recent one. */
function removeOldOnes(cache: string): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > 600_000) rmSync(folder, { recursive: true, force: true });
  }
}
