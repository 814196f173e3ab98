import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { findUser } from '../../identity/users.ts';
import type { Client } from '../client-metadata.ts';
import { isConfidential } from '../client-metadata.ts';
import { findResources } from '../resources.ts';
import { tokenTypeOf } from '../sender-constraints/binding.ts';
import { subjectOf } from '../subjects.ts';
import { findLiveAccessToken, type LiveAccessToken } from './access-token.ts';
import { signJwt } from './jwt.ts';
import { findLiveRefreshToken } from './refresh-token.ts';

const inactive = { active: false };
/** Longer than any look-up takes, so that an inactive answer comes after the same time whatever the reason. */
const inactiveMilliseconds = 5;

/**
 * What a client may know of a token (RFC 7662 §2.2): of its own, and of an access token that is meant for it. A token
 * that is unknown, dead or somebody else's is inactive, and that is all, also by its time. The type is found by itself,
 * hint or not.
 */
export async function introspect(context: Context, client: Client, token: string): Promise<Record<string, unknown>> {
  const noSooner = pause(inactiveMilliseconds, undefined, { ref: false });
  const answer = await describeToken(context, client, token);
  if (answer === inactive) await noSooner;
  return answer;
}

/** The same as a JWT for the client that asked (RFC 9701 §5), which can be kept and shown to others. */
export async function introspectSigned(context: Context, client: Client, token: string): Promise<string> {
  return signJwt(context, {
    alg: client.introspection_signed_response_alg,
    typ: 'token-introspection+jwt',
    payload: {
      iss: context.config.issuer,
      aud: client.client_id,
      iat: context.now(),
      token_introspection: await introspect(context, client, token),
    },
  });
}

async function describeToken(context: Context, client: Client, token: string): Promise<Record<string, unknown>> {
  if (!isConfidential(client)) return inactive;
  const accessToken = await findLiveAccessToken(context, token);
  if (accessToken) return (await mayKnow(context, client, accessToken)) ? describe(context, accessToken) : inactive;
  const refreshToken = await findLiveRefreshToken(context, token);
  if (!refreshToken || refreshToken.client_id !== client.client_id) return inactive;
  return {
    active: true,
    iss: context.config.issuer,
    client_id: refreshToken.client_id,
    sub: subjectOf(context, client, refreshToken.user_id),
    scope: refreshToken.scope,
    exp: refreshToken.expires_at,
    token_use: 'refresh_token',
  };
}

/** The client that got it, and who is its audience: by client_id, or as a registered resource that asks as this client. */
async function mayKnow(
  context: Context,
  { client_id }: Client,
  { client, payload }: LiveAccessToken,
): Promise<boolean> {
  const audience = [payload.aud ?? []].flat();
  if (client.client_id === client_id || audience.includes(client_id)) return true;
  return (await findResources(context, audience)).some((resource) => resource.client_id === client_id);
}

/** The name of the person is told where it may be known: the profile was allowed, which it is a part of. */
async function describe(
  context: Context,
  { payload, authorization }: LiveAccessToken,
): Promise<Record<string, unknown>> {
  const isNamed = authorization?.scope.split(' ').includes('profile');
  const user = authorization && isNamed ? await findUser(context, authorization.user_id) : undefined;
  const { authorization_id: _, ...members } = payload;
  return {
    active: true,
    ...members,
    token_type: tokenTypeOf(payload.cnf),
    ...(user ? { username: user.username } : {}),
  };
}
