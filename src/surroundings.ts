import { readSecretLine, readStandardInput } from './lib/standard-input.ts';

/** What surrounds a command line: where it runs, and where it reads and writes. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of castellan.yaml, which relative paths are seen from. */
  readonly folder: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The single line on standard input; a person at a terminal is asked for it, and what is typed is not shown. */
  readonly readSecret: (question: string) => Promise<string>;
  /** All of standard input, at most 1 MiB. */
  readonly readInput: () => Promise<string>;
}

/** Those of this process. */
export function processSurroundings(): Surroundings {
  // Whoever reads our answer may stop reading it, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    environment: process.env,
    folder: process.cwd(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    readSecret: readSecretLine,
    readInput: readStandardInput,
  };
}
