import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import type { PasswordHasher } from './identity/user-authentication/password-hash.ts';
import type { PasswordStrength } from './identity/user-authentication/password-strength.ts';
import type { Assets } from './lib/assets.ts';
import type { Mailer } from './lib/mailer.ts';
import type { FetchPublic } from './lib/outbound-fetch.ts';
import type { SecretKey } from './lib/seal.ts';
import type { Memos } from './memos.ts';
import type { SigningKeys } from './protocol/tokens/signing-keys.ts';
import type { Database } from './storage/database.ts';

/** What a part of the house may need, handed down from the top: there is no module-level state. */
export interface Context {
  readonly config: Config;
  readonly database: Database;
  /** The time in epoch seconds. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Buffer;
  /** Counts up, so that ids made within one second are in order; 32 bits, then from the start again. */
  readonly sequence: () => number;
  /** Seals, unseals and derives under keys/secret.key. */
  readonly secretKey: SecretKey;
  readonly signingKeys: SigningKeys;
  readonly passwordHasher: PasswordHasher;
  readonly passwordStrength: PasswordStrength;
  /** The only way in which Castellan calls an address that somebody else chose. */
  readonly fetchPublic: FetchPublic;
  /** Sends mails, where a mail server is configured; `queueMail` calls it. */
  readonly mailer: Mailer;
  /** Starts work that nobody waits for; the context's database stays open until it has ended. */
  readonly inBackground: (work: () => Promise<unknown>) => void;
  readonly assets: Assets;
  readonly memos: Memos;
  readonly log: FastifyBaseLogger;
}
