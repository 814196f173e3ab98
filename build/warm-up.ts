/**
 * Runs the bundled program once, as the binary would, and writes the code cache of all that a start and the first
 * requests have compiled: `node warm-up.ts PROGRAM PACKAGED-FILES CACHE`, in a folder that may be littered.
 */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Script } from 'node:vm';
import { z } from 'zod';

const [, , program = '', packagedFiles = '', cache = ''] = process.argv;

const port = await freePort();
const script = new Script(readFileSync(program, 'latin1'), { filename: 'castellan.js' });
start(script);
while ((await statusOf('/oidc/.well-known/openid-configuration')) !== 200) await pause(10);
for (const path of ['/oidc/.well-known/jwks.json', '/', '/login', '/readyz', '/oidc/oauth2/auth', '/oidc/userinfo'])
  await statusOf(path);
writeFileSync(cache, script.createCachedData());
process.exit();

function start(script: Script): void {
  process.argv = [process.execPath, 'castellan', 'serve'];
  process.env.CASTELLAN_PORT = String(port);
  process.env.CASTELLAN_LOG_LEVEL = 'silent';
  const require = createRequire(import.meta.url);
  const files = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(packagedFiles, 'utf8')));
  const sea = {
    isSea: () => true,
    getAssetKeys: () => Object.keys(files),
    getRawAsset: (name: string) => new Uint8Array(readFileSync(files[name] ?? name)).buffer,
  };
  const module = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run === 'function')
    run((name: string) => (name === 'node:sea' ? sea : require(name)), module, module.exports);
}

async function statusOf(path: string): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const request = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
    response.resume();
    response.on('end', () => resolve(response.statusCode));
  });
  request.on('error', () => resolve(undefined));
  return promise;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
