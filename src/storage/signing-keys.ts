import { type Database, type Sql, sql } from './database.ts';

/** A signing key as it is kept. The public key is part of what is sealed, so that nothing unsealed has to be believed. */
export interface SigningKeyRow {
  readonly kid: string;
  readonly alg: string;
  /** The kid that this key follows, or the alg for the first one. */
  readonly predecessor: string;
  readonly sealed_private_jwk: string;
  readonly created_at: number;
  /** When it begins to sign: in the future for a key that is published ahead. */
  readonly current_at: number;
  /** When its successor begins to sign: in the future while that one is published ahead. */
  readonly retired_at: number | null;
  /** When the last token it signed has expired. */
  readonly expires_at: number | null;
}

/** All signing keys, each after its predecessor's time. */
export function listSigningKeys(database: Database): Promise<SigningKeyRow[]> {
  return database.all<SigningKeyRow>(sql`
    SELECT kid, alg, predecessor, sealed_private_jwk, created_at, current_at, retired_at, expires_at
      FROM signing_keys ORDER BY created_at, kid`);
}

type NewSigningKey = Omit<SigningKeyRow, 'retired_at' | 'expires_at'>;

/**
 * Adds a key after its predecessor and retires every earlier key of its alg at the moment the new one becomes current.
 * True for exactly one caller per predecessor; for the others nothing changes, and the winner's key is to be read.
 */
export function insertSigningKey(database: Database, key: NewSigningKey, predecessors_expire_at: number) {
  return database.batch([insertStatement(key), retireStatement(key, predecessors_expire_at)]);
}

function insertStatement(key: NewSigningKey): Sql {
  return sql`
    INSERT INTO signing_keys (kid, alg, predecessor, sealed_private_jwk, created_at, current_at)
    VALUES (${key.kid}, ${key.alg}, ${key.predecessor}, ${key.sealed_private_jwk}, ${key.created_at}, ${key.current_at})
    ON CONFLICT (predecessor) DO NOTHING`;
}

function retireStatement(successor: NewSigningKey, expires_at: number): Sql {
  return sql`
    UPDATE signing_keys SET retired_at = ${successor.current_at}, expires_at = ${expires_at}
     WHERE alg = ${successor.alg} AND kid <> ${successor.kid}
       AND (retired_at IS NULL OR retired_at > ${successor.current_at})`;
}
