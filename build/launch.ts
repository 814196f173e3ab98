import { getRawAsset } from 'node:sea';
import { Script } from 'node:vm';

// The main script of the single binary. Node can pack a code cache of its main script too, but only one of what is
// compiled before anything runs; ours is taken after a start (warm-up.ts), which makes a start a third shorter.
const source = Buffer.from(getRawAsset('program.js')).toString('latin1');
const cachedData = Buffer.from(getRawAsset('program.cache'));
const program: unknown = new Script(source, { filename: 'castellan.js', cachedData }).runInThisContext();
if (typeof program === 'function') program(require, module, exports);
