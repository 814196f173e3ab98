import { z } from 'zod';
import type { ClaimValue, UserClaims } from '../storage/user-row.ts';

/** A picture that was uploaded here; applications are told its whole address. */
const uploadedPicture = /^\/picture\/[0-9a-f]{32}$/;

/**
 * Claims about a person that are stored together: the standard ones of OpenID Connect Core §5.1, and custom ones whose
 * names mean nothing to the protocol. What has a column of its own (user name, e-mail, phone, groups) is not among them.
 */
export const userClaimsSchema: z.ZodType<UserClaims> = z
  .object({
    name: line(),
    given_name: line(),
    family_name: line(),
    middle_name: line(),
    nickname: line(),
    profile: webAddress(),
    picture: webAddress(uploadedPicture),
    website: webAddress(),
    gender: line(),
    birthdate: z.string().refine(isBirthdate, 'A birthdate is YYYY-MM-DD, 0000-MM-DD or YYYY.').optional(),
    zoneinfo: z.string().max(64).refine(isTimeZone, 'A time zone is a name such as Europe/Paris.').optional(),
    locale: z.string().max(64).refine(isLocale, 'A locale is a language tag such as en-US.').optional(),
    address: z
      .strictObject({
        formatted: lines(),
        street_address: lines(),
        locality: line(),
        region: line(),
        postal_code: line(),
        country: line(),
      })
      .refine(
        (address) => Object.values(address).some((part) => part !== undefined),
        'An address has at least one part.',
      )
      .optional(),
  })
  .catchall(claimValue())
  .superRefine((claims, { addIssue }) => {
    for (const claim of Object.keys(claims)) {
      if (!customName.test(claim) || reserved.has(claim)) {
        addIssue({
          code: 'custom',
          path: [claim],
          message: `A custom claim cannot be named ${JSON.stringify(claim.slice(0, 64))}.`,
        });
      }
    }
    if (JSON.stringify(claims).length > 16_384)
      addIssue({ code: 'custom', message: 'The claims have at most 16384 characters.' });
  });

const customName = /^[A-Za-z][A-Za-z0-9_:./-]{0,127}$/;

/** A name that a claim about a person may have: never one that the protocol gives a meaning, or JavaScript. */
export const claimNameSchema = z.string().refine((name) => customName.test(name) && !protocolNames.has(name), {
  error: ({ input }) => `A claim cannot be named ${JSON.stringify(String(input).slice(0, 64))}.`,
});

const protocolNames: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'typ', 'nonce', 'azp', 'acr', 'amr', 'auth_time', 'sid', 'cnf'],
  ...[
    'at_hash',
    'c_hash',
    's_hash',
    'rt_hash',
    'client_id',
    'scope',
    'active',
    'token_type',
    'act',
    'may_act',
    'events',
  ],
  ...['sub_id', 'sub_jwk', 'vot', 'vtm', 'toe', 'txn', 'authorization_details', 'verified_claims'],
  ...['constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', 'toJSON', 'then'],
]);

/** Names that the protocol or a column of ours gives a meaning. */
const reserved: ReadonlySet<string> = new Set([
  ...protocolNames,
  ...['preferred_username', 'email', 'email_verified', 'phone_number', 'phone_number_verified', 'groups', 'updated_at'],
]);

/** What a claim may hold besides null; deep nesting and what is no Unicode is refused. */
export function claimValue() {
  return z.custom<ClaimValue>(
    (value) => isClaimValue(value, 6),
    'A custom claim holds text, numbers, true, false, lists or objects.',
  );
}

function line() {
  return z
    .string()
    .trim()
    .min(1, 'It may be left out, but not be blank.')
    .max(256, 'It has at most 256 characters.')
    .refine(
      (text) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text),
      'It may not contain control characters.',
    )
    .optional();
}

function lines() {
  return z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .refine((text) => text.length > 0, 'It may be left out, but not be blank.')
    .refine((text) => text.length <= 1024, 'It has at most 1024 characters.')
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text), 'It may not contain control characters.')
    .optional();
}

function webAddress(orElse?: RegExp) {
  return z
    .string()
    .trim()
    .max(2048, 'A web address has at most 2048 characters.')
    .refine(
      (text) => orElse?.test(text) || (/^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text)),
      'A web address begins with https:// or http://.',
    )
    .optional();
}

function isBirthdate(text: string): boolean {
  if (/^\d{4}$/.test(text)) return text !== '0000';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // 0000 stands for an untold year; any leap year does for counting the days.
  const day = text.startsWith('0000') ? `2000${text.slice(4)}` : text;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function isTimeZone(text: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '' && /^[A-Za-z]/.test(text)
    );
  } catch {
    return false;
  }
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function isClaimValue(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean') return true;
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isClaimValue(item, depth - 1));
  return Object.entries(value).every(([name, item]) => isPlainName(name) && isClaimValue(item, depth - 1));
}

function isPlainName(name: string): boolean {
  return name !== '__proto__' && name.isWellFormed() && !name.includes('\0');
}
