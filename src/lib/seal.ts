import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** What can be done with the installation's one secret; the bytes themselves never leave it. */
export interface SecretKey {
  /** Names the key and tells nothing of it; safe to store. */
  readonly fingerprint: string;
  /** Encrypts and authenticates (AES-256-GCM); only `unseal` with the same `boundTo` opens it. base64url. */
  seal(plaintext: string | Buffer, boundTo: string): string;
  /** The plaintext. Throws SealError on anything forged, truncated, moved to another place, or sealed by another key. */
  unseal(sealed: string, boundTo: string): string;
  /** The same of what was sealed as bytes. */
  unsealBytes(sealed: string, boundTo: string): Buffer;
  /** 32 bytes that only this key makes of the input: HMAC-SHA256 under a subkey of its own for each purpose. */
  derive(purpose: string, input: string | Buffer): Buffer;
}

/** A sealed value did not open. The message names the place, never the content. */
export class SealError extends Error {
  constructor(boundTo: string) {
    super(`the sealed value of ${boundTo} does not open with this secret key`);
    this.name = 'SealError';
  }
}

const version = 1;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const overhead = 1 + nonceBytes + tagBytes;
const algorithm = 'aes-256-gcm';

/**
 * The secret key of `bytes` (32). Every use has its own subkey (HKDF-SHA256, RFC 5869), so that no use can be played
 * against another. A sealed value is: version byte, random 12-byte nonce, ciphertext, 16-byte tag.
 */
export function createSecretKey(bytes: Buffer, randomBytes: (size: number) => Buffer): SecretKey {
  if (bytes.length !== keyBytes) throw new Error(`the secret key must be ${keyBytes} bytes, not ${bytes.length}`);
  const secret = Buffer.from(bytes);
  const sealingKey = subkey(secret, 'seal');
  const derivationKeys = new Map<string, Buffer>();
  return {
    fingerprint: subkey(secret, 'fingerprint').toString('base64url', 0, 16),
    seal: (plaintext, boundTo) => seal(sealingKey, randomBytes(nonceBytes), plaintext, boundTo),
    unseal: (sealed, boundTo) => unseal(sealingKey, sealed, boundTo).toString('utf8'),
    unsealBytes: (sealed, boundTo) => unseal(sealingKey, sealed, boundTo),
    derive(purpose, input) {
      const key = derivationKeys.get(purpose) ?? subkey(secret, `derive/${purpose}`);
      derivationKeys.set(purpose, key);
      return createHmac('sha256', key).update(input).digest();
    },
  };
}

function subkey(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `castellan/${use}`, keyBytes));
}

function seal(key: Buffer, nonce: Buffer, plaintext: string | Buffer, boundTo: string): string {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(boundTo));
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(plaintext)), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, ciphertext, cipher.getAuthTag()]).toString('base64url');
}

function unseal(key: Buffer, sealed: string, boundTo: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  // Buffer.from skips what is not base64url; comparing leaves each sealed value exactly one spelling.
  if (bytes.length < overhead || bytes[0] !== version || bytes.toString('base64url') !== sealed) {
    throw new SealError(boundTo);
  }
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(additionalData(boundTo));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const plaintext = decipher.update(bytes.subarray(1 + nonceBytes, -tagBytes));
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    throw new SealError(boundTo);
  }
}

function additionalData(boundTo: string): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(boundTo, 'utf8')]);
}
