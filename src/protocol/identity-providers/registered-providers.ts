import type * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Actor, newEvent } from '../../identity/audit.ts';
import { rpIdOf } from '../../identity/passkeys/index.ts';
import { OperatorError } from '../../lib/operator-error.ts';
import {
  deleteIdentityProvider,
  disableIdentityProviderRow,
  enableIdentityProviderRow,
  findIdentityProviderRow,
  type IdentityProviderRow,
  insertIdentityProvider,
  listIdentityProviderRows,
  updateIdentityProvider,
} from '../../storage/identity-providers.ts';
import { isConstraint } from '../../storage/storage-error.ts';
import { identityProviderKinds } from './index.ts';
import type { IdentityProvider, IdentityProviderKind, UpstreamIdentity } from './kind.ts';
import { providerNameSchema, providerSettingsSchema, settingsProblems } from './settings.ts';
import { sealedFor } from './upstream-client.ts';

const longestSecret = 2000;

/** What is wrong with a member of an identity provider; the message completes a sentence that begins with it. */
export interface ProviderProblem {
  readonly member: string;
  readonly message: string;
}

/** An identity provider cannot be set up so. */
export class ProviderError extends OperatorError {
  readonly problems: readonly ProviderProblem[];
  constructor(problems: readonly ProviderProblem[]) {
    super(problems.map(({ member, message }) => `${member}: ${message}.`).join('\n'));
    this.name = 'ProviderError';
    this.problems = problems;
  }
}

/** The redirect URI to be registered at a provider of this name. */
export function providerRedirectUri({ config }: Context, name: string): string {
  return `${config.publicUrl}/login/with/${name}/callback`;
}

/** The kind of a provider. Throws for one that this version does not know. */
export function kindOf({ settings }: Pick<IdentityProvider, 'settings'>): IdentityProviderKind {
  const kind = identityProviderKinds.get(settings.kind);
  if (!kind) throw new Error(`there is no kind of identity providers named ${settings.kind}`);
  return kind;
}

/** All identity providers, the oldest first. */
export async function listIdentityProviders(context: Context): Promise<IdentityProvider[]> {
  return (await listIdentityProviderRows(context.database)).map(providerFrom);
}

/** The identity provider of this name, disabled or not. */
export async function findIdentityProvider(context: Context, name: string): Promise<IdentityProvider | undefined> {
  if (!providerNameSchema.safeParse(name).success) return undefined;
  const row = await findIdentityProviderRow(context.database, name);
  return row && providerFrom(row);
}

/** Sets an identity provider up. The secret is sealed, and shown to nobody again. Throws a ProviderError. */
export async function addIdentityProvider(
  context: Context,
  given: { readonly name: unknown; readonly settings: unknown; readonly client_secret: string | undefined },
  actor: Actor,
): Promise<IdentityProvider> {
  const named = providerNameSchema.safeParse(given.name);
  const problems = named.success ? [] : [{ member: 'name', message: named.error.issues[0]?.message ?? '' }];
  const settings = readSettings(given.settings, given.client_secret, problems);
  const name = String(named.data);
  const now = context.now();
  const row = {
    name,
    settings: JSON.stringify(settings),
    sealed_client_secret: sealedSecret(context, name, given.client_secret),
    created_at: now,
    updated_at: now,
    disabled_at: null,
  };
  const event = newEvent(context, actor, 'identity-provider.added', name, { kind: settings.kind });
  if (!(await insertIdentityProvider(context.database, row, event)))
    throw new ProviderError([{ member: 'name', message: 'is taken by another provider' }]);
  return providerFrom(row);
}

/**
 * Replaces the settings of a provider, and its secret where one is given. Its kind and whoever it asks stay, for with
 * another issuer the same sub would be another person. Throws a ProviderError.
 */
export async function updateIdentityProviderSettings(
  context: Context,
  provider: IdentityProvider,
  given: { readonly settings: Readonly<Record<string, unknown>>; readonly client_secret: string | undefined },
  actor: Actor,
): Promise<void> {
  const { name } = provider;
  const { kind, issuer, tenant } = provider.settings;
  const fixed = { ...given.settings, kind, issuer, tenant };
  const settings = readSettings(fixed, given.client_secret ?? provider.sealed_client_secret, []);
  const row = {
    name,
    settings: JSON.stringify(settings),
    sealed_client_secret:
      given.client_secret === undefined
        ? (provider.sealed_client_secret ?? null)
        : sealedSecret(context, name, given.client_secret),
    updated_at: context.now(),
  };
  const event = newEvent(context, actor, 'identity-provider.updated', name, {
    secret: given.client_secret !== undefined,
  });
  await updateIdentityProvider(context.database, row, event);
}

