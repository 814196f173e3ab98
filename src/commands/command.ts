import type { z } from 'zod';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import type { Named } from '../lib/registry.ts';

/** What the operator can ask for; one file each. */
export interface Command extends Named {
  /** The words typed: `serve`, or a group and a verb such as `user add`. */
  readonly name: string;
  /** One line for the overview. */
  readonly description: string;
  /** More lines for its own help. */
  readonly explanation?: string;
  /** In order, as help writes them: `<username>`, `[file]`. */
  readonly operands?: readonly (readonly [syntax: string, description: string])[];
  /** As help writes them: `--email <address>`. `--json` and its like are flags without a value. */
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** What follows `castellan ` on a line that works. */
  readonly examples: readonly string[];
  /** Does the work with operands and options by their names, camelCase; whatever it throws is told in one line. */
  run(host: CommandHost, words: Readonly<Record<string, unknown>>): Promise<void>;
}

/** The surroundings of a command. */
export interface CommandHost {
  readonly config: Config;
  /** The folder that relative paths are seen from. */
  readonly folder: string;
  /**
   * The database and all around it, closed when the command ends; the server may be running on it. Throws when there
   * is no SQLite file yet, unless the command may be the first thing ever done here.
   */
  open(first?: { mayCreate: boolean }): Promise<Context>;
  /** Writes a line, or several, on standard output. */
  print(text: string): void;
  /** Writes a line on standard error: a remark that is not part of the answer. */
  remark(text: string): void;
  /** The single line on standard input; a person at a terminal is asked for it, and what is typed is not shown. */
  readSecret(question: string): Promise<string>;
  /** All of standard input, at most 1 MiB. */
  readInput(): Promise<string>;
}

/** The words of a command line were not understood: one sentence for each of them. */
export class WordsError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'WordsError';
    this.lines = lines;
  }
}

/** Ties the words' schema to what `run` gets, so that no command sees a word that was not checked. */
export function defineCommand<Words>(
  command: Omit<Command, 'run'> & {
    readonly words: z.ZodType<Words>;
    run(host: CommandHost, words: Words): Promise<void>;
  },
): Command {
  return {
    ...command,
    async run(host, words) {
      const parsed = command.words.safeParse(words);
      if (!parsed.success) throw new WordsError(parsed.error.issues.map(sentence));
      await command.run(host, parsed.data);
    },
  };
}

/** The actor of every change made on the command line, as the audit log shows it. */
export const operator = { id: 'command' } as const;

/** An option as it is typed, and what is wrong with it. */
function sentence({ path, message }: z.core.$ZodIssue): string {
  const option = String(path[0] ?? '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return option ? `--${option}: ${message}` : message;
}
