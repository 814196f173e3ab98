/**
 * `npm run binary [FOLDER]` makes the single binary `castellan` in dist/ or that folder, with the licenses of all that
 * it contains beside it: esbuild makes one file of src/, which is run once to have it compiled, and `node --build-sea`
 * packs it with the assets into a copy of this very Node without its symbols. It needs nothing on the machine it runs on but the C library.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses.ts';

const checkout = resolve(import.meta.dirname, '..');

const workerPath = 'src/identity/user-authentication/password-strength-worker.ts';

const bundling = {
  absWorkingDir: checkout,
  bundle: true,
  platform: 'node',
  target: 'node26',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

await buildBinary(resolve(process.argv[2] ?? join(checkout, 'dist')));

async function buildBinary(folder: string): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error(`the single binary is made on Linux, and this is ${process.platform}`);
  mkdirSync(folder, { recursive: true });
  // In the same folder, so that the finished file can take its place in one step while an older one runs.
  const workshop = mkdtempSync(join(folder, '.building-'));
  try {
    const program = join(workshop, 'program.js');
    const inputs = await bundleProgram(program);
    const worker = join(workshop, 'worker.js');
    const workerInputs = await bundleWorker(worker);
    const assets = {
      ...packagedFiles(),
      [workerPath]: worker,
      'program.js': program,
      'program.cache': makeCodeCache(workshop, program),
    };
    const binary = await packProgram(workshop, assets);
    writeFileSync(
      join(folder, 'THIRD_PARTY_LICENSES'),
      thirdPartyLicenses(checkout, [...new Set([...inputs, ...workerInputs])]),
    );
    renameSync(binary, join(folder, 'castellan'));
    const megabytes = Math.round(statSync(join(folder, 'castellan')).size / 1e6);
    console.log(`Made ${join(folder, 'castellan')}, ${megabytes} MB, with Node ${process.version}`);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * Makes one function of everything that src/main.ts imports, and gives the files that went into it. It is not minified,
 * so that the stack of an error can be read.
 */
async function bundleProgram(file: string): Promise<string[]> {
  const { metafile, outputFiles } = await build({
    ...bundling,
    entryPoints: ['src/main.ts'],
    // Where a checkout has its files; the binary reads its assets instead.
    define: { 'import.meta.dirname': '"/"' },
    // A choice of pg's that nobody makes here.
    external: ['pg-native'],
    metafile: true,
    write: false,
  });
  const text = outputFiles.map((output) => output.text.replace(/^#!.*/, '')).join('');
  writeFileSync(file, `(function (require, module, exports) {${text}\n})`);
  return Object.keys(metafile.inputs);
}

/** Makes one script of the thread that looks at passwords, and gives the files that went into it. */
async function bundleWorker(file: string): Promise<string[]> {
  const { metafile } = await build({ ...bundling, entryPoints: [workerPath], outfile: file, metafile: true });
  return Object.keys(metafile.inputs);
}

function makeCodeCache(workshop: string, program: string): string {
  const cache = join(workshop, 'program.cache');
  const list = join(workshop, 'packaged-files.json');
  const folder = join(workshop, 'warm-up');
  writeFileSync(list, JSON.stringify(packagedFiles()));
  mkdirSync(folder);
  const script = join(import.meta.dirname, 'warm-up.ts');
  execFileSync(process.execPath, [script, program, list, cache], {
    cwd: folder,
    env: {},
    stdio: 'pipe',
    timeout: 120_000,
  });
  return cache;
}

async function packProgram(workshop: string, assets: Record<string, string>): Promise<string> {
  const main = join(workshop, 'launch.cjs');
  await build({ ...bundling, entryPoints: ['build/launch.ts'], outfile: main });
  const output = join(workshop, 'castellan');
  const configuration = {
    main,
    mainFormat: 'commonjs',
    executable: nodeWithoutSymbols(workshop),
    output,
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: true,
    // The binary is no Node: NODE_OPTIONS that are meant for others must not change it.
    execArgvExtension: 'none',
    assets,
  };
  const file = join(workshop, 'sea.json');
  writeFileSync(file, JSON.stringify(configuration));
  execFileSync(process.execPath, [`--build-sea=${file}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(output, 0o755);
  return output;
}

/** A copy of Node, a fifth smaller where there is `strip`; it must happen first, since it would cut off what is packed. */
function nodeWithoutSymbols(workshop: string): string {
  const copy = join(workshop, 'node');
  try {
    execFileSync('strip', ['-s', '-o', copy, process.execPath], { stdio: 'ignore' });
  } catch {
    console.warn('There is no program `strip` (Debian: binutils) that can do this; the binary keeps its debug symbols');
    copyFileSync(process.execPath, copy);
  }
  return copy;
}

/** What the program reads through lib/assets and lib/packaged-add-on, by the names it asks for. */
function packagedFiles(): Record<string, string> {
  const assets = 'src/web/ui/assets';
  const names = ['schema.sql', ...readdirSync(join(checkout, assets)).map((name) => `${assets}/${name}`)];
  const addOn = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`;
  return Object.fromEntries([
    ...names.map((name) => [name, join(checkout, name)]),
    ['better_sqlite3.node', join(checkout, addOn)],
  ]);
}
