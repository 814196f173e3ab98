import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { providerMetadata } from '../../src/protocol/metadata.ts';
import { settings } from '../../src/settings.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { printedPattern, readDocument, runBlocks, shellBlocks, tableUnder } from '../support/document.ts';
import { sourcesIn } from '../support/sources.ts';

const checkout = join(import.meta.dirname, '../..');
const readme = readDocument('README.md');
const folders = ['docs', 'deploy'].flatMap((folder) => sourcesIn(folder).map(({ path }) => path));
const documents = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...folders.filter((path) => path.endsWith('.md'))];

describe('the tables of README.md', () => {
  test('have every setting with its default and its description, in the order of src/settings.ts', () => {
    expect(tableUnder(readme, '## Settings')).toEqual(
      Object.entries(settings).map(([name, { fallback, description }]) => [name, fallback, description]),
    );
  });

  test('have every command with what it must be given', () => {
    expect(tableUnder(readme, '## Commands')).toEqual(
      [...commands.values()].map(({ name, operands = [], options = [], description }) => {
        const required = options.filter(([, text]) => text.includes('(required)'));
        return [[name, ...[...operands, ...required].map(([syntax]) => syntax)].join(' '), description];
      }),
    );
  });

  test('have every endpoint that discovery names', () => {
    const { issuer, ...members } = providerMetadata({ config: readConfig({}) });
    const endpoints = Object.entries(members).filter(([member]) => /_(endpoint|uri|iframe)$/.test(member));
    const section = readme.slice(readme.indexOf('Without discovery'));
    expect(tableUnder(`## Endpoints\n${section}`, '## Endpoints')).toEqual(
      endpoints.map(([member, address]) => [member, String(address).slice(String(issuer).length)]),
    );
  });

  test('name folders and files that are there, each list saying how to add to it', () => {
    for (const [, place = '', list = ''] of tableUnder(readme, '### Where to add something')) {
      expect([place, existsSync(join(checkout, place))]).toEqual([place, true]);
      if (list.endsWith('/index.ts')) expect(readDocument(list)).toMatch(/to add (one|a)\b/i);
      else expect([list, existsSync(join(checkout, list))]).toEqual([list, true]);
    }
  });
});

test('the map of README.md shows folders and files that are there', () => {
  const [, map = ''] = /^```\n(schema\.sql[\s\S]*?)^```/m.exec(readme) ?? [];
  const named = map.split('\n').flatMap((line) => line.slice(0, 78).match(/[\w-]+(\/[\w-]+)*(\.ts|\/|\.sql)/g) ?? []);
  const paths = ['src', 'test', 'schema.sql'].flatMap((name) => sourcesIn(name).map(({ path }) => `/${path}`));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !paths.some((path) => path.includes(`/${name}`)))).toEqual([]);
});

test('the command that proves everything is the one of README.md', () => {
  expect(readme).toContain('\n```\nnpm ci && npm test\n```\n');
  expect(readDocument('.ci/run')).toMatch(/^npm ci && npm test$/m);
});

test.each(documents)('the links of %s lead somewhere', (path) => {
  const links = [...readDocument(path).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
  const broken = links.filter(([, target = '', anchor]) => {
    const file = target === '' ? path : join(dirname(path), target);
    return !existsSync(join(checkout, file)) || (anchor !== undefined && !anchorsIn(file).includes(anchor));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

describe('what README.md shows of the command line', () => {
  let castellan: Installation;
  beforeAll(async () => {
    castellan = await newInstallation();
  });
  afterAll(() => castellan.remove());

  test('is what it prints', { timeout: 60_000 }, async () => {
    const blocks = shellBlocks(readme, 'Register an application');
    const outputs = await runBlocks(blocks, {
      environment: {
        CASTELLAN_DATABASE_URL: `sqlite:${join(castellan.folder, 'castellan.sqlite')}`,
        CASTELLAN_KEYS_DIR: join(castellan.folder, 'keys'),
      },
    });
    expect(outputs).toHaveLength(1);
    expect(outputs[0]).toMatch(printedPattern(blocks[0]?.printed ?? ''));
  });

  test('at the start is what it prints', async () => {
    const [, printed = ''] = /^npm start\n```\n[\s\S]*?^```text\n([\s\S]*?)^```/m.exec(readme) ?? [];
    const server = await castellan.start();
    const lines = server.stdout().split('\n');
    await server.stop();
    const said = lines.filter((line) => line !== '' && !line.startsWith('{')).join('\n');
    expect(said).toMatch(printedPattern(printed.trim().replaceAll(':9000', `:${castellan.port}`)));
  });
});

/** The anchors that GitHub and others make of headings. */
function anchorsIn(path: string): string[] {
  const headings = [...readDocument(path).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
