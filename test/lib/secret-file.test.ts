import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { createSecretFile, readSecretFile } from '../../src/lib/secret-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, 'keys/secret.key');

describe('a secret file that is made', () => {
  test('holds 32 bytes for its owner alone, in a folder for its owner alone, and nothing is left beside it', () => {
    const bytes = createSecretFile(file(), randomBytes);
    expect(bytes).toHaveLength(32);
    expect(readSecretFile(file())).toEqual(bytes);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['secret.key']);
  });

  test('is made once: whoever comes second gets what the first one made', () => {
    const first = createSecretFile(file(), randomBytes);
    expect(createSecretFile(file(), randomBytes)).toEqual(first);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['secret.key']);
  });

  test('never replaces what stands in its place, even a link to nowhere', () => {
    mkdirSync(join(folder, 'keys'));
    symlinkSync(join(folder, 'elsewhere'), file());
    expect(() => createSecretFile(file(), randomBytes)).toThrow(OperatorError);
    expect(readdirSync(folder)).toEqual(['keys']);
  });

  test('is refused in one line where no folder can be', () => {
    writeFileSync(join(folder, 'keys'), '');
    expect(() => createSecretFile(file(), randomBytes)).toThrow(/^.*secret\.key cannot be made: .*$/);
  });
});

describe('a secret file that is read', () => {
  test('is undefined when there is none', () => {
    expect(readSecretFile(file())).toBeUndefined();
  });

  test.each([0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777])('is refused with mode %o', (mode) => {
    createSecretFile(file(), randomBytes);
    chmodSync(file(), mode);
    expect(() => readSecretFile(file())).toThrow(/can be read by other users/);
  });

  test.each([0o600, 0o400])('is good with mode %o', (mode) => {
    createSecretFile(file(), randomBytes);
    chmodSync(file(), mode);
    expect(readSecretFile(file())).toHaveLength(32);
  });

  test.each([0, 31, 33, 64])('is refused with %i bytes', (size) => {
    const path = join(folder, 'secret.key');
    writeFileSync(path, Buffer.alloc(size), { mode: 0o600 });
    expect(() => readSecretFile(path)).toThrow(`must hold exactly 32 bytes, and holds ${size}`);
  });

  test('is refused when it is a folder', () => {
    mkdirSync(file(), { recursive: true });
    expect(() => readSecretFile(file())).toThrow(/is not a file/);
  });
});
