import type { Context } from '../context.ts';
import { equalHashes, newSplitToken, parseSplitToken } from '../lib/split-token.ts';
import type { AuditEvent } from '../storage/audit-events.ts';
import {
  findLinkEver,
  findUsableLink,
  insertLink,
  type Link,
  type LinkPurpose,
  type NewLink,
} from '../storage/links.ts';

export type { Link, LinkPurpose } from '../storage/links.ts';

const codeDigits = 8;

/** A link that is not stored yet; token and code are stored nowhere. */
export interface FreshLink {
  readonly row: NewLink;
  readonly token: string;
  /** Eight digits that do the same as the link, where it is asked for them. */
  readonly code: string;
}

/** A link with a code of its own, for a mail. */
export function newLink(
  context: Context,
  link: { purpose: LinkPurpose; user_id: string | null; seconds: number; detail?: Readonly<Record<string, string>> },
): FreshLink {
  const { id, verifier_hash, token } = newSplitToken(context);
  const { purpose, user_id, seconds, detail = {} } = link;
  const created_at = context.now();
  const code = String(context.randomBytes(6).readUIntBE(0, 6) % 10 ** codeDigits).padStart(codeDigits, '0');
  const code_hash = codeHash(context, id, code);
  const expires_at = created_at + seconds;
  return { row: { id, verifier_hash, purpose, user_id, detail, code_hash, created_at, expires_at }, token, code };
}

/**
 * Makes a one-time link and resolves with its token, which is stored nowhere. Older links of the same purpose and user
 * are dead from then on.
 */
export async function createLink(
  context: Context,
  link: { purpose: LinkPurpose; user_id: string | null; seconds: number; event: AuditEvent },
): Promise<string> {
  const { row, token } = newLink(context, link);
  await insertLink(context.database, { ...row, code_hash: null }, link.event);
  return token;
}

/** The link of a token, while it can be used; looking does not consume it. */
export async function findLink(context: Context, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const presented = parseSplitToken(token);
  if (!presented) return undefined;
  const link = await findUsableLink(context.database, { id: presented.id, purpose, now: context.now() });
  return link && equalHashes(link.verifier_hash, presented.verifier_hash) ? link : undefined;
}

/** What came along with a link, also once it can no longer be used: for the way on, and for nothing else. */
export async function findLinkDetail(
  context: Context,
  purpose: LinkPurpose,
  token: string,
): Promise<Link['detail'] | undefined> {
  const presented = parseSplitToken(token);
  const link = presented && (await findLinkEver(context.database, { id: presented.id, purpose }));
  return link && equalHashes(link.verifier_hash, presented.verifier_hash) ? link.detail : undefined;
}

/** What is stored of a code: derived under the secret key and bound to its link, for a code is short. */
export function codeHash(context: Context, link_id: string, code: string): string {
  return context.secretKey.derive('link-code', `${link_id} ${code}`).toString('base64url');
}

/** The code that somebody typed in, without blanks and hyphens; undefined when it can be none. */
export function typedCode(text: string): string | undefined {
  const digits = text
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '');
  return digits.length === codeDigits && /^\d+$/.test(digits) ? digits : undefined;
}

/** A code as it is easier to read and to copy: `1234 5678`. */
export const spacedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
