import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';
import { signJwt } from '../tokens/jwt.ts';

/** A code in it is older than this long before, and a slow browser is not. */
const lifetimeSeconds = 120;

/** The one parameter of a signed authorization response: a JWT of what would be the parameters (JARM §2.1). */
export async function signResponse(
  context: Context,
  client: Client,
  parameters: Readonly<Record<string, string>>,
): Promise<{ readonly response: string }> {
  const iat = context.now();
  const payload = {
    ...parameters,
    iss: context.config.issuer,
    aud: client.client_id,
    iat,
    exp: iat + lifetimeSeconds,
  };
  return { response: await signJwt(context, { alg: client.authorization_signed_response_alg, typ: 'JWT', payload }) };
}
