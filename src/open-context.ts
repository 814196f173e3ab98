import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import { createBackground } from './background.ts';
import { checkWallClock, createClock, findLatestTime } from './clock.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { createPasswordHasher } from './identity/user-authentication/password-hash.ts';
import { createPasswordStrength, type PasswordStrength } from './identity/user-authentication/password-strength.ts';
import { loadAssets, readPackaged } from './lib/assets.ts';
import { createMailer } from './lib/mailer.ts';
import { OperatorError } from './lib/operator-error.ts';
import { createFetchPublic, type FetchPublic } from './lib/outbound-fetch.ts';
import { createSecretKey, type SecretKey } from './lib/seal.ts';
import { createSecretFile, readSecretFile } from './lib/secret-file.ts';
import { createMemos } from './memos.ts';
import { createSigningKeys } from './protocol/tokens/signing-keys.ts';
import { findFact, insertFactOnce } from './storage/instance.ts';
import { migrate } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';

export interface OpenContextOptions {
  readonly config: Config;
  readonly log: FastifyBaseLogger;
  /** The machine's clock in epoch seconds, unless a test brings its own. */
  readonly wallClock?: () => number;
  /** The time itself, for a test that also goes back. */
  readonly now?: () => number;
  readonly randomBytes?: (size: number) => Buffer;
  /** The estimator with its lists, unless a test knows the outcome. */
  readonly passwordStrength?: PasswordStrength;
  /** The Internet, unless a test brings its own. */
  readonly fetchPublic?: FetchPublic;
}

/**
 * Opens all that a context is made of, for the server and every command alike: the database, brought to this version,
 * and the secret it belongs to, made at the first start. The caller closes `context.database` in the end. Throws an
 * OperatorError or StorageError, and leaves everything as it was, when database and secret do not belong together, or the
 * clock cannot be right.
 */
export async function openContext(options: OpenContextOptions): Promise<Context> {
  const { config, log, wallClock = options.now ?? (() => Math.floor(Date.now() / 1000)) } = options;
  const chance = options.randomBytes ?? ((size: number) => randomBytes(size));
  // Read before anything is made, so that a file with a fault stops a first start at once.
  const secret = readSecretFile(config.secretFile);
  const database = await openDatabase(config.databaseUrl);
  try {
    // Before the migrations: a database that cannot be read with this secret stays as it is.
    const isNew = !(await database.listTables()).includes('instance');
    const known = isNew ? undefined : await findFact(database, 'secret_fingerprint');
    if (known !== undefined) checkFingerprint(config, secret && createSecretKey(secret, chance), known);
    const latestTime = isNew ? 0 : await findLatestTime(database);
    checkWallClock(wallClock(), latestTime);
    const { from, to, snapshot } = await migrate(database, { schema: readPackaged('schema.sql').toString('utf8') });
    if (from !== undefined && from !== to) log.info({ from, to, snapshot }, 'migrated the database');
    const secretKey = createSecretKey(secret ?? createSecretFile(config.secretFile, chance), chance);
    // Of several processes at their first start one is heard; the others must have the same secret.
    await insertFactOnce(database, 'secret_fingerprint', secretKey.fingerprint);
    checkFingerprint(config, secretKey, await findFact(database, 'secret_fingerprint'));
    const now = options.now ?? createClock({ wallClock, latestTime, log });
    const background = createBackground(log);
    return {
      config,
      database: {
        ...database,
        async close() {
          await background.settled();
          await database.close();
        },
      },
      now,
      randomBytes: chance,
      sequence: counter(),
      secretKey,
      signingKeys: createSigningKeys({ config, database, now, secretKey, log }),
      passwordHasher: createPasswordHasher({ randomBytes: chance }),
      passwordStrength: options.passwordStrength ?? createPasswordStrength(),
      fetchPublic: options.fetchPublic ?? createFetchPublic({ allow: config.outboundAllow }),
      mailer: createMailer(config.mail),
      inBackground: background.start,
      assets: loadAssets(),
      memos: createMemos(),
      log,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether there is a database to open; on PostgreSQL only the attempt can tell. */
export function isDatabaseThere(config: Config): boolean {
  return !config.databaseUrl.startsWith('sqlite:') || existsSync(config.databaseUrl.slice('sqlite:'.length));
}

/** The database remembers the fingerprint of the secret that its sealed values were sealed with. */
function checkFingerprint({ secretFile }: Config, secretKey: SecretKey | undefined, known: string | undefined): void {
  if (!secretKey)
    throw new OperatorError(
      `${secretFile} is missing, and this database cannot be used without it; put back the file it was started with.`,
    );
  if (secretKey.fingerprint !== known)
    throw new OperatorError(
      `${secretFile} belongs to another database than this one; put back the file it was started with.`,
    );
}

function counter(): () => number {
  let count = 0;
  return () => {
    count = (count + 1) >>> 0;
    return count;
  };
}
