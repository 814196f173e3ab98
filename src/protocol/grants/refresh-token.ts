import * as z from 'zod';
import type { Context } from '../../context.ts';
import { isOpen } from '../../identity/account-state.ts';
import { recordEvent } from '../../identity/audit.ts';
import { findUser } from '../../identity/users.ts';
import { invalidGrant, invalidScope } from '../../lib/errors.ts';
import { newId, type SplitToken, splitTokenFrom } from '../../lib/split-token.ts';
import { revokeAuthorization } from '../../storage/authorizations.ts';
import {
  endRefreshToken,
  extendRefreshToken,
  findRefreshToken,
  type IssuedRefreshToken,
  rotateRefreshToken,
} from '../../storage/refresh-tokens.ts';
import { type Client, isConfidential } from '../client-metadata.ts';
import { tokenResources } from '../requested-resources.ts';
import { parseScope } from '../scopes.ts';
import { confirmationText } from '../sender-constraints/binding.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { lifetimesOf } from '../tokens/lifetimes.ts';
import { authorizationStands, findPresentedRefreshToken, refreshTokenConfirmation } from '../tokens/refresh-token.ts';
import { defineGrant } from './grant.ts';

/** For so long after a rotation the same request gets the same answer, in seconds: the first answer may have been lost. */
const retrySeconds = 30;

/** RFC 6749 §6 with the rotation of RFC 9700 §4.14. */
export const refreshToken = defineGrant({
  name: 'refresh_token',
  parameters: z.object({
    refresh_token: z.string().max(200),
    scope: z.string().max(4000).optional(),
    resource: z.string().max(4096).optional(),
  }),

  async issue(context, client, { refresh_token, scope: asked, resource: askedResource }, binding) {
    const issued = await findIssuedToken(context, refresh_token);
    if (issued.client_id !== client.client_id) throw invalidGrant('the refresh token was issued to another client');
    const cnf = refreshTokenConfirmation(client, binding);
    if (issued.cnf !== null && issued.cnf !== confirmationText(binding?.cnf))
      throw invalidGrant('the refresh token is bound to a key, and the request proves no possession of it');
    if (issued.expires_at <= context.now()) {
      await endRefreshToken(context.database, issued.id);
      throw invalidGrant('the refresh token has expired');
    }
    if (!authorizationStands(issued, context.now()))
      throw invalidGrant('the person has signed out, or the authorization was revoked or is over');
    const user = await findUser(context, issued.user_id);
    if (!user || !isOpen(context, user)) throw invalidGrant('the person may no longer sign in');

    const scope = narrowedScope(issued, asked);
    const resource = await tokenResources(context, client, { asked: askedResource, granted: issued.resource });
    const next =
      (client.rotate_refresh_tokens ?? !isConfidential(client))
        ? await rotate(context, client, issued, { refresh_token, scope: scope.join(' '), cnf })
        : await keep(context, client, issued, refresh_token);
    return issueTokens(context, client, {
      authorization: { ...issued, id: issued.authorization_id, expires_at: issued.authorization_expires_at },
      user,
      scope,
      resource,
      refresh_token: next,
      binding,
    });
  },
});

async function findIssuedToken(context: Context, refresh_token: string): Promise<IssuedRefreshToken> {
  const issued = await findPresentedRefreshToken(context, refresh_token);
  if (!issued) throw invalidGrant('the refresh token is unknown or expired');
  return issued;
}

function narrowedScope(issued: IssuedRefreshToken, asked: string | undefined): string[] {
  const granted = issued.scope.split(' ');
  if (asked === undefined) return granted;
  const scope = parseScope(asked);
  const refused = scope.find((value) => !granted.includes(value));
  if (refused !== undefined) throw invalidScope(`the scope ${refused} was not granted`);
  return scope.length > 0 ? scope : granted;
}

/** The token stays; its idle time begins anew. */
async function keep(context: Context, client: Client, issued: IssuedRefreshToken, token: string): Promise<string> {
  const now = context.now();
  if (issued.rotated_at !== null) throw await reused(context, issued);
  const expires_at = idleEnd(context, client, issued);
  const worthAWrite =
    expires_at - issued.expires_at >= Math.min(3600, lifetimesOf(context, client).refreshTokenIdleSeconds / 100);
  if (worthAWrite && !(await extendRefreshToken(context.database, { id: issued.id, now, expires_at })))
    throw invalidGrant('the refresh token was spent or revoked meanwhile');
  return token;
}

/** What must be the same again for a retry. */
interface Retriable {
  readonly refresh_token: string;
  readonly scope: string;
  /** What the successor is bound to: a public client's first proof binds all that follow. */
  readonly cnf: string | null;
}

/** Spends the token for its successor; a retry within 30 seconds gets the same successor, anything later is theft. */
async function rotate(
  context: Context,
  client: Client,
  issued: IssuedRefreshToken,
  request: Retriable,
): Promise<string> {
  if (issued.rotated_at !== null) return repeated(context, issued, request);
  const { refresh_token, scope, cnf } = request;
  const now = context.now();
  const successor = successorOf(context, refresh_token, newId(context));
  const { authorization_id } = issued;
  const won = await rotateRefreshToken(
    context.database,
    { id: issued.id, now, scope },
    {
      id: successor.id,
      verifier_hash: successor.verifier_hash,
      authorization_id,
      client_id: client.client_id,
      cnf,
      created_at: now,
      expires_at: idleEnd(context, client, issued),
    },
  );
  if (won) return successor.token;
  const rotated = await findRefreshToken(context.database, { id: issued.id, now });
  if (!rotated || rotated.rotated_at === null || rotated.revoked_at !== null)
    throw invalidGrant('the refresh token was spent or revoked meanwhile');
  return repeated(context, rotated, request);
}

async function repeated(
  context: Context,
  issued: IssuedRefreshToken,
  { refresh_token, scope, cnf }: Retriable,
): Promise<string> {
  const { rotated_at, successor_id, successor_rotated_at, successor_cnf, rotated_scope } = issued;
  const isRetry =
    rotated_at !== null &&
    context.now() < rotated_at + retrySeconds &&
    successor_rotated_at === null &&
    scope === rotated_scope &&
    cnf === successor_cnf;
  if (!isRetry || successor_id === null) throw await reused(context, issued);
  return successorOf(context, refresh_token, successor_id).token;
}

/** The successor's verifier follows from the old token under our key, so that a retry can be answered without storing it. */
function successorOf(context: Context, refresh_token: string, id: string): SplitToken {
  return splitTokenFrom(id, context.secretKey.derive('refresh-token-successor', `${id}.${refresh_token}`));
}

/** A spent token that comes back means that two parties hold it: the whole authorization ends (RFC 9700 §4.14.2). */
async function reused(context: Context, { authorization_id, client_id }: IssuedRefreshToken): Promise<Error> {
  await revokeAuthorization(context.database, authorization_id, context.now());
  await recordEvent(context, { id: 'system' }, 'authorization.revoked', authorization_id, {
    client_id,
    reason: 'a spent refresh token was presented again',
  });
  return invalidGrant('the refresh token was used before; the authorization is revoked');
}

function idleEnd(context: Context, client: Client, issued: IssuedRefreshToken): number {
  return Math.min(
    context.now() + lifetimesOf(context, client).refreshTokenIdleSeconds,
    issued.authorization_expires_at,
  );
}
