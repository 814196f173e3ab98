import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, sql } from './database.ts';
import { replaceUserPicture, type UserPicture } from './user-pictures.ts';
import type { User, UserClaims } from './user-row.ts';

/**
 * Writes what people change of themselves, and no other column, so that groups and rights that an administrator changes
 * at the same instant stay as they are. False, with nothing written, when the claims are not what they were `before`.
 * A new phone number is not verified. A picture that is null goes; one that is left out stays.
 */
export function updateOwnProfileRow(
  database: Database,
  before: User,
  own: {
    readonly claims: UserClaims;
    readonly phone_number: string | null;
    readonly picture?: UserPicture | null | undefined;
  },
  { now, event }: { now: number; event: AuditEvent },
): Promise<boolean> {
  const { claims, phone_number, picture } = own;
  return database.batch([
    sql`
    UPDATE users SET claims = ${JSON.stringify(claims)}, phone_number = ${phone_number},
                     phone_number_verified_at =
                       CASE WHEN phone_number = ${phone_number} THEN phone_number_verified_at END,
                     updated_at = ${now}
     WHERE id = ${before.id} AND claims = ${JSON.stringify(before.claims)}`,
    ...(picture === undefined ? [] : [replaceUserPicture(before.id, picture, now)]),
    auditEventInsert(event),
  ]);
}
