import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
});
afterAll(() => castellan.remove());

test('--version prints the version', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await castellan.spawn(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help names every command, group by group, and needs no good settings', async () => {
  const { status, stdout, stderr } = await castellan.run(['--help'], { settings: { CASTELLAN_PORT: 'x' } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const name of commands.keys()) for (const word of name.split(' ')) expect(stdout).toContain(word);
});

describe('the help of a command', () => {
  test('shows its operands, options and examples', async () => {
    const { status, stdout } = await castellan.run(['client', 'add', '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: castellan client add');
    expect(stdout).toContain('--metadata <json>');
    expect(stdout).toContain('Examples:\n  castellan client add --metadata');
  });

  test('has an example that begins with the command itself, for every command', () => {
    for (const { name, examples } of commands.values()) {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example.startsWith(name)).toBe(true);
    }
  });

  test('every listing takes --json', () => {
    const listings = [...commands.values()].filter(({ name }) => /list$|show$/.test(name));
    for (const { options = [] } of listings) expect(options.map(([flags]) => flags)).toContain('--json');
  });
});

describe('words that are not understood are one line and exit status 2', () => {
  test.each([
    ['an unknown command, with the nearest', ['sevre'], /^Unknown command 'sevre' \(Did you mean serve\?\)$/],
    ['an unknown verb', ['user', 'lst'], /^Unknown command 'lst' \(Did you mean list\?\)$/],
    ['an unknown option', ['serve', '--prot', '1'], /^Unknown option '--prot'/],
    ['a missing operand', ['user', 'show'], /^Missing required argument 'username'\.$/],
    ['one operand too many', ['user', 'show', 'a', 'b'], /^Too many arguments for 'show'/],
    ['an option without its value', ['user', 'list', '--search'], /^Option '--search <text>' argument missing\.$/],
    ['a missing option', ['client', 'add'], /^--metadata: is required/],
  ])('%s', async (_title, words, line) => {
    const { status, stdout, stderr } = await castellan.run(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(readdirSync(castellan.folder)).toEqual([]);
  });

  test('a group without a verb shows its verbs', async () => {
    const { status, stderr } = await castellan.run(['client']);
    expect(status).toBe(2);
    expect(stderr).toContain('add-secret');
  });
});

test.each([
  ['user list', ['user', 'list']],
  ['client show', ['client', 'show', 'wiki']],
  ['keys rotate', ['keys', 'rotate']],
])('%s in a folder without a database says so and makes nothing', async (_title, words) => {
  const { status, stdout, stderr } = await castellan.run(words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^There is no database .*castellan\.sqlite yet; .*\n$/);
  expect(readdirSync(castellan.folder)).toEqual([]);
});

test('a process of its own says the same as what these tests run within theirs', async () => {
  for (const words of [['user', 'list'], ['user', 'lst'], ['user', '--help'], ['client']])
    expect(await castellan.spawn(words)).toEqual(await castellan.run(words));
});

test('mistakes in the settings stop every command', async () => {
  mkdirSync(`${castellan.folder}/elsewhere`);
  const { status, stderr } = await castellan.run(['user', 'list'], { settings: { CASTELLAN_PORT: 'x' } });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^CASTELLAN_PORT must be/);
});
