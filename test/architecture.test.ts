import { describe, expect, test } from 'vitest';
import { type Import, importsOf, rootEntries, sourcesIn } from './support/sources.ts';

const program = sourcesIn('src').filter(({ path }) => path.endsWith('.ts'));
const imports = program.flatMap(importsOf);
const show = ({ from, to }: Import) => `${from} imports ${to}`;

/** The paths of the files of the program that hold this text. */
const filesWith = (pattern: RegExp) => program.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('the floors', () => {
  const height = new Map([
    ['lib', 0],
    ['storage', 1],
    ['identity', 2],
    ['protocol', 3],
    ['web', 4],
    ['commands', 4],
    ['jobs', 4],
  ]);
  const floorOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];
  /** What stands beside the floors and may be used from one of them, besides types. */
  const open: readonly (readonly [floor: string, file: RegExp])[] = [
    ['commands', /^src\/(log|single-process|worker-processes)\.ts$/],
  ];

  test('every folder of src is a floor', () => {
    expect(program.map(({ path }) => floorOf(path)).filter((floor) => floor && !height.has(floor))).toEqual([]);
  });

  test('code imports from its own floor and from those below, and of what stands above them all only types', () => {
    const wrong = imports.filter(({ from, to, isPackage, isTypeOnly }) => {
      const [mine, other] = [floorOf(from), floorOf(to)];
      if (isPackage || mine === undefined || mine === other) return false;
      if (other === undefined) return !isTypeOnly && !open.some(([floor, file]) => floor === mine && file.test(to));
      return (height.get(other) ?? 0) >= (height.get(mine) ?? 0);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('no part of web imports another, but for web/ui', () => {
    const partOf = (path: string) => /^src\/web\/([^/]+)\//.exec(path)?.[1];
    const wrong = imports.filter(({ from, to }) => {
      const [mine, other] = [partOf(from), partOf(to)];
      return mine !== undefined && other !== undefined && other !== 'ui' && other !== mine;
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('only storage knows a database driver or writes SQL', () => {
    const drivers = /^(better-sqlite3|pg|sql-template-tag)(\/|$)/;
    const wrong = imports.filter(({ from, to }) => drivers.test(to) && floorOf(from) !== 'storage');
    expect(wrong.map(show)).toEqual([]);
    expect(filesWith(/\bsql`/).filter((path) => floorOf(path) !== 'storage')).toEqual([]);
  });

  test('every file is imported by another, but for the one that Node starts and what it starts as a thread', () => {
    const imported = new Set(imports.map(({ to }) => to));
    const threads = program.flatMap(({ text }) =>
      [...text.matchAll(/'(src\/[^']+-worker\.ts)'/g)].map(([, path]) => path),
    );
    const alone = program.map(({ path }) => path).filter((path) => !imported.has(path) && !threads.includes(path));
    expect(alone).toEqual(['src/main.ts']);
  });
});

describe('the registries', () => {
  /** How the entries of a folder are told from what helps them. */
  const registries: readonly (readonly [folder: string, entry: RegExp])[] = [
    ['src/commands', /^export const (\w+) = defineCommand\(/m],
    ['src/jobs', /^export const (\w+): Job = /m],
    ['src/storage/migrations', /^export const (\w+): Migration = /m],
    ['src/identity/user-authentication', /^export const (\w+): (?:UserAuthentication|Typed|Code)Method = /m],
    ['src/protocol/client-authentication', /^export const (\w+): ClientAuthenticationMethod = /m],
    ['src/protocol/grants', /^export const (\w+) = defineGrant\(/m],
    ['src/protocol/identity-providers', /^export const (\w+): IdentityProviderKind = /m],
    ['src/protocol/profiles', /^export const (\w+): Profile = /m],
    ['src/protocol/response-modes', /^export const (\w+): ResponseMode = /m],
    ['src/protocol/response-types', /^export const (\w+): ResponseType = /m],
    ['src/protocol/sender-constraints', /^export const (\w+): SenderConstraint = /m],
    ['src/web/account', /^export const (\w+): AccountPage = /m],
    ['src/web/account/security', /^export const (\w+): SecuritySection = /m],
    ['src/web/admin', /^export const (\w+): AdminPage = /m],
    ['src/web/admin/clients', /^export function (\w+Routes)\(app: /m],
    ['src/web/admin/users', /^export function (\w+Routes)\(app: /m],
    ['src/web/authorization/steps', /^export const (\w+): Step = /m],
    ['src/web/endpoints', /^export const (\w+): Endpoint = /m],
    ['src/web/sign-in/methods', /^export const (\w+): SignInMethod = /m],
    ['src/web/sign-in/second-factors', /^export const (\w+): SecondFactor = /m],
    ['src/web/sign-in/requirements', /^export const (\w+): Requirement = /m],
    ['src/web/playground', /^export function (\w+Page)\(app: /m],
  ];

  test.each(registries)('every entry of %s is in the list of its index.ts', (folder, entry) => {
    const index = program.find(({ path }) => path === `${folder}/index.ts`)?.text ?? 'there is no index.ts';
    const entries = program
      .filter(({ path }) => path.startsWith(`${folder}/`) && path.split('/').length === folder.split('/').length + 1)
      .flatMap(({ text }) => entry.exec(text)?.[1] ?? []);
    const mentions = (name: string) => index.split(new RegExp(`\\b${name}\\b`)).length - 1;
    // Once where it is imported, and once in the list.
    expect(entries.filter((name) => mentions(name) < 2)).toEqual([]);
    expect(entries.length).toBeGreaterThan(/migrations|sign-in/.test(folder) ? -1 : 0);
  });

  test('the table above names every folder that says how an entry is added', () => {
    const folders = program
      .filter(({ path, text }) => path.endsWith('/index.ts') && /\bto add (one|a)\b/i.test(text))
      .map(({ path }) => path.slice(0, -'/index.ts'.length));
    expect(folders.filter((folder) => !registries.some(([known]) => `${known}/`.startsWith(`${folder}/`)))).toEqual([]);
  });

  test('every part of web is in app.ts', () => {
    const app = program.find(({ path }) => path === 'src/app.ts')?.text ?? '';
    const parts = new Set(program.flatMap(({ path }) => /^src\/web\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? []));
    expect([...parts].filter((part) => !app.includes(`'./web/${part}/index.ts'`))).toEqual([]);
  });
});

describe('what comes in at the top', () => {
  test.each([
    ['the environment', /process\.env\b/, ['src/surroundings.ts']],
    ['the time', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bTemporal\./, ['src/open-context.ts']],
    [
      'chance',
      /\bMath\.random\(|\brandomUUID\b|\brandomInt\b|\bgetRandomValues\b|\brandomBytes\b.*'node:crypto'/,
      ['src/open-context.ts'],
    ],
    ['a console', /\bconsole\.\w+\(/, ['src/main.ts']],
  ])('%s is looked for in one place', (_what, pattern, places) => {
    expect(filesWith(pattern)).toEqual(places);
  });
});

describe('redirects', () => {
  const redirects = program.flatMap(({ path, text }) =>
    [...text.matchAll(/\.redirect\(([^;]*?)\);/g)].map(([, to = '']) => ({ path, to })),
  );

  test('a page answers with 303, so that the browser forgets the form', () => {
    expect(redirects.filter(({ to }) => !to.trimEnd().endsWith(', 303'))).toEqual([]);
  });

  test('only the authorization response, signing out and an identity provider send a browser to an address of somebody else', () => {
    const elsewhere = redirects.filter(({ to }) => /^(\w+\.)*(location|url|uri|redirect_uri|href)\b/.test(to));
    const allowed = /^src\/web\/(authorization\/(index|respond)|logout\/index|sign-in\/federation\/start)\.ts$/;
    expect(elsewhere.filter(({ path }) => !allowed.test(path))).toEqual([]);
  });
});

describe('names', () => {
  test('no file or folder is called after having no noun', () => {
    const vague = /(^|\/)((.+-)?(utils?|helpers?|common|services?|managers?|base|misc)|base-[^/]+)(\.ts|\/)/;
    const paths = ['src', 'test', 'build', 'bench'].flatMap((folder) => sourcesIn(folder).map(({ path }) => path));
    expect(paths.filter((path) => vague.test(path))).toEqual([]);
  });
});

describe('the repository', () => {
  test('has what a stranger looks for', () => {
    const files = ['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', '.editorconfig', '.gitignore', 'schema.sql'];
    expect(rootEntries()).toEqual(expect.arrayContaining([...files, 'castellan.example.yaml']));
  });

  test('names no folder of the machine it was written on, and no package registry', () => {
    const foreign = new RegExp(
      ['/work/', '/root/', '/home/\\w', 'C:\\\\Users', 'registry\\.[\\w.-]*npm', '"resolved": "https?:'].join('|'),
    );
    const files = rootEntries()
      .flatMap(sourcesIn)
      .filter(({ path }) => path !== 'test/architecture.test.ts');
    expect(files.filter(({ text }) => foreign.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
