import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultHouseName } from './identity/brands/default-name.ts';
import type { MailServer } from './lib/mailer.ts';
import { isLoopbackHost } from './lib/network-address.ts';
import { createAllowance } from './lib/public-address.ts';
import { createReader, readText, type SettingsReader } from './settings-reader.ts';

/** The settings as the rest of the house reads them; every path in it is absolute. */
export interface Config {
  /** The origin of every address we print, without a trailing slash. */
  readonly publicUrl: string;
  readonly issuer: string;
  /** What the house is called as long as nobody gave it a name in the console. */
  readonly houseName: string;
  /** Whether cookies carry Secure and the __Host- prefix: whether the public URL is https. */
  readonly secureCookies: boolean;
  readonly host: string;
  readonly port: number;
  /** `sqlite:` and an absolute path (or `:memory:`), or a postgres:// URL with its password: not for logs. */
  readonly databaseUrl: string;
  readonly keysDir: string;
  readonly secretFile: string;
  readonly workers: number;
  /** The proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** What may be called although it is private: `host:port`, addresses and networks. */
  readonly outboundAllow: readonly string[];
  /** Whether every client must push its authorization requests (RFC 9126 §5). */
  readonly requirePushedAuthorizationRequests: boolean;
  /** Who may register clients at the registration endpoint (RFC 7591 §3). */
  readonly clientRegistration: 'off' | 'token' | 'open';
  /** Whether a client_id may be the address of a client metadata document. */
  readonly clientIdMetadataDocuments: boolean;
  /** Whether people may make their own account, and whether somebody must let them in. */
  readonly signUp: 'off' | 'approval' | 'open';
  /** Whether people may change what is said of them, and upload a picture. */
  readonly profileEditing: boolean;
  /** Whether people may delete their own account. */
  readonly accountDeletion: boolean;
  /** Ready for node:https, when Castellan itself serves https. */
  readonly tls: TlsOptions | undefined;
  /** How mail is sent; undefined where none is. Has the password: not for logs. */
  readonly mail: MailServer | undefined;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly lifetimes: Lifetimes;
}

export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: 'TLSv1.2';
  readonly ciphers: string;
}

/** All in seconds. */
export interface Lifetimes {
  readonly authorizationCodeSeconds: number;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenIdleSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly sessionIdleSeconds: number;
  readonly sessionSeconds: number;
  /** How long a DPoP nonce is good; 0 when none is asked for. */
  readonly dpopNonceSeconds: number;
  readonly keyRotationSeconds: number;
  readonly keyPublicationSeconds: number;
  readonly setupLinkSeconds: number;
  /** How long a client that registered itself may wait for its first use; 0 for ever. */
  readonly unusedClientSeconds: number;
  /** How old an event of the audit log may become; 0 for ever. */
  readonly auditLogSeconds: number;
}

/** All mistakes in the settings, each one sentence that names the setting. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of an environment and of castellan.yaml in a folder. Throws ConfigError. */
export function loadConfig(environment: Environment, folder: string): Config {
  const file = join(folder, 'castellan.yaml');
  const yamlText = readText(file);
  if (yamlText === undefined && existsSync(file)) throw new ConfigError([`${file} is there, but cannot be read.`]);
  return readConfig(environment, { yamlText, cwd: folder });
}

/** The settings, the environment before castellan.yaml. Throws a ConfigError with every mistake there is. */
export function readConfig(
  environment: Environment,
  from: { yamlText?: string | undefined; cwd?: string } = {},
): Config {
  const cwd = resolve(from.cwd ?? '.');
  const reader = createReader(environment, from.yamlText ?? '', cwd);
  const port = reader.read('PORT');
  const publicUrl = reader.read('PUBLIC_URL', `http://localhost:${port}`);
  const sender = reader.read('MAIL_FROM');
  const keysDir = resolve(cwd, reader.read('KEYS_DIR'));
  const config: Config = {
    publicUrl,
    issuer: `${publicUrl}/oidc`,
    houseName: defaultHouseName(publicUrl, sender),
    secureCookies: publicUrl.startsWith('https:'),
    host: reader.read('HOST'),
    port,
    databaseUrl: absoluteDatabaseUrl(reader.read('DATABASE_URL'), cwd),
    keysDir,
    secretFile: resolve(cwd, reader.read('SECRET_FILE') ?? join(keysDir, 'secret.key')),
    workers: reader.read('WORKERS'),
    trustProxy: reader.read('TRUST_PROXY'),
    outboundAllow: reader.read('OUTBOUND_ALLOW'),
    requirePushedAuthorizationRequests: reader.read('REQUIRE_PUSHED_AUTHORIZATION_REQUESTS'),
    clientRegistration: reader.read('CLIENT_REGISTRATION'),
    clientIdMetadataDocuments: reader.read('CLIENT_ID_METADATA_DOCUMENTS'),
    signUp: reader.read('SIGN_UP'),
    profileEditing: reader.read('PROFILE_EDITING'),
    accountDeletion: reader.read('ACCOUNT_DELETION'),
    tls: readTls(reader, cwd),
    mail: readMail(reader, sender),
    logLevel: reader.read('LOG_LEVEL'),
    lifetimes: readLifetimes(reader),
  };
  if (port === 0 && !reader.has('PUBLIC_URL')) reader.refuse('PORT', 'may be 0 only when PUBLIC_URL is set');
  if (config.tls && !config.secureCookies) reader.refuse('PUBLIC_URL', 'must begin with https:// when TLS_CERT is set');
  if (config.workers > 1 && config.databaseUrl === 'sqlite::memory:')
    reader.refuse('WORKERS', 'must be 1 with a database in memory');
  if (reader.mistakes.length > 0) throw new ConfigError(reader.mistakes);
  return config;
}

