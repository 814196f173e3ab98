import { argon2, timingSafeEqual } from 'node:crypto';
import { temporarilyUnavailable } from '../../lib/errors.ts';

/** Hashes passwords off the event loop, a few at a time, so that a flood of sign-ins cannot starve the other endpoints. */
export interface PasswordHasher {
  /** A PHC string with its own salt. Throws temporarily_unavailable when too many hashes are waiting. */
  hash(password: string): Promise<string>;
  /** Whether the password belongs to the hash; without a hash it costs the same and is false. Throws like `hash`. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
  /** Whether the hash is weaker than those made today, so that a successful sign-in replaces it. */
  needsUpgrade(hash: string): boolean;
}

/** The costs of argon2id: memory in KiB, passes over it, lanes. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** RFC 9106 with the minimum that OWASP asks for: 19 MiB, 2 passes, 1 lane; about 30 ms of one core. */
export const defaultCost: HashCost = { memory: 19_456, passes: 2, lanes: 1 };

const atOnce = 2;
const waitingAtMost = 64;
const saltBytes = 16;
const hashBytes = 32;

/** A hasher with its own queue: at most two hashes at once and 64 waiting. */
export function createPasswordHasher({
  randomBytes,
  cost = defaultCost,
}: {
  randomBytes: (size: number) => Buffer;
  cost?: HashCost;
}): PasswordHasher {
  const inTurn = createQueue();
  // What a sign-in with an unknown name is measured against; nobody knows a password for it.
  const nobody: ParsedHash = { ...cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };

  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      const hash = await inTurn(() => derive(password, { ...cost, salt, length: hashBytes }));
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(hash)}`;
    },
    async verify(password, hash) {
      const stored = hash === undefined ? undefined : parseHash(hash);
      const expected = stored ?? nobody;
      const actual = await inTurn(() => derive(password, { ...expected, length: expected.hash.length }));
      return timingSafeEqual(actual, expected.hash) && stored !== undefined;
    },
    needsUpgrade(hash) {
      const stored = parseHash(hash);
      return stored === undefined || stored.memory < cost.memory || stored.passes < cost.passes;
    },
  };
}

interface ParsedHash extends HashCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const phcString =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** The parts of a PHC string; undefined for anything that we would not want to compute. */
function parseHash(text: string): ParsedHash | undefined {
  const [, memory, passes, lanes, salt, hash] = phcString.exec(text) ?? [];
  if (!memory || !passes || !lanes || !salt || !hash) return undefined;
  const cost = { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  if (cost.passes < 1 || cost.lanes < 1 || cost.memory < 8 * cost.lanes || cost.memory > 262_144) return undefined;
  return { ...cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function derive(password: string, parameters: HashCost & { salt: Buffer; length: number }): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2(
    'argon2id',
    {
      message: Buffer.from(password, 'utf8'),
      nonce: parameters.salt,
      memory: parameters.memory,
      passes: parameters.passes,
      parallelism: parameters.lanes,
      tagLength: parameters.length,
    },
    (error, hash) => (error ? reject(error) : resolve(hash)),
  );
  return promise;
}

function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw temporarilyUnavailable('too many sign-ins at once');
      // Whoever finishes hands its place over, so that nobody who comes later can slip in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
