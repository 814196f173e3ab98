import type { Context } from '../../context.ts';
import { equalHashes, sha256 } from '../../lib/split-token.ts';
import { listClientSecrets, touchClientSecret } from '../../storage/client-secrets.ts';
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
  const now = context.now();
  const presented = sha256(proof);
  const secrets = await listClientSecrets(context.database, client.client_id);
  const secret = secrets.find(
    ({ secret_hash, expires_at }) => equalHashes(secret_hash, presented) && (expires_at === null || expires_at > now),
  );
  if (!secret) return false;
  if ((secret.last_used_at ?? 0) <= now - lastUseSeconds) await touchClientSecret(context.database, secret.id, now);
  return true;
}
