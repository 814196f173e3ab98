import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretKey, SealError } from '../../src/lib/seal.ts';

const key = createSecretKey(Buffer.alloc(32, 1), randomBytes);
const otherKey = createSecretKey(Buffer.alloc(32, 2), randomBytes);

test('what was sealed opens in its own place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (plaintext, boundTo) => {
      expect(key.unseal(key.seal(plaintext, boundTo), boundTo)).toBe(plaintext);
    }),
  );
});

test('the same text is sealed differently each time', () => {
  expect(key.seal('text', 'here')).not.toBe(key.seal('text', 'here'));
});

const sealed = key.seal('a private key', 'signing_keys/1');
const bytes = Buffer.from(sealed, 'base64url');
const changed = (index: number) => {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy.toString('base64url');
};
test.each([
  ['moved to another row', sealed, 'signing_keys/2'],
  ['with another version', changed(0), 'signing_keys/1'],
  ['with another nonce', changed(1), 'signing_keys/1'],
  ['with another ciphertext', changed(15), 'signing_keys/1'],
  ['with another tag', changed(bytes.length - 1), 'signing_keys/1'],
  ['truncated', bytes.subarray(0, -1).toString('base64url'), 'signing_keys/1'],
  ['shorter than its own frame', bytes.subarray(0, 28).toString('base64url'), 'signing_keys/1'],
  ['extended', `${sealed}AAAA`, 'signing_keys/1'],
  ['with a character that base64url does not know', `${sealed}!`, 'signing_keys/1'],
  ['in the other spelling of its last character', `${sealed}=`, 'signing_keys/1'],
  ['empty', '', 'signing_keys/1'],
])('a sealed value %s does not open', (_what, value, boundTo) => {
  expect(() => key.unseal(value, boundTo)).toThrow(SealError);
});

test('another secret key does not open it, and the error names the place only', () => {
  expect(() => otherKey.unseal(sealed, 'signing_keys/1')).toThrow(
    'the sealed value of signing_keys/1 does not open with this secret key',
  );
});

test('what is derived depends on key, purpose and input alone', () => {
  const derived = key.derive('refresh_tokens', 'input');
  expect(derived).toHaveLength(32);
  expect(key.derive('refresh_tokens', Buffer.from('input'))).toEqual(derived);
  expect(createSecretKey(Buffer.alloc(32, 1), randomBytes).derive('refresh_tokens', 'input')).toEqual(derived);
  for (const other of [
    otherKey.derive('refresh_tokens', 'input'),
    key.derive('refresh_token', 'input'),
    key.derive('refresh_tokens', 'input2'),
  ]) {
    expect(other).not.toEqual(derived);
  }
});

test('the fingerprint names the key', () => {
  expect(key.fingerprint).toBe(createSecretKey(Buffer.alloc(32, 1), randomBytes).fingerprint);
  expect(key.fingerprint).not.toBe(otherKey.fingerprint);
});

test('a caller who wipes its bytes does not change the key', () => {
  const own = Buffer.alloc(32, 3);
  const copied = createSecretKey(own, randomBytes);
  const value = copied.seal('text', 'here');
  own.fill(0);
  expect(copied.unseal(value, 'here')).toBe('text');
  expect(copied.derive('a', 'b')).toEqual(createSecretKey(Buffer.alloc(32, 3), randomBytes).derive('a', 'b'));
});

test.each([0, 16, 31, 33])('a secret key of %i bytes is refused', (length) => {
  expect(() => createSecretKey(Buffer.alloc(length), randomBytes)).toThrow('must be 32 bytes');
});
