import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './castellan-process.ts';
import { systemFile } from './system-program.ts';

const modules = '/usr/lib/apache2/modules';

/** An Apache of its own in a folder of its own, on a port of this machine alone. */
export interface Apache {
  readonly origin: string;
  /** What it has written into its error log. */
  log(): string;
  stop(): Promise<void>;
}

/** Installs Debian's Apache with mod_auth_openidc where it is missing; the package without the service of the system. */
export function installApache(): void {
  systemFile(`${modules}/mod_auth_openidc.so`, 'libapache2-mod-auth-openidc');
}

/**
 * Starts an Apache whose `/protected/` wants a sign-in and then shows the environment of the request, and whose `/open/`
 * is for everybody. Throws with what it said when it does not start.
 */
export async function startApache(port: number, directives: readonly string[]): Promise<Apache> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-apache-'));
  // Apache reads it under the name of its own user.
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries({ protected: '<!--#printenv -->', open: 'Open to everybody' })) {
    mkdirSync(join(folder, 'pages', name), { recursive: true });
    writeFileSync(join(folder, 'pages', name, 'index.shtml'), text);
  }
  const file = join(folder, 'apache.conf');
  writeFileSync(file, configuration(folder, port, directives));
  const child = spawn('/usr/sbin/apache2', ['-f', file, '-DFOREGROUND'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const origin = `http://localhost:${port}`;
  const log = () => readFileSync(join(folder, 'error.log'), 'utf8');
  await until(async () => child.exitCode !== null || (await answers(`${origin}/open/`)));
  if (child.exitCode !== null) throw new Error(`Apache did not start: ${log()}`);
  return {
    origin,
    log,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, directives: readonly string[]): string {
  const names = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'mime', 'include', 'auth_openidc'];
  return [
    ...names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    `ServerRoot ${folder}`,
    `DefaultRuntimeDir ${folder}`,
    `PidFile ${folder}/apache.pid`,
    `ErrorLog ${folder}/error.log`,
    `Listen 127.0.0.1:${port}`,
    'ServerName localhost',
    'StartServers 1',
    `DocumentRoot ${folder}/pages`,
    'TypesConfig /dev/null',
    'DirectoryIndex index.shtml',
    'AddType text/html .shtml',
    'AddOutputFilter INCLUDES .shtml',
    `<Directory ${folder}/pages>`,
    'Options +Includes',
    '</Directory>',
    ...directives,
    '<Location /protected>',
    'AuthType openid-connect',
    'Require valid-user',
    // Not only for navigation: what asks here says that it is a script.
    'OIDCUnAuthAction auth true',
    '</Location>',
    '',
  ].join('\n');
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
}
