import { hash, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';

/**
 * The one shape of every secret we hand out: a time-ordered selector that is the row's primary key, and a random
 * verifier of which only the hash is stored. `token` is what the holder gets.
 */
export interface SplitToken {
  /** The selector: a UUIDv7 as 32 hexadecimal digits. */
  readonly id: string;
  readonly verifier: Buffer;
  readonly verifier_hash: string;
  /** base64url of selector and verifier: 64 characters. */
  readonly token: string;
}

/** Where time and chance come from; a Context is one. `now` is epoch seconds, `sequence` orders what is made within one. */
type Chance = {
  readonly now: () => number;
  readonly randomBytes: (size: number) => Buffer;
  readonly sequence?: () => number;
};

const tokenPattern = /^[A-Za-z0-9_-]{64}$/;
const idPattern = /^[0-9a-f]{32}$/;
const idBytes = 16;
const verifierBytes = 32;

/** A new token with 256 random bits in its verifier. */
export function newSplitToken(chance: Chance): SplitToken {
  return splitTokenFrom(newId(chance), chance.randomBytes(verifierBytes));
}

/** The token of a selector and a verifier that was derived rather than drawn. Throws when either has the wrong size. */
export function splitTokenFrom(id: string, verifier: Buffer): SplitToken {
  if (!idPattern.test(id)) throw new Error('a selector is 32 hexadecimal digits');
  if (verifier.length !== verifierBytes) throw new Error(`a verifier is ${verifierBytes} bytes`);
  const token = Buffer.concat([Buffer.from(id, 'hex'), verifier]).toString('base64url');
  return { id, verifier, verifier_hash: sha256(verifier), token };
}

/**
 * Selector and hashed verifier of what somebody presents, or undefined when it is not exactly 64 base64url characters.
 * Those are 48 whole bytes, so there is only one way to write each token.
 */
export function parseSplitToken(token: string): { id: string; verifier_hash: string } | undefined {
  if (!tokenPattern.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return { id: bytes.toString('hex', 0, idBytes), verifier_hash: sha256(bytes.subarray(idBytes)) };
}

/** A UUIDv7 as 32 hexadecimal digits: sorts by time as text, so that rows are appended (RFC 9562 §5.7). */
export function newId(chance: Chance): string {
  const msecs = Math.floor(chance.now() * 1000);
  const seq = chance.sequence?.();
  const options = { msecs, rng: () => chance.randomBytes(16), ...(seq === undefined ? {} : { seq }) };
  return Buffer.from(v7(options, Buffer.alloc(idBytes))).toString('hex');
}

/** Sorts before every id made at this time (epoch seconds) or later, and after every id made earlier. */
export function firstIdAt(time: number): string {
  return Math.floor(time * 1000)
    .toString(16)
    .padStart(12, '0');
}

/** SHA-256 in base64url: 43 characters. */
export function sha256(data: string | Buffer): string {
  return hash('sha256', data, 'base64url');
}

/** Whether two hashes are the same, taking equally long wherever they differ. */
export function equalHashes(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
