import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * The path of a program that npm does not bring, the first of these names that the machine has. Where there is none,
 * the Debian package with it is installed, if this is Debian and we may; otherwise throws with what to do.
 */
export function systemProgram(names: readonly [string, ...string[]], debianPackage: string = names[0]): string {
  const lacks = names.map((name) => `! command -v ${name} >/dev/null`).join(' && ');
  if (find(names) === undefined) install(names.join(' or '), lacks, debianPackage);
  const path = find(names);
  if (path === undefined) throw new Error(`apt-get installed ${debianPackage}, yet there is no ${names.join(' or ')}.`);
  return path;
}

/** The same for a file that is no program, such as a module of a server. */
export function systemFile(path: string, debianPackage: string): string {
  if (!existsSync(path)) install(path, `! test -e ${path}`, debianPackage);
  if (!existsSync(path)) throw new Error(`apt-get installed ${debianPackage}, yet there is no ${path}.`);
  return path;
}

function find(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Test files run at the same time, and apt-get gives up when another one is at work: the lock makes them wait, and then
 * look again whether the machine lacks it still.
 */
function install(what: string, lacks: string, debianPackage: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      `The tests need ${what}. Install it as root: apt-get install --no-install-recommends ${debianPackage}`,
    );
  const script = `if ${lacks}; then apt-get -qq update && apt-get -qq install -y --no-install-recommends ${debianPackage}; fi`;
  execFileSync('flock', [join(tmpdir(), 'castellan-tests-apt.lock'), 'sh', '-c', script], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
