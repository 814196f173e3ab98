import type { CryptoKey, JWK } from 'jose';
import type { Context } from '../../context.ts';
import { sha256 } from '../../lib/split-token.ts';
import { insertSigningKey, listSigningKeys, type SigningKeyRow } from '../../storage/signing-keys.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { type SigningAlg, signingAlgs } from './signing-algs.ts';
import { generateSigningKey, type OpenSigningKey, openSigningKey } from './signing-key-material.ts';

export type { SigningAlg } from './signing-algs.ts';

/** The key that signs now. */
export type SigningKey = Pick<OpenSigningKey, 'kid' | 'alg' | 'privateKey' | 'publicJwk'>;

/** A key of ours that may verify. After `expires_at` nothing it signed is still valid. */
export interface VerificationKey {
  readonly alg: SigningAlg;
  readonly publicKey: CryptoKey;
  readonly expires_at: number | undefined;
}

/** What operators see of a key. A current key has a `retired_at` in the future once its successor is published. */
export interface SigningKeyInfo {
  readonly kid: string;
  readonly alg: string;
  readonly state: 'next' | 'current' | 'retired';
  readonly created_at: number;
  readonly current_at: number;
  readonly retired_at?: number;
  readonly expires_at?: number;
}

export interface KeySet {
  /** Changes exactly when the keys do. */
  readonly version: string;
  readonly keys: readonly JWK[];
}

export interface SigningKeys {
  /** The key that signs with this algorithm now; the first one is made when first asked for. */
  current(alg: SigningAlg): Promise<SigningKey>;
  /** The key of this kid, also one that another process made a moment ago; undefined when it is not ours. */
  verificationKey(kid: string): Promise<VerificationKey | undefined>;
  /** What is published: next, current and retired keys, public members only. RS256 and ES256 are always among them. */
  jwks(): Promise<KeySet>;
  /** All keys as they are stored at this moment. */
  list(): Promise<readonly SigningKeyInfo[]>;
  /**
   * Makes the successor of each algorithm's key, or of one algorithm's. It is published at once and signs after
   * `keyPublicationSeconds`; when one is published already, nothing changes. With `immediately` it signs at once, and
   * the keys before it are published until the last token they signed has expired. Resolves with the successors.
   */
  rotate(options?: { alg?: SigningAlg; immediately?: boolean }): Promise<readonly SigningKeyInfo[]>;
}

/** No token lives longer: the bound of the settings and of every client's own lifetimes. */
export const longestTokenSeconds = 86_400;

/** What every installation signs with: RS256 because OpenID Connect Core §3.1.3.7 demands it, ES256 because it is cheap. */
export const algsFromTheStart: readonly SigningAlg[] = ['RS256', 'ES256'];
/** For how long a process may not know what another one did, other than by being shown its kid. */
const stalenessSeconds = 2;
/** How late a process with another clock or an older reading may still sign with a retired key. */
const lateSeconds = 60;
const unknownKidReadsPerSecond = 10;
const kidPattern = /^[A-Za-z0-9_-]{43}$/;

type StoredKey = OpenSigningKey & { readonly row: SigningKeyRow };
interface Snapshot {
  readonly readAt: number;
  readonly keys: ReadonlyMap<string, StoredKey>;
  readonly published: KeySet;
}
type Parts = Pick<Context, 'config' | 'database' | 'now' | 'secretKey' | 'log'>;

/**
 * The signing keys of this installation. States follow from the stored times alone, so that processes on one database
 * agree without talking: next until `current_at`, current until `retired_at`, published until `expires_at`.
 */
export function createSigningKeys(parts: Parts): SigningKeys {
  const { database, now, secretKey } = parts;
  const snapshots = createSnapshots(parts);
  const firstKeys = new Map<SigningAlg, Promise<StoredKey>>();

  async function current(alg: SigningAlg): Promise<StoredKey> {
    const key = signingKeyAt((await snapshots.recent()).keys, alg, now());
    if (key) return key;
    const first = firstKeys.get(alg) ?? addFirst(alg).finally(() => firstKeys.delete(alg));
    firstKeys.set(alg, first);
    return first;
  }

  async function addFirst(alg: SigningAlg): Promise<StoredKey> {
    await add(alg, alg, 0);
    const key = signingKeyAt((await snapshots.fresh()).keys, alg, now());
    if (!key) throw new Error(`there is no ${alg} key although one was just made`);
    return key;
  }

  async function add(alg: SigningAlg, predecessor: string, secondsAhead: number): Promise<boolean> {
    const generated = await generateSigningKey(secretKey, alg);
    const created_at = now();
    const current_at = created_at + secondsAhead;
    const key = { ...generated, alg, predecessor, created_at, current_at };
    const isAdded = await insertSigningKey(database, key, current_at + lateSeconds + longestTokenSeconds);
    if (isAdded) parts.log.info({ kid: key.kid, alg, current_at }, 'made a signing key');
    return isAdded;
  }

  async function addSuccessor(alg: SigningAlg, immediately: boolean): Promise<StoredKey> {
    for (let attempt = 0; attempt < 10; attempt++) {
      const newest = newestKey((await snapshots.fresh()).keys, alg);
      if (!newest) await add(alg, alg, 0);
      else if (isEnough(newest.row, immediately, attempt)) return newest;
      else await add(alg, newest.kid, immediately ? 0 : parts.config.lifetimes.keyPublicationSeconds);
    }
    throw new Error(`the ${alg} key is being rotated by others without end`);
  }

  /** After an attempt, ours or that of whoever was quicker, a key that signs as soon as was asked for is what we want. */
  function isEnough({ current_at }: SigningKeyRow, immediately: boolean, attempt: number): boolean {
    return immediately ? attempt > 0 && current_at <= now() : attempt > 0 || current_at > now();
  }

  return {
    current,
    async verificationKey(kid) {
      const key = (await snapshots.recent()).keys.get(kid) ?? (await snapshots.showing(kid))?.keys.get(kid);
      return key && { alg: key.alg, publicKey: key.publicKey, expires_at: key.row.expires_at ?? undefined };
    },
    async jwks() {
      await Promise.all(algsFromTheStart.map(current));
      return (await snapshots.recent()).published;
    },
    async list() {
      const { keys } = await snapshots.fresh();
      return [...keys.values()].map(({ row }) => infoOf(row, now()));
    },
    async rotate({ alg, immediately = false } = {}) {
      const { keys } = await snapshots.fresh();
      const algs = alg ? [alg] : signingAlgs.filter((each) => newestKey(keys, each));
      const successors = await Promise.all(algs.map((each) => addSuccessor(each, immediately)));
      return successors.map(({ row }) => infoOf(row, now()));
    },
  };
}

