import { isIP } from 'node:net';
import { z } from 'zod';
import { readSender, readSmtpUrl } from './lib/mail-address.ts';
import { isHostName } from './lib/network-address.ts';
import { isDatabaseUrl, readAllowance, readNetworks, readOrigin } from './setting-values.ts';

/**
 * The settings, in one place: readConfig reads them, and a test holds README.md and castellan.example.yaml to this
 * table. To add one: write its entry here and read it in config.ts. In the environment a name is prefixed with
 * CASTELLAN_; in castellan.yaml it stands as it is here.
 */
export interface Setting<Output> {
  readonly description: string;
  /** What holds when the setting is absent; '' when that is nothing. */
  readonly fallback: string;
  readonly example: string;
  /** Reads the text; its message completes the sentence that begins with the setting's name. */
  readonly schema: z.ZodType<Output, string>;
  /** Its value is never repeated in a message, and it may come from a file, under its name with _FILE added. */
  readonly secret?: true;
}

const setting = <Output>(entry: Setting<Output>): Setting<Output> => entry;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export const settings = {
  PUBLIC_URL: setting({
    description: 'The address people and applications reach this server at; the issuer is this with /oidc added.',
    fallback: 'http://localhost:9000',
    example: 'https://id.example.com',
    schema: z.string().transform((text, issues) => readOrigin(text) ?? refuse(issues, originRule)),
  }),
  HOST: setting({
    description: 'The address to listen on.',
    fallback: '127.0.0.1',
    example: '0.0.0.0',
    schema: z
      .string()
      .refine((text) => isIP(text) !== 0 || isHostName(text), 'must be an IP address or a host name of this machine'),
  }),
  PORT: setting({
    description: 'The port to listen on.',
    fallback: '9000',
    example: '9000',
    schema: wholeNumber(0, 65_535),
  }),
  DATABASE_URL: setting({
    description: 'Where everything is remembered: an SQLite file, or a PostgreSQL database.',
    fallback: 'sqlite:data/castellan.sqlite',
    example: 'postgres://castellan:secret@db.example.com/castellan',
    secret: true,
    schema: z.string().refine(isDatabaseUrl, 'must begin with sqlite: and a file name, or be a postgres:// address'),
  }),
  KEYS_DIR: setting({
    description: 'The folder of secret.key, made at the first start. Keep a copy apart from the database.',
    fallback: 'keys',
    example: '/var/lib/castellan/keys',
    schema: path(),
  }),
  SECRET_FILE: setting({
    description: 'The file of 32 random bytes that seals what the database keeps; instead of secret.key in KEYS_DIR.',
    fallback: '',
    example: '/run/secrets/castellan-secret',
    schema: optionalPath(),
  }),
  WORKERS: setting({
    description: 'How many processes share the port and the database.',
    fallback: '1',
    example: '4',
    schema: wholeNumber(1, 64),
  }),
  TRUST_PROXY: setting({
    description: 'The addresses or networks of the proxies whose X-Forwarded-For is believed, separated by commas.',
    fallback: '',
    example: '127.0.0.1, 10.0.0.0/8',
    schema: z.string().transform((text, issues) => readNetworks(text) ?? refuse(issues, networksRule)),
  }),
  TLS_CERT: setting({
    description: 'The PEM file of the certificate chain, to serve https without a proxy; together with TLS_KEY.',
    fallback: '',
    example: '/etc/castellan/fullchain.pem',
    schema: optionalPath(),
  }),
  TLS_KEY: setting({
    description: "The PEM file of the certificate's private key.",
    fallback: '',
    example: '/etc/castellan/privkey.pem',
    schema: optionalPath(),
  }),
  OUTBOUND_ALLOW: setting({
    description:
      'The hosts with ports, addresses or networks that Castellan may call although they are private, and by http; separated by commas.',
    fallback: '',
    example: 'intranet.example.com:8443, 10.0.0.0/8',
    schema: z.string().transform((text, issues) => readAllowance(text) ?? refuse(issues, allowanceRule)),
  }),
  REQUIRE_PUSHED_AUTHORIZATION_REQUESTS: setting({
    description: 'Whether every application must push its authorization requests first (RFC 9126): true or false.',
    fallback: 'false',
    example: 'true',
    schema: flag(),
  }),
  CLIENT_REGISTRATION: setting({
    description:
      'Whether applications may register themselves (RFC 7591): off, token (whoever has an initial access token) or open (anybody).',
    fallback: 'off',
    example: 'token',
    schema: z.enum(['off', 'token', 'open'], 'must be off, token or open'),
  }),
  CLIENT_ID_METADATA_DOCUMENTS: setting({
    description:
      'Whether an https address may be the client_id of an application that describes itself there: on or off.',
    fallback: 'off',
    example: 'on',
    schema: switched(),
  }),
  SMTP_URL: setting({
    description:
      'The mail server, with user and password: smtps:// (TLS from the start) or smtp:// (STARTTLS). Without it no mail is sent.',
    fallback: '',
    example: 'smtps://castellan:secret@mail.example.com',
    secret: true,
    schema: z
      .string()
      .transform((text, issues) => (text === '' ? undefined : (readSmtpUrl(text) ?? refuse(issues, smtpRule)))),
  }),
  MAIL_FROM: setting({
    description: 'As whom mail is sent: an address, with a name before it if you like; together with SMTP_URL.',
    fallback: '',
    example: 'Example Ltd <id@example.com>',
    schema: z
      .string()
      .transform((text, issues) => (text === '' ? undefined : (readSender(text) ?? refuse(issues, senderRule)))),
  }),
  SIGN_UP: setting({
    description:
      'Whether people may make their own account: off, approval (an administrator lets each of them in) or open.',
    fallback: 'off',
    example: 'approval',
    schema: z.enum(['off', 'approval', 'open'], 'must be off, approval or open'),
  }),
  PROFILE_EDITING: setting({
    description: 'Whether people may change their own name, picture, phone and address: on or off.',
    fallback: 'on',
    example: 'off',
    schema: switched(),
  }),
  ACCOUNT_DELETION: setting({
    description: 'Whether people may delete their own account: on or off.',
    fallback: 'on',
    example: 'off',
    schema: switched(),
  }),
  LOG_LEVEL: setting({
    description: 'The least grave log lines to write: trace, debug, info, warn, error, fatal or silent.',
    fallback: 'info',
    example: 'warn',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be one of trace, debug, info, warn, error, fatal, silent',
    ),
  }),
  AUTHORIZATION_CODE_SECONDS: seconds('How long an authorization code can be redeemed', minute, 10, 10 * minute),
  ACCESS_TOKEN_SECONDS: seconds('How long an access token holds', hour, 30, day),
  ID_TOKEN_SECONDS: seconds('How long an ID Token holds', hour, 30, day),
  REFRESH_TOKEN_IDLE_SECONDS: seconds('How long a refresh token holds without being used', 30 * day, 60, 3650 * day),
  REFRESH_TOKEN_SECONDS: seconds('How long a refresh token and its successors hold at all', 180 * day, 60, 3650 * day),
  SESSION_IDLE_SECONDS: seconds('How long a person stays signed in without being seen', 14 * day, 60, 365 * day),
  SESSION_SECONDS: seconds('How long a person stays signed in at all', 30 * day, 60, 365 * day),
  DPOP_NONCE_SECONDS: seconds('How long a DPoP nonce is good (0 asks for none)', 0, 0, hour),
  KEY_ROTATION_SECONDS: seconds('How long a signing key is used before the next one', 90 * day, hour, 3650 * day),
  KEY_PUBLICATION_SECONDS: seconds('How long a signing key is published before its first use', day, 60, 30 * day),
  SETUP_LINK_SECONDS: seconds('How long a setup link works', day, 5 * minute, 30 * day),
  UNUSED_CLIENT_SECONDS: seconds(
    'How long an application that registered itself is kept without being used (0 for ever)',
    30 * day,
    0,
    3650 * day,
  ),
  AUDIT_LOG_SECONDS: seconds('How long the audit log remembers an event (0 for ever)', 365 * day, 0, 36_500 * day),
};

