import * as z from 'zod';
import { emailSchema } from '../../identity/login-name.ts';
import { userChangesSchema } from '../../identity/user-schema.ts';

/** How we may authenticate at a token endpoint of somebody else (OpenID Connect Core §9). */
export const upstreamAuthenticationMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** A word for an address of ours: the redirect URI has it. */
export const providerNameSchema = z
  .string({ error: 'is required' })
  .trim()
  .regex(/^[a-z\d](?:[a-z\d-]{0,38}[a-z\d])?$/, 'must be a short word of lower-case letters, digits and hyphens');

const text = (most: number) =>
  z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'is required')
    .max(most, `must have at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'must not contain control or invisible characters');

const address = z
  .string()
  .trim()
  .max(500, 'must have at most 500 characters')
  .refine(isAddress, 'must be an address such as https://login.example.com, without ? and #')
  .optional();

/** What an administrator says of an identity provider; the messages complete a sentence that begins with the member. */
export const providerSettingsSchema = z.strictObject({
  /** The name of an entry of the registry beside this file. */
  kind: z.string(),
  /** What stands on the button. */
  label: text(60),
  client_id: text(300),
  /** The issuer identifier; for GitHub Enterprise Server its address. */
  issuer: address,
  /** Whose accounts Microsoft lets in. */
  tenant: z
    .string()
    .trim()
    .regex(/^[A-Za-z\d.-]{1,100}$/, 'must be a tenant id, a domain, organizations, consumers or common')
    .optional(),
  scope: z
    .string()
    .trim()
    .max(500, 'must have at most 500 characters')
    .regex(/^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/, 'must be scope values separated by blanks')
    .optional(),
  token_endpoint_auth_method: z
    .enum(upstreamAuthenticationMethods, `must be one of ${upstreamAuthenticationMethods.join(', ')}`)
    .optional(),
  /** Whether people who are not known here get an account at their first sign-in. */
  creates_users: z.boolean().default(false),
  /** The groups of accounts made so. */
  groups: userChangesSchema.shape.groups.unwrap().default([]),
  /** Only for addresses at these domains; any when there are none. */
  email_domains: z
    .array(z.string().trim().toLowerCase().refine(isDomain, 'must be domains such as example.com'))
    .max(50)
    .default([]),
  /** Whether its `email_verified` is believed. */
  trusts_email_verified: z.boolean().default(false),
  /** Whether a second factor that it asked for counts as one here. */
  trusts_mfa: z.boolean().default(false),
});

export type ProviderSettings = Readonly<z.output<typeof providerSettingsSchema>>;

/** The domain of an e-mail address, in lower case. */
export function emailDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** What cannot be right of settings whose members are each well formed. */
export function settingsProblems(settings: ProviderSettings): { readonly member: string; readonly message: string }[] {
  if (settings.email_domains.length > 0 && !settings.trusts_email_verified)
    return [
      {
        member: 'email_domains',
        message: 'mean something only when what the provider says of verified addresses is believed',
      },
    ];
  return [];
}

function isAddress(address: string): boolean {
  if (!/^https?:\/\/[^\s\\?#@]+$/i.test(address) || !URL.canParse(address)) return false;
  return new URL(address).hostname !== '';
}

function isDomain(domain: string): boolean {
  return domain.includes('.') && emailSchema.safeParse(`anybody@${domain}`).success;
}