/** The keys as last read, reread when older than `stalenessSeconds` or when an unknown kid is shown to us. */
function createSnapshots({ database, now, secretKey, log }: Parts) {
  let latest: Snapshot | undefined;
  let latestRead = 0;
  let reads = 0;
  let reading: Promise<Snapshot> | undefined;
  let unknownKids = { second: 0, reads: 0 };

  async function fresh(): Promise<Snapshot> {
    const read = ++reads;
    const readAt = now();
    const opened = latest?.keys;
    const keys = await Promise.all(
      (await listSigningKeys(database)).map(async (row) => ({
        ...(opened?.get(row.kid) ?? (await openSigningKey(secretKey, row))),
        row,
      })),
    );
    const snapshot = { readAt, keys: new Map(keys.map((key) => [key.kid, key])), published: keySet(keys, readAt) };
    // A read that began earlier must not hide what a later one saw.
    if (read > latestRead) {
      latest = snapshot;
      latestRead = read;
    }
    return snapshot;
  }

  async function recent(): Promise<Snapshot> {
    const age = latest ? now() - latest.readAt : Number.POSITIVE_INFINITY;
    if (latest && age >= 0 && age < stalenessSeconds) return latest;
    reading ??= fresh().finally(() => {
      reading = undefined;
    });
    try {
      return await reading;
    } catch (error) {
      // Keys are published and verify while the database is away; only a new one needs it.
      if (!latest || !(error instanceof StorageError && error.reason === 'unavailable')) throw error;
      log.warn({ err: error }, 'signing keys could not be reread; going on with the ones read before');
      latest = { ...latest, readAt: now() };
      return latest;
    }
  }

  /** A reread for the sake of a kid we do not know, unless it cannot be one or too many were shown this second. */
  async function showing(kid: string): Promise<Snapshot | undefined> {
    if (!kidPattern.test(kid)) return undefined;
    if (unknownKids.second !== now()) unknownKids = { second: now(), reads: 0 };
    unknownKids.reads += 1;
    return unknownKids.reads <= unknownKidReadsPerSecond ? fresh() : undefined;
  }

  return { fresh, recent, showing };
}

/** The newest key that has begun to sign and not ended; with a clock set back, the one that will begin first. */
function signingKeyAt(keys: ReadonlyMap<string, StoredKey>, alg: SigningAlg, now: number): StoredKey | undefined {
  const candidates = [...keys.values()]
    .filter((key) => key.alg === alg && stateOf(key.row, now) !== 'retired')
    .toSorted((a, b) => b.row.current_at - a.row.current_at);
  return candidates.find(({ row }) => row.current_at <= now) ?? candidates.at(-1);
}

/** The key that has no successor. */
function newestKey(keys: ReadonlyMap<string, StoredKey>, alg: SigningAlg): StoredKey | undefined {
  const ofAlg = [...keys.values()].filter((key) => key.alg === alg);
  const predecessors = new Set(ofAlg.map(({ row }) => row.predecessor));
  return ofAlg.find(({ kid }) => !predecessors.has(kid));
}

/** Current keys first, for clients that take the first key that fits; no dates, so that equal keys are equal bytes. */
function keySet(keys: readonly StoredKey[], now: number): KeySet {
  const rank = ({ row, alg }: StoredKey) =>
    ['current', 'next', 'retired'].indexOf(stateOf(row, now)) * signingAlgs.length + signingAlgs.indexOf(alg);
  const published = keys
    .filter(({ row }) => row.expires_at === null || row.expires_at > now)
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ publicJwk }) => publicJwk);
  return { version: sha256(JSON.stringify(published)), keys: published };
}

function stateOf(row: SigningKeyRow, now: number): SigningKeyInfo['state'] {
  if (row.retired_at !== null && row.retired_at <= now) return 'retired';
  return row.current_at > now ? 'next' : 'current';
}

function infoOf(row: SigningKeyRow, now: number): SigningKeyInfo {
  const { kid, alg, created_at, current_at, retired_at, expires_at } = row;
  return {
    kid,
    alg,
    state: stateOf(row, now),
    created_at,
    current_at,
    ...(retired_at !== null && { retired_at }),
    ...(expires_at !== null && { expires_at }),
  };
}