/** TLS 1.2 with ECDHE and AES-GCM alone, and TLS 1.3: what the FAPI conformance tests let through. */
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

function readTls(reader: SettingsReader, cwd: string): TlsOptions | undefined {
  const files = { cert: reader.read('TLS_CERT'), key: reader.read('TLS_KEY') };
  if (files.cert === undefined && files.key === undefined) return undefined;
  if (files.cert === undefined) return refuseTls(reader, 'TLS_CERT', 'must be set when TLS_KEY is');
  if (files.key === undefined) return refuseTls(reader, 'TLS_KEY', 'must be set when TLS_CERT is');
  const cert = readText(resolve(cwd, files.cert)) ?? '';
  const key = readText(resolve(cwd, files.key)) ?? '';
  const certificate = attempt(() => new X509Certificate(cert));
  const privateKey = attempt(() => createPrivateKey(key));
  if (!certificate) refuseTls(reader, 'TLS_CERT', 'must name a readable PEM file with a certificate');
  if (!privateKey) refuseTls(reader, 'TLS_KEY', 'must name a readable PEM file with a private key without passphrase');
  if (!certificate || !privateKey) return undefined;
  if (!certificate.checkPrivateKey(privateKey)) refuseTls(reader, 'TLS_KEY', 'must name the key of the certificate');
  return { cert, key, minVersion: 'TLSv1.2', ciphers };
}

/** A password goes in the clear only to a server of this machine, or one that OUTBOUND_ALLOW lists. */
function readMail(reader: SettingsReader, from: MailServer['from'] | undefined): MailServer | undefined {
  const server = reader.read('SMTP_URL');
  if (!server) return undefined;
  if (!from) {
    reader.refuse('MAIL_FROM', 'must be set when SMTP_URL is');
    return undefined;
  }
  const { isSecure, host, port, user, password } = server;
  const allowance = createAllowance(reader.read('OUTBOUND_ALLOW'));
  const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const mayBePlain = isLoopbackHost(url.hostname) || allowance.coversHost(url) || allowance.coversAddress(host);
  return {
    host,
    port,
    tls: isSecure ? 'implicit' : mayBePlain ? 'offered' : 'required',
    user,
    password,
    from,
  };
}

function refuseTls(reader: SettingsReader, name: 'TLS_CERT' | 'TLS_KEY', rule: string): undefined {
  reader.refuse(name, rule);
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function absoluteDatabaseUrl(url: string, cwd: string): string {
  if (!url.startsWith('sqlite:') || url === 'sqlite::memory:') return url;
  return `sqlite:${resolve(cwd, url.slice('sqlite:'.length))}`;
}

function readLifetimes(reader: SettingsReader): Lifetimes {
  const refreshTokenSeconds = reader.read('REFRESH_TOKEN_SECONDS');
  const sessionSeconds = reader.read('SESSION_SECONDS');
  const keyRotationSeconds = reader.read('KEY_ROTATION_SECONDS');
  const keyPublicationSeconds = reader.read('KEY_PUBLICATION_SECONDS');
  if (keyPublicationSeconds >= keyRotationSeconds)
    reader.refuse('KEY_PUBLICATION_SECONDS', `must be less than KEY_ROTATION_SECONDS, ${keyRotationSeconds}`);
  return {
    authorizationCodeSeconds: reader.read('AUTHORIZATION_CODE_SECONDS'),
    accessTokenSeconds: reader.read('ACCESS_TOKEN_SECONDS'),
    idTokenSeconds: reader.read('ID_TOKEN_SECONDS'),
    refreshTokenIdleSeconds: readIdle(
      reader,
      'REFRESH_TOKEN_IDLE_SECONDS',
      'REFRESH_TOKEN_SECONDS',
      refreshTokenSeconds,
    ),
    refreshTokenSeconds,
    sessionIdleSeconds: readIdle(reader, 'SESSION_IDLE_SECONDS', 'SESSION_SECONDS', sessionSeconds),
    sessionSeconds,
    dpopNonceSeconds: reader.read('DPOP_NONCE_SECONDS'),
    keyRotationSeconds,
    keyPublicationSeconds,
    setupLinkSeconds: reader.read('SETUP_LINK_SECONDS'),
    unusedClientSeconds: reader.read('UNUSED_CLIENT_SECONDS'),
    auditLogSeconds: reader.read('AUDIT_LOG_SECONDS'),
  };
}

/** An idle lifetime longer than the absolute one is a mistake when it was asked for, and cut when it was not. */
function readIdle(
  reader: SettingsReader,
  name: 'REFRESH_TOKEN_IDLE_SECONDS' | 'SESSION_IDLE_SECONDS',
  absoluteName: string,
  absoluteSeconds: number,
): number {
  const idleSeconds = reader.read(name);
  if (idleSeconds > absoluteSeconds && reader.has(name))
    reader.refuse(name, `must be at most ${absoluteName}, ${absoluteSeconds}`);
  return Math.min(idleSeconds, absoluteSeconds);
}
