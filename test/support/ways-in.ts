/** Gives people ways to sign in as they stand in the database, for tests that ask how many there are. */
import { randomUUID } from 'node:crypto';
import { newEvent } from '../../src/identity/audit.ts';
import { makeRecoveryCodes } from '../../src/identity/second-factors.ts';
import type { User } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { insertFederatedIdentity } from '../../src/storage/federated-identities.ts';
import { insertIdentityProvider } from '../../src/storage/identity-providers.ts';
import { insertPasskey } from '../../src/storage/passkeys.ts';
import { insertTotpAuthenticator } from '../../src/storage/totp-authenticators.ts';
import { actor, type Provider } from './provider.ts';

/** Adds an identity provider that nobody asks anything. */
export async function addProvider({ context }: Pick<Provider, 'context'>, name: string): Promise<void> {
  const now = context.now();
  const settings = JSON.stringify({ kind: 'google', label: `At ${name}`, client_id: 'ours' });
  const row = { name, settings, sealed_client_secret: null, created_at: now, updated_at: now, disabled_at: null };
  await insertIdentityProvider(context.database, row, newEvent(context, actor, 'identity-provider.added', name));
}

/** Connects a person to an account at a provider, and resolves with its sub. */
export async function connect({ context }: Pick<Provider, 'context'>, { id }: User, provider: string): Promise<string> {
  const sub = randomUUID();
  const identity = { provider, sub, user_id: id, label: `${sub}@${provider}`, created_at: context.now() };
  const event = newEvent(context, actor, 'federated-identity.connected', id);
  await insertFederatedIdentity(context.database, { ...identity, last_used_at: null }, event);
  return sub;
}

/** Gives a person a passkey, and resolves with its id. */
export async function addPasskeyRow(
  { context }: Pick<Provider, 'context'>,
  { id: user_id }: User,
  rp_id = new URL(context.config.publicUrl).hostname,
): Promise<string> {
  const id = randomUUID();
  const passkey = {
    id,
    user_id,
    rp_id,
    public_key: 'AAAA',
    sign_count: 0,
    transports: [],
    aaguid: '00000000-0000-0000-0000-000000000000',
    device_type: 'multiDevice' as const,
    backed_up_at: null,
    name: `Passkey ${id}`,
    created_at: context.now(),
  };
  await insertPasskey(context.database, passkey, newEvent(context, actor, 'passkey.added', user_id));
  return id;
}

/** Gives a person an authenticator app that shows no code which anybody would know. */
export async function addAuthenticatorRow({ context }: Pick<Provider, 'context'>, { id }: User): Promise<void> {
  const row = { user_id: id, sealed_secret: '', last_step: 0, created_at: context.now() };
  const event = newEvent(context, actor, 'authenticator.added', id);
  await insertTotpAuthenticator(context.database, row, { event });
}

/** Gives a person ten recovery codes. */
export async function addRecoveryCodes({ context }: Pick<Provider, 'context'>, user: User): Promise<void> {
  await makeRecoveryCodes(context, user, actor);
}

/** Takes the password of somebody, who stays signed in. */
export async function takePassword({ context }: Pick<Provider, 'context'>, { id }: User): Promise<void> {
  await context.database.run(sql`UPDATE users SET password_hash = NULL, password_changed_at = NULL WHERE id = ${id}`);
}
