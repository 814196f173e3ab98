import { createPublicKey } from 'node:crypto';
import { type CompactJWSHeaderParameters, type CryptoKey, createLocalJWKSet, errors, type JWK } from 'jose';
import * as z from 'zod';
import type { Context } from '../context.ts';
import type { Client } from './client-metadata.ts';

/** Keys fetched from a `jwks_uri` are asked for again after this time, so that one taken away is not believed long. */
const freshSeconds = 600;
/** How long fetched keys serve when their `jwks_uri` no longer answers. */
const staleSeconds = 3600;
/** A client's `jwks_uri` is called no more often, whatever kid is asked for and however the last call ended. */
const coolDownSeconds = 30;

const mostKeys = 20;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

const keySetSchema = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.string(), kid: z.string().max(500).optional() }), 'must be a list of keys')
    .min(1, 'must have at least one key')
    .max(mostKeys, `must have at most ${mostKeys} keys`),
});

/** A client's public keys by value (RFC 7517 §5): none private, none symmetric, none weak; each with a kid when several. */
export const clientJwksSchema = keySetSchema.superRefine((jwks, issues) => {
  for (const [index, key] of jwks.keys.entries()) {
    const problem = keyProblem(key);
    if (problem !== undefined) issues.addIssue({ code: 'custom', path: ['keys', index], message: problem });
  }
  if (jwks.keys.length > 1 && jwks.keys.some(({ kid }) => kid === undefined))
    issues.addIssue({ code: 'custom', path: ['keys'], message: 'several keys need a kid each' });
  if (JSON.stringify(jwks).length > 32_768) issues.addIssue({ code: 'custom', message: 'must be at most 32 kB' });
});

/** Finds the key of a JWS header as jose asks for it; rejects with an error of jose when there is none. */
export type ClientKeys = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

/** What is known of the keys behind a `jwks_uri`; times are epoch seconds. */
export interface RemoteKeys {
  keys: ClientKeys | undefined;
  fetched_at: number;
  /** When they were last asked for, with or without success. */
  asked_at: number;
  /** The call under way, which everybody waits for. */
  fetching: Promise<void> | undefined;
}

type Keys = Pick<Context, 'fetchPublic' | 'memos' | 'now'> & { readonly log: Pick<Context['log'], 'warn'> };

/**
 * The keys with which a client signs, from its `jwks` or its `jwks_uri`. A kid that nobody knows is looked for once more
 * at the `jwks_uri` (OpenID Connect Core §10.1.1), within `coolDownSeconds` and with one call for all who wait. The
 * header only chooses among keys of the client: a key that it brings or points to is never looked at.
 */
export function clientKeys(context: Keys, client: Pick<Client, 'client_id' | 'jwks' | 'jwks_uri'>): ClientKeys {
  const { client_id, jwks, jwks_uri } = client;
  if (jwks !== undefined) return keysByValue(context, jwks);
  if (jwks_uri !== undefined) return (header) => findRemoteKey(context, { client_id, jwks_uri }, header);
  return async () => {
    throw new errors.JWKSNoMatchingKey();
  };
}

function keysByValue({ memos }: Keys, jwks: { readonly keys: readonly JWK[] }): ClientKeys {
  const known = memos.clientKeys.get(jwks);
  if (known) return known;
  const keys = keysOf(jwks.keys);
  memos.clientKeys.set(jwks, keys);
  return keys;
}

function keysOf(keys: readonly JWK[]): ClientKeys {
  const find = createLocalJWKSet({ keys: [...keys] });
  // A single key without a name is the one, whatever a header calls it.
  const isNamed = keys.length > 1 || keys[0]?.kid !== undefined;
  return ({ alg, kid }) => find(isNamed && kid !== undefined ? { alg, kid } : { alg });
}

type RemoteClient = Pick<Client, 'client_id'> & { readonly jwks_uri: string };

