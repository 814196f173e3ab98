import type { Context } from '../../context.ts';
import { equalHashes, sha256 } from '../../lib/split-token.ts';
import { type ClientSecret, listClientSecrets, touchClientSecret } from '../../storage/client-secrets.ts';
import type { Client } from '../client-metadata.ts';
import type { PresentedCredentials } from './method.ts';

/** How exactly the last use of a secret is remembered, in seconds: a write per token request would cost too much. */
const lastUseSeconds = 300;

/** Whether the secret is one of the client's that has not expired. Compares hashes, in constant time. */
export async function verifyClientSecret(
  context: Context,
  client: Client,
  { proof }: PresentedCredentials,
): Promise<boolean> {
  if (proof === undefined) return false;
  const presented = sha256(proof);
  const secrets = await unexpiredSecrets(context, client);
  const secret = secrets.find(({ secret_hash }) => equalHashes(secret_hash, presented));
  if (!secret) return false;
  await rememberUse(context, secret);
  return true;
}

/** The secrets with which a client may authenticate now. */
export async function unexpiredSecrets(
  context: Context,
  { client_id }: Pick<Client, 'client_id'>,
): Promise<ClientSecret[]> {
  const now = context.now();
  const secrets = await listClientSecrets(context.database, client_id);
  return secrets.filter(({ expires_at }) => expires_at === null || expires_at > now);
}

/** Remembers that a secret was used, to within `lastUseSeconds`. */
export async function rememberUse(context: Context, { id, last_used_at }: ClientSecret): Promise<void> {
  const now = context.now();
  if ((last_used_at ?? 0) <= now - lastUseSeconds) await touchClientSecret(context.database, id, now);
}