export type SettingName = keyof typeof settings;

const originRule =
  'must be an origin without path, query and user, and https unless its host is localhost or a loopback address';
const smtpRule =
  'must be smtps:// or smtp:// with a host, and nothing behind host and port; percent-encode what is special in user and password';
const senderRule = 'must be an e-mail address, or a name and the address in angle brackets';
const networksRule = 'must list IP addresses or networks such as 10.0.0.0/8, and not the whole Internet';
const allowanceRule = 'must list hosts with their ports, IP addresses or networks such as 10.0.0.0/8';

function seconds(what: string, fallback: number, least: number, most: number): Setting<number> {
  const text = String(fallback);
  return { description: `${what}, in seconds.`, fallback: text, example: text, schema: wholeNumber(least, most) };
}

function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, rule)
    .transform(Number)
    .pipe(z.number().min(least, rule).max(most, rule));
}

function flag(): z.ZodType<boolean, string> {
  return z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
}

function switched(): z.ZodType<boolean, string> {
  return z.enum(['on', 'off'], 'must be on or off').transform((text) => text === 'on');
}

function path(): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => text.length <= 4096 && !text.includes('\0'), 'must be the name of a file or folder');
}

function optionalPath(): z.ZodType<string | undefined, string> {
  return path().transform((text) => (text === '' ? undefined : text));
}

function refuse(issues: z.RefinementCtx, message: string): never {
  issues.addIssue(message);
  return z.NEVER;
}