/**
 * Takes a provider off the sign-in page, or puts it back. False when it is so already. Throws an OperatorError when no
 * administrator could sign in without it.
 */
export function disableIdentityProvider(
  context: Context,
  name: string,
  { disabled }: { disabled: boolean },
  actor: Actor,
): Promise<boolean> {
  const { database, now } = context;
  if (!disabled)
    return enableIdentityProviderRow(database, name, newEvent(context, actor, 'identity-provider.enabled', name));
  const event = newEvent(context, actor, 'identity-provider.disabled', name);
  return whileAdministratorsStay(() =>
    disableIdentityProviderRow(database, name, { now: now(), event, rp_id: rpIdOf(context) }),
  );
}

/**
 * Removes a provider, and with it who people are there. False when there is none of this name. Throws an OperatorError
 * when no administrator could sign in without it.
 */
export function removeIdentityProvider(context: Context, name: string, actor: Actor): Promise<boolean> {
  const { database, now } = context;
  const event = newEvent(context, actor, 'identity-provider.removed', name);
  return whileAdministratorsStay(() =>
    deleteIdentityProvider(database, name, { now: now(), event, rp_id: rpIdOf(context) }),
  );
}

async function whileAdministratorsStay(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    if (!isConstraint(error)) throw error;
    throw new OperatorError('No administrator could sign in any more: give one of them a password first.');
  }
}

function readSettings(
  given: unknown,
  secret: string | undefined,
  before: readonly ProviderProblem[],
): z.output<typeof providerSettingsSchema> {
  const parsed = providerSettingsSchema.safeParse(given);
  const problems: ProviderProblem[] = [...before];
  if (parsed.success) {
    problems.push(...settingsProblems(parsed.data), ...placeProblems(parsed.data));
    const needsSecret = parsed.data.token_endpoint_auth_method !== 'none';
    if (needsSecret && !secret) problems.push({ member: 'client_secret', message: 'is required' });
    if (secret !== undefined && secret.length > longestSecret)
      problems.push({ member: 'client_secret', message: `must have at most ${longestSecret} characters` });
    if (problems.length === 0) return parsed.data;
  } else {
    for (const { path, message, code } of parsed.error.issues)
      problems.push({
        member: String(path[0] ?? (code === 'unrecognized_keys' ? 'settings' : '')),
        message,
      });
  }
  throw new ProviderError(problems);
}

function placeProblems(settings: IdentityProvider['settings']): ProviderProblem[] {
  const kind = identityProviderKinds.get(settings.kind);
  if (!kind) return [{ member: 'kind', message: `must be one of ${[...identityProviderKinds.keys()].join(', ')}` }];
  const { place } = kind;
  const others = (['issuer', 'tenant'] as const).filter((member) => member !== place?.member);
  const superfluous = others.filter((member) => settings[member] !== undefined);
  if (place?.required && settings[place.member] === undefined)
    return [{ member: place.member, message: 'is required' }];
  return superfluous.map((member) => ({ member, message: `is not asked of ${kind.title}` }));
}

function sealedSecret(context: Context, name: string, secret: string | undefined): string | null {
  return secret === undefined ? null : context.secretKey.seal(secret, sealedFor(name));
}

function providerFrom(row: IdentityProviderRow): IdentityProvider {
  return {
    name: row.name,
    settings: providerSettingsSchema.parse(JSON.parse(row.settings)),
    sealed_client_secret: row.sealed_client_secret ?? undefined,
    created_at: row.created_at,
    updated_at: row.updated_at,
    disabled: row.disabled_at !== null,
  };
}

/** What providers call a sign-in with two factors, besides the amr value `mfa` (RFC 8176). */
const strongAcrs = ['urn:castellan:acr:two-factors', 'urn:castellan:acr:phishing-resistant', 'phr', 'phrh'];

/** Whether a provider whose second factor counts says that there was one. */
export function provesTwoFactors({ settings }: IdentityProvider, { amr, acr = '' }: UpstreamIdentity): boolean {
  return settings.trusts_mfa && (amr.includes('mfa') || strongAcrs.includes(acr));
}
