import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/command-line.ts';
import { secretLine } from '../../src/lib/standard-input.ts';
import { checkout, type Program } from './program.ts';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What comes on standard input. */
  readonly input?: string;
  readonly settings?: Record<string, string>;
}

/** A folder of its own with a real `castellan` in it, as an operator has one. */
export interface Installation {
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  /** Runs a command to its end, as a process of its own. */
  spawn(words: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** The same within this process, which is much faster. */
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Starts the server and resolves when it has said that it runs. Throws with what it said instead. */
  start(settings?: Record<string, string>): Promise<RunningServer>;
  /** Ends whatever still runs, and removes the folder. */
  remove(): Promise<void>;
}

export interface RunningServer {
  readonly process: ChildProcess;
  /** What it has said so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit status, or with the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export async function newInstallation(program: Program = checkout): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-operator-'));
  const [file, ...firstWords] = program.install(folder);
  const port = await freePort();
  const running = new Set<RunningServer>();
  const launch = (words: readonly string[], settings: Record<string, string> = {}) => {
    const inherited = Object.entries(program.environment).filter(([name]) => !name.startsWith('CASTELLAN_'));
    const env = { ...Object.fromEntries(inherited), CASTELLAN_PORT: String(port), ...settings };
    return listenTo(spawn(file, [...firstWords, ...words], { cwd: folder, env, stdio: 'pipe' }));
  };
  return {
    folder,
    port,
    url: `http://localhost:${port}`,
    async run(words, { input = '', settings = {} } = {}) {
      const said = { stdout: '', stderr: '' };
      const status = await runCommandLine(words, {
        environment: { CASTELLAN_PORT: String(port), ...settings },
        folder,
        stdout(text) {
          said.stdout += text;
        },
        stderr(text) {
          said.stderr += text;
        },
        readSecret: async () => secretLine(input),
        readInput: async () => input,
      });
      return { status, ...said };
    },
    async spawn(words, { input = '', settings = {} } = {}) {
      const command = launch(words, settings);
      command.process.stdin?.on('error', () => {});
      command.process.stdin?.end(input);
      const status = await command.ended;
      return { status: typeof status === 'number' ? status : null, stdout: command.stdout(), stderr: command.stderr() };
    },
    async start(settings = {}) {
      const server = launch([], settings);
      running.add(server);
      await until(() => /^OpenID configuration .*\n/m.test(server.stdout()) || server.process.exitCode !== null);
      if (server.process.exitCode !== null) throw new Error(`it did not start: ${server.stdout()}${server.stderr()}`);
      return server;
    },
    async remove() {
      for (const server of running) await server.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for something that another process will have done soon; a test that waits in vain runs into its limit. */
export async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20));
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

function listenTo(child: ChildProcess): RunningServer {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  return {
    process: child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