async function findRemoteKey(context: Keys, client: RemoteClient, header: CompactJWSHeaderParameters) {
  const remote = remoteKeysOf(context, client);
  if (!remote.keys || remote.fetched_at <= context.now() - freshSeconds) await fetchOnce(context, client, remote);
  try {
    return await keysOrNone(context, remote)(header);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    await fetchOnce(context, client, remote);
    return keysOrNone(context, remote)(header);
  }
}

function remoteKeysOf({ memos }: Keys, { client_id, jwks_uri }: RemoteClient): RemoteKeys {
  const name = `${client_id} ${jwks_uri}`;
  const known = memos.remoteKeys.get(name);
  if (known) return known;
  const remote = { keys: undefined, fetched_at: 0, asked_at: 0, fetching: undefined };
  memos.remoteKeys.set(name, remote);
  return remote;
}

function keysOrNone({ now }: Keys, { keys, fetched_at }: RemoteKeys): ClientKeys {
  if (keys && fetched_at > now() - staleSeconds) return keys;
  throw new errors.JWKSNoMatchingKey();
}

/** Fetches the keys, joins the call that is under way, or does nothing within the cool-down. */
async function fetchOnce(context: Keys, client: RemoteClient, remote: RemoteKeys): Promise<void> {
  const now = context.now();
  if (!remote.fetching) {
    // A time ahead of ours was set by a clock that has been put back since.
    if (Math.abs(now - remote.asked_at) < coolDownSeconds) return;
    remote.asked_at = now;
    remote.fetching = fetchKeys(context, client, remote).finally(() => {
      remote.fetching = undefined;
    });
  }
  await remote.fetching;
}

/** Never rejects: what went wrong is logged for the operator, and the keys stay what they were. */
async function fetchKeys(context: Keys, { client_id, jwks_uri }: RemoteClient, remote: RemoteKeys): Promise<void> {
  try {
    const { status, body } = await context.fetchPublic(jwks_uri, {
      accept: 'application/jwk-set+json, application/json',
    });
    if (status !== 200) throw new Error(`the jwks_uri answers ${status}`);
    const { keys } = keySetSchema.parse(JSON.parse(body));
    // One bad key of a client, such as one too short for today, does not make the others worse.
    remote.keys = keysOf(keys.filter((key) => keyProblem(key) === undefined));
    remote.fetched_at = context.now();
  } catch (error) {
    context.log.warn({ err: error, client_id, jwks_uri }, "a client's keys could not be fetched");
  }
}

/** What is wrong with a public key. A key type or curve that we do not use is nobody's harm (RFC 7517 §5). */
function keyProblem(key: Readonly<Record<string, unknown>> & { readonly kty: string }): string | undefined {
  if (key.kty === 'oct') return 'must not have symmetric keys';
  if (privateMembers.some((member) => member in key)) return 'must not have private keys';
  if (!['RSA', 'EC', 'OKP'].includes(key.kty)) return undefined;
  try {
    // Importing checks that a point is on its curve.
    const { asymmetricKeyDetails = {} } = createPublicKey({ key, format: 'jwk' });
    return key.kty === 'RSA' ? rsaProblem(asymmetricKeyDetails) : undefined;
  } catch {
    return 'has a key that is malformed, or no point of its curve';
  }
}

/** FIPS 186-5 §A.1.1: at least 2048 bits, and an odd exponent above 2^16. The rest keeps verifying cheap. */
function rsaProblem({ modulusLength = 0, publicExponent = 0n }: RsaDetails): string | undefined {
  if (modulusLength < 2048 || modulusLength > 8192) return 'must have RSA keys of 2048 to 8192 bits';
  if (publicExponent < 65_537n || publicExponent % 2n === 0n || publicExponent > 0xffff_ffffn)
    return 'must have RSA keys with an odd exponent of 65537 or a little more';
  return undefined;
}

interface RsaDetails {
  readonly modulusLength?: number;
  readonly publicExponent?: bigint;
}
