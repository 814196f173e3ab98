import { CommanderError, Command as Parser } from 'commander';
import type { Command, CommandHost } from './commands/command.ts';
import { commandGroups, commands } from './commands/index.ts';
import { type Config, loadConfig } from './config.ts';
import type { Context } from './context.ts';
import { explain } from './explain.ts';
import { OperatorError } from './lib/operator-error.ts';
import { createLog } from './log.ts';
import { isDatabaseThere, openContext } from './open-context.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/**
 * Runs the command that the words name, `serve` when there are none, and resolves with the exit status: 0 when it did
 * what was asked, 1 when that was not possible, 2 when the words were not understood.
 */
export async function runCommandLine(
  words: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): Promise<number> {
  try {
    await createParser(surroundings).parseAsync(words.length === 0 ? ['serve'] : words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { lines, status } = explain(error);
    for (const line of lines) surroundings.stderr(`${line}\n`);
    return status;
  }
}

/** The parser of all commands; commander checks the words and writes the help. */
function createParser(surroundings: Surroundings): Parser {
  const parser = new Parser('castellan')
    .description('A self-hosted OpenID Provider. Without a command it serves.')
    .version(version)
    .addHelpText('after', overview);
  strict(parser, surroundings);
  const groups = new Map<string, Parser>();
  for (const command of commands.values()) {
    const [first = '', second] = command.name.split(' ');
    if (second === undefined) addCommand(parser, first, command, surroundings);
    else {
      const group =
        groups.get(first) ?? strict(parser.command(first).description(groupDescription(first)), surroundings);
      groups.set(first, group);
      addCommand(group, second, command, surroundings);
    }
  }
  return parser;
}

const overview = `
Settings come from the environment (CASTELLAN_PORT=9000) and castellan.yaml in the current folder.
Every command works on the database of these settings, also while the server runs on it.
Exit status: 0 done, 1 not possible, 2 not understood. "castellan help COMMAND" tells more.`;

/** Told in one line by `explain`, not by commander, and never by ending the process. */
function strict(parser: Parser, { stdout, stderr }: Surroundings): Parser {
  return parser
    .exitOverride()
    .configureOutput({ writeOut: stdout, writeErr: stderr, outputError: () => {} })
    .allowExcessArguments(false);
}

function groupDescription(group: string): string {
  const verbs = [...commands.keys()].filter((name) => name.startsWith(`${group} `)).map((name) => name.split(' ')[1]);
  return `${commandGroups.get(group)}: ${verbs.join(', ')}`;
}

function addCommand(parent: Parser, name: string, command: Command, surroundings: Surroundings): void {
  const parser = strict(parent.command(name).summary(command.description), surroundings);
  parser.description([command.description, command.explanation].filter(Boolean).join('\n\n'));
  for (const [syntax, description] of command.operands ?? []) parser.argument(syntax, description);
  for (const [flags, description] of command.options ?? [])
    if (/\.\.\.[>\]]/.test(flags)) parser.option(flags, description, collect);
    else parser.option(flags, description);
  parser.addHelpText('after', ['', 'Examples:', ...command.examples.map((line) => `  castellan ${line}`)].join('\n'));
  parser.action(async () => {
    const operands = parser.registeredArguments.map((operand, index) => [operand.name(), parser.args[index]]);
    await withHost(surroundings, (host) => command.run(host, { ...parser.opts(), ...Object.fromEntries(operands) }));
  });
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

async function withHost(surroundings: Surroundings, work: (host: CommandHost) => Promise<void>): Promise<void> {
  const { environment, folder, stdout, stderr, readSecret, readInput } = surroundings;
  const config = loadConfig(environment, folder);
  let context: Context | undefined;
  try {
    await work({
      config,
      folder,
      async open({ mayCreate } = { mayCreate: false }) {
        if (!mayCreate && !isDatabaseThere(config)) throw new OperatorError(noDatabase(config));
        // The answer is on standard output, so that the log goes beside it and tells only of trouble.
        const logLevel = config.logLevel === 'info' ? 'warn' : config.logLevel;
        context ??= await openContext({ config, log: createLog({ logLevel }, { write: stderr }) });
        return context;
      },
      print: (text) => stdout(`${text}\n`),
      remark: (text) => stderr(`${text}\n`),
      readSecret,
      readInput,
    });
  } finally {
    await context?.database.close();
  }
}

function noDatabase({ databaseUrl }: Config): string {
  const file = databaseUrl.replace('sqlite:', '');
  return `There is no database ${file} yet; run "castellan serve" first, or this command where it was run.`;
}
