import type { Context } from '../context.ts';
import { invalidClientMetadata } from '../lib/errors.ts';
import { newId, sha256 } from '../lib/split-token.ts';
import { listClientSecrets, type NewClientSecret } from '../storage/client-secrets.ts';
import { clientAuthenticationMethods } from './client-authentication/index.ts';

const clientSecretForm = /^[\x20-\x7E]{16,500}$/;
/** RFC 7518 §3.2: no shorter than the shortest hash. */
const shortestKeyLength = 32;
const mostSecrets = 10;

interface ClientWithMethod {
  readonly token_endpoint_auth_method: string;
}

/** Whether the client's method hands out and stores a secret. */
export function usesSecret({ token_endpoint_auth_method }: ClientWithMethod): boolean {
  return clientAuthenticationMethods.get(token_endpoint_auth_method)?.usesSecret ?? false;
}

/** Whether the client's method must read the secret again, so that it is stored sealed. */
export function readsSecret({ token_endpoint_auth_method }: ClientWithMethod): boolean {
  return clientAuthenticationMethods.get(token_endpoint_auth_method)?.readsSecret ?? false;
}

/** A new secret with its row: one that is given, or 256 random bits, or as many as the largest MAC asks for. */
export function newClientSecret(
  context: Context,
  client: ClientWithMethod & { readonly client_id: string },
  given?: string,
): { row: NewClientSecret; client_secret: string } {
  const id = newId(context);
  const isRead = readsSecret(client);
  const client_secret = given ?? context.randomBytes(isRead ? 64 : 32).toString('base64url');
  return {
    row: {
      id,
      client_id: client.client_id,
      secret_hash: sha256(client_secret),
      sealed_secret: isRead ? context.secretKey.seal(client_secret, `client_secrets/${id}`) : null,
      created_at: context.now(),
      expires_at: null,
    },
    client_secret,
  };
}

/** Throws `invalid_client_metadata` when an application that moves here cannot have this secret. */
export function checkGivenSecret(client: ClientWithMethod, client_secret: string): void {
  if (!usesSecret(client)) throw hasNoSecret(client);
  if (!clientSecretForm.test(client_secret))
    throw invalidClientMetadata('client_secret: 16 to 500 printable ASCII characters');
  if (readsSecret(client) && client_secret.length < shortestKeyLength)
    throw invalidClientMetadata(`client_secret: at least ${shortestKeyLength} characters to make MACs with`);
}

/** Throws `invalid_client_metadata` when the client's method uses no secret, or when it has enough of them. */
export async function checkRoomForSecret(
  { database }: Context,
  client: ClientWithMethod & { readonly client_id: string },
): Promise<void> {
  if (!usesSecret(client)) throw hasNoSecret(client);
  const secrets = await listClientSecrets(database, client.client_id);
  if (secrets.length >= mostSecrets)
    throw invalidClientMetadata(`a client has at most ${mostSecrets} secrets: remove one first`);
}

/** Whether the client needs a secret and has none that its method can use. */
export async function lacksSecret(
  { database }: Context,
  client: ClientWithMethod & { readonly client_id: string },
): Promise<boolean> {
  if (!usesSecret(client)) return false;
  const secrets = await listClientSecrets(database, client.client_id);
  return !secrets.some(({ sealed_secret }) => sealed_secret !== null || !readsSecret(client));
}

function hasNoSecret({ token_endpoint_auth_method }: ClientWithMethod) {
  return invalidClientMetadata(
    `client_secret: a client with token_endpoint_auth_method ${token_endpoint_auth_method} has no secret`,
  );
}
