import type { Context } from '../context.ts';
import { equalHashes, newSplitToken, parseSplitToken } from '../lib/split-token.ts';
import type { AuditEvent } from '../storage/audit-events.ts';
import { findUsableLink, insertLink, type Link, type LinkPurpose } from '../storage/links.ts';

/**
 * Makes a one-time link and resolves with its token, which is stored nowhere. Older links of the same purpose and user
 * are dead from then on.
 */
export async function createLink(
  context: Context,
  link: { purpose: LinkPurpose; user_id: string | null; seconds: number; event: AuditEvent },
): Promise<string> {
  const { id, verifier_hash, token } = newSplitToken(context);
  const { purpose, user_id, seconds, event } = link;
  const created_at = context.now();
  const row = { id, verifier_hash, purpose, user_id, created_at, expires_at: created_at + seconds };
  await insertLink(context.database, row, event);
  return token;
}

/** The link of a token, while it can be used; looking does not consume it. */
export async function findLink(context: Context, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const presented = parseSplitToken(token);
  if (!presented) return undefined;
  const link = await findUsableLink(context.database, { id: presented.id, purpose, now: context.now() });
  return link && equalHashes(link.verifier_hash, presented.verifier_hash) ? link : undefined;
}
