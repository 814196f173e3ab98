import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Actor, recordEvent } from '../../identity/audit.ts';
import { equalHashes, newSplitToken, parseSplitToken } from '../../lib/split-token.ts';
import {
  deleteEndedInitialAccessTokens,
  deleteInitialAccessToken,
  findUsableInitialAccessToken,
  type InitialAccessToken,
  insertInitialAccessToken,
} from '../../storage/initial-access-tokens.ts';

export {
  findUsableInitialAccessToken,
  type InitialAccessToken,
  listInitialAccessTokens,
} from '../../storage/initial-access-tokens.ts';

/** How many applications may register with a token, and how long it is good. */
export const newInitialAccessTokenSchema = z.object({
  uses: wholeNumber(10_000).default(1),
  days: wholeNumber(3650).default(1),
});

/** Makes an initial access token (RFC 7591 §1.2), returned here and never again; those that have ended are cleared away. */
export async function addInitialAccessToken(
  context: Context,
  { uses, seconds }: { readonly uses: number; readonly seconds: number },
  actor: Actor,
): Promise<InitialAccessToken & { readonly token: string }> {
  const created_at = context.now();
  const { id, verifier_hash, token } = newSplitToken(context);
  const row = { id, verifier_hash, uses_left: uses, created_at, expires_at: created_at + seconds };
  await deleteEndedInitialAccessTokens(context.database, created_at);
  await insertInitialAccessToken(context.database, row);
  await recordEvent(context, actor, 'registration_token.added', id, { uses, seconds });
  return { ...row, token };
}

/** Removes an initial access token, which stops working at once. False when there is none of this id. */
export async function removeInitialAccessToken(context: Context, id: string, actor: Actor): Promise<boolean> {
  const removed = await deleteInitialAccessToken(context.database, id);
  if (removed) await recordEvent(context, actor, 'registration_token.removed', id);
  return removed;
}

/** The token that somebody presents, as long as it can be used. */
export async function findInitialAccessToken(
  context: Context,
  presented: string,
): Promise<InitialAccessToken | undefined> {
  const parsed = parseSplitToken(presented);
  if (!parsed) return undefined;
  const token = await findUsableInitialAccessToken(context.database, parsed.id, context.now());
  return token && equalHashes(token.verifier_hash, parsed.verifier_hash) ? token : undefined;
}

function wholeNumber(maximum: number) {
  return z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(maximum, `must be at most ${maximum}`);
}
