import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, empty, type Sql, sql } from './database.ts';

/** What lets people make an account: whoever holds the link, as often as uses are left. */
export interface Invitation {
  readonly id: string;
  readonly verifier_hash: string;
  /** The token, so that the console can show the link again. */
  readonly sealed_token: string;
  readonly profile: InvitedProfile;
  readonly groups: readonly string[];
  /** When an account made with it expires, in epoch seconds. */
  readonly account_expires_at: number | null;
  readonly uses: number;
  readonly uses_left: number;
  /** The same for all that were made from one list. */
  readonly list_id: string | null;
  /** A user id, or the word command. */
  readonly created_by: string;
  readonly created_at: number;
  readonly expires_at: number;
}

/** What is known of the person beforehand. */
export interface InvitedProfile {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
}

/** Inserts invitations with the event and what else belongs `alongside`, all or nothing. */
export async function insertInvitations(
  database: Database,
  invitations: readonly Invitation[],
  { event, alongside = [] }: { event: AuditEvent; alongside?: readonly Sql[] },
): Promise<void> {
  await database.batch([auditEventInsert(event), ...invitations.map(invitationInsert), ...alongside]);
}

/** The invitation of this id. */
export async function findInvitationById(database: Database, id: string): Promise<Invitation | undefined> {
  const row = await database.get<InvitationRow>(sql`SELECT * FROM invitations WHERE id = ${id}`);
  return row && toInvitation(row);
}

/** Takes one use, for the head of a batch: no more callers change a row than there are uses. */
export function consumeInvitation(id: string, now: number): Sql {
  return sql`
    UPDATE invitations SET uses_left = uses_left - 1 WHERE id = ${id} AND uses_left > 0 AND expires_at > ${now}`;
}

/** Invitations, the newest first; `before` is the id of the last one of the page before. */
export async function listInvitationRows(
  database: Database,
  { before, list_id, limit }: { before?: string | undefined; list_id?: string | undefined; limit: number },
): Promise<Invitation[]> {
  const rows = await database.all<InvitationRow>(sql`
    SELECT * FROM invitations
     WHERE 1 = 1
       ${before === undefined ? empty : sql`AND id < ${before}`}
       ${list_id === undefined ? empty : sql`AND list_id = ${list_id}`}
     ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(toInvitation);
}

/** Deletes an invitation, which works no more from then on; false when it is gone already. */
export async function deleteInvitation(database: Database, id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([sql`DELETE FROM invitations WHERE id = ${id}`, auditEventInsert(event)]);
}

interface InvitationRow extends Omit<Invitation, 'profile' | 'groups'> {
  readonly profile: string;
  readonly group_names: string;
}

function invitationInsert(invitation: Invitation): Sql {
  const { id, verifier_hash, sealed_token, profile, groups, account_expires_at } = invitation;
  return sql`
    INSERT INTO invitations (id, verifier_hash, sealed_token, profile, group_names, account_expires_at, uses, uses_left,
                             list_id, created_by, created_at, expires_at)
    VALUES (${id}, ${verifier_hash}, ${sealed_token}, ${JSON.stringify(profile)}, ${JSON.stringify(groups)},
            ${account_expires_at}, ${invitation.uses}, ${invitation.uses_left}, ${invitation.list_id},
            ${invitation.created_by}, ${invitation.created_at}, ${invitation.expires_at})`;
}

function toInvitation({ profile, group_names, ...row }: InvitationRow): Invitation {
  return { ...row, profile: JSON.parse(profile), groups: JSON.parse(group_names) };
}
