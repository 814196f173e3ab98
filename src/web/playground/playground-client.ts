import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../context.ts';
import type { Actor } from '../../identity/audit.ts';
import { OAuthError } from '../../lib/errors.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { findClient } from '../../protocol/clients.ts';
import { registerClient, updateClient } from '../../protocol/register-client.ts';
import { defaultScope } from '../../protocol/scopes.ts';

export const client_id = 'castellan-playground';

/** Where authorization responses come back to. */
export const callbackPath = '/playground/callback';

/**
 * The playground's client, registered when it is missing and set right when the public URL or an administrator changed
 * what it cannot work without; everything else about it is the administrators' to change, so that they can try it out.
 * Throws `invalid_redirect_uri` when the public URL is one to which no answer may be sent.
 */
export async function ensurePlaygroundClient(context: Context, actor: Actor): Promise<Client> {
  const known = await findClient(context, client_id);
  if (!known) return register(context, actor);
  const needed = requiredMetadata(context);
  const registered: Readonly<Record<string, unknown>> = { ...known };
  if (Object.entries(needed).every(([member, value]) => isDeepStrictEqual(registered[member], value))) return known;
  const { client_id: _id, created_at: _created, updated_at: _updated, disabled: _disabled, ...metadata } = known;
  const { client } = await updateClient(context, known, { ...metadata, ...needed }, actor);
  return client;
}

async function register(context: Context, actor: Actor): Promise<Client> {
  try {
    const metadata = {
      client_name: 'Castellan Playground',
      // People read about the code before they redeem it.
      authorization_code_seconds: 600,
      ...requiredMetadata(context),
    };
    return (await registerClient(context, metadata, actor, { client_id })).client;
  } catch (error) {
    // Another administrator may have started a run at this very instant.
    const registered = error instanceof OAuthError && (await findClient(context, client_id));
    if (!registered) throw error;
    return registered;
  }
}

function requiredMetadata({ config: { publicUrl } }: Context) {
  return {
    application_type: 'web' as const,
    redirect_uris: [`${publicUrl}${callbackPath}`],
    post_logout_redirect_uris: [`${publicUrl}/playground`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    require_pkce: true,
    scope: defaultScope,
  };
}
