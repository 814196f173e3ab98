import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  equalHashes,
  firstIdAt,
  newId,
  newSplitToken,
  parseSplitToken,
  sha256,
  splitTokenFrom,
} from '../../src/lib/split-token.ts';

const chance = { now: () => 1_790_000_000, randomBytes };

test('a token is 64 characters that give back its selector and the hash of its verifier', () => {
  const made = newSplitToken(chance);
  expect(made.token).toMatch(/^[A-Za-z0-9_-]{64}$/);
  expect(made.verifier).toHaveLength(32);
  expect(made.verifier_hash).toBe(sha256(made.verifier));
  expect(parseSplitToken(made.token)).toEqual({ id: made.id, verifier_hash: made.verifier_hash });
});

test('neither selector nor hash tells the token', () => {
  const made = newSplitToken(chance);
  expect(made.token).not.toContain(made.verifier_hash);
  expect(newSplitToken(chance).verifier.equals(made.verifier)).toBe(false);
});

test('a token with a derived verifier is made and read like any other', () => {
  const id = newId(chance);
  const derived = splitTokenFrom(id, Buffer.alloc(32, 7));
  expect(splitTokenFrom(id, Buffer.alloc(32, 7))).toEqual(derived);
  expect(parseSplitToken(derived.token)).toEqual({ id, verifier_hash: derived.verifier_hash });
});

test('a selector or verifier of the wrong size makes no token', () => {
  expect(() => splitTokenFrom('abc', Buffer.alloc(32))).toThrow('selector');
  expect(() => splitTokenFrom(newId(chance), Buffer.alloc(31))).toThrow('verifier');
});

const token = newSplitToken(chance).token;
test.each([
  ['nothing', ''],
  ['one character less', token.slice(1)],
  ['one character more', `${token}A`],
  ['padding', `${token.slice(0, 63)}=`],
  ['a line end', `${token}\n`],
  ['the other base64 alphabet', `${token.slice(0, 62)}+/`],
  ['a space', ` ${token.slice(1)}`],
  ['a character of another script', `${token.slice(0, 63)}é`],
  ['a megabyte', 'A'.repeat(1_000_000)],
])('%s is not a token', (_what, text) => {
  expect(parseSplitToken(text)).toBeUndefined();
});

test('no two texts are read as the same token', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{64}$/), (text) => {
      expect(parseSplitToken(text)).toBeDefined();
      expect(Buffer.from(text, 'base64url').toString('base64url')).toBe(text);
    }),
  );
});

test('ids are UUIDv7 and sort by time as text', () => {
  const ids = [1, 1_000_000, 1_790_000_000, 1_790_000_001, 4_102_444_800].map((now) =>
    newId({ now: () => now, randomBytes }),
  );
  expect(ids).toEqual(ids.toSorted());
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect(Number.parseInt(ids[2]?.slice(0, 12) ?? '', 16)).toBe(1_790_000_000_000);
});

test('the first id of a time stands between the ids before and from then on', () => {
  const at = (now: number) => newId({ now: () => now, randomBytes });
  expect(firstIdAt(1_790_000_000) > at(1_789_999_999)).toBe(true);
  expect(firstIdAt(1_790_000_000) < at(1_790_000_000)).toBe(true);
});

test('hashes are compared whole', () => {
  expect(equalHashes(sha256('a'), sha256('a'))).toBe(true);
  expect(equalHashes(sha256('a'), sha256('b'))).toBe(false);
  expect(equalHashes(sha256('a'), sha256('a').slice(1))).toBe(false);
  expect(equalHashes('', '')).toBe(true);
});

test('ids made within one second sort in the order in which they were made, where there is a sequence', () => {
  let count = 0;
  const counting = { now: () => 1_790_000_000, randomBytes, sequence: () => ++count };
  const ids = Array.from({ length: 1000 }, () => newId(counting));
  expect([...ids].sort()).toEqual(ids);
});
