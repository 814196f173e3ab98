import { andConsentStands, type ConsentRow } from './consents.ts';
import { type Database, empty, held, type Sql, sql } from './database.ts';

/** What a client pushed ahead of an authorization request; parameters are those that count, by name. */
export interface PushedAuthorizationRequest {
  readonly id: string;
  readonly verifier_hash: string;
  readonly client_id: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Those with the same are counted together. */
  readonly counted_under: string;
  /** Tells apart from where clients without credentials push, and nothing else; '' for all others. */
  readonly sender: string;
  readonly expires_at: number;
  readonly consumed_at: number | null;
}

/** How many pushed requests may wait that are neither used nor expired. */
export interface PushLimits {
  /** Of those that are counted together. */
  readonly together: number;
  /** Of one sender among them that has a name. */
  readonly ofSender: number;
}

/** Writes a pushed request. False, with nothing written, when as many wait already together, or of its sender. */
export async function insertPushedRequest(
  database: Database,
  pushed: Omit<PushedAuthorizationRequest, 'consumed_at'>,
  { now, limits }: { now: number; limits: PushLimits },
): Promise<boolean> {
  const { id, verifier_hash, client_id, parameters, counted_under, sender, expires_at } = pushed;
  const waiting = sql`SELECT COUNT(*) FROM pushed_authorization_requests p
             WHERE p.counted_under = ${counted_under} AND p.expires_at > ${now} AND p.consumed_at IS NULL`;
  const written = await database.run(sql`
    INSERT INTO pushed_authorization_requests (id, verifier_hash, client_id, parameters, counted_under, sender,
                                               expires_at)
    SELECT ${id}, ${verifier_hash}, ${client_id}, ${JSON.stringify(parameters)}, ${counted_under}, ${sender}, ${expires_at}
     WHERE (${waiting}) < ${limits.together}
       ${sender === '' ? empty : sql`AND (${waiting} AND p.sender = ${sender}) < ${limits.ofSender}`}`);
  return written === 1;
}

/** The pushed request of this selector, used or not; the verifier is the caller's to compare. */
export async function findPushedRequest(
  database: Database,
  id: string,
): Promise<PushedAuthorizationRequest | undefined> {
  const row = await database.get<Omit<PushedAuthorizationRequest, 'parameters'> & { parameters: string }>(
    sql`SELECT * FROM pushed_authorization_requests WHERE id = ${id}`,
  );
  return row && { ...row, parameters: JSON.parse(row.parameters) };
}

/** Takes a pushed request for an answer that gives nothing. False when it was used before: exactly one caller gets true. */
export async function consumePushedRequest(database: Database, id: string, now: number): Promise<boolean> {
  const taken = await database.run(sql`
    UPDATE pushed_authorization_requests SET consumed_at = ${now} WHERE id = ${id} AND consumed_at IS NULL`);
  return taken === 1;
}

/**
 * Takes a pushed request for an authorization of this session, for the head of a batch: of any number of callers at the
 * same instant exactly one changes a row, and none does when the session has ended or the consent has changed.
 */
export function consumePushedRequestFor(
  id: string,
  {
    session_id,
    user_id,
    now,
    consent,
  }: { session_id: string; user_id: string; now: number; consent: ConsentRow | undefined },
): Sql {
  return sql`
    UPDATE pushed_authorization_requests SET consumed_at = ${now}
     WHERE id = ${id} AND consumed_at IS NULL ${andConsentStands(consent)}
       AND EXISTS (SELECT 1 FROM sessions
                    WHERE id = ${session_id} AND user_id = ${user_id} AND expires_at > ${now} ${held})`;
}
