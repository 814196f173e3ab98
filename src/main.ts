#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(`Castellan needs Node 26 and this is ${process.version}; npm start brings the right one along.`);
  process.exit(1);
}
// Whatever is made, such as the database and the keys, is for this user alone.
process.umask(0o077);

// What Node has compiled it need not compile again at the next start; the single binary brings that along.
if (!process.getBuiltinModule('node:sea').isSea())
  process.getBuiltinModule('node:module').enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/castellan`);

// Loaded only now, since an older Node could not even read the rest.
void import('./command-line.ts').then(async ({ runCommandLine }) => {
  process.exitCode = await runCommandLine(process.argv.slice(2));
  // What is left by now, such as a connection somebody forgot, is nothing to wait for.
  setTimeout(() => process.exit(), 1000).unref();
});
