import { type Database, type Sql, sql } from './database.ts';

/** A picture that a person uploaded; content is base64. */
export interface UserPicture {
  readonly id: string;
  readonly content_type: string;
  readonly content: string;
}

/**
 * The picture of this id, as long as its owner's `picture` claim names it: what an administrator takes out of the
 * profile, or replaces, is shown no more.
 */
export function findUserPicture(database: Database, id: string): Promise<UserPicture | undefined> {
  return database.get<UserPicture>(sql`
    SELECT p.id, p.content_type, p.content FROM user_pictures p JOIN users u ON u.id = p.user_id
     WHERE p.id = ${id} AND u.disabled_at IS NULL AND u.claims LIKE ${`%"/picture/${id}"%`}`);
}

/** Puts a picture in the place of the one before, or takes it away; a statement for a batch. */
export function replaceUserPicture(user_id: string, picture: UserPicture | null, now: number): Sql {
  if (picture === null) return sql`DELETE FROM user_pictures WHERE user_id = ${user_id}`;
  const { id, content_type, content } = picture;
  return sql`
    INSERT INTO user_pictures (user_id, id, content_type, content, updated_at)
    VALUES (${user_id}, ${id}, ${content_type}, ${content}, ${now})
    ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, content_type = excluded.content_type,
                                        content = excluded.content, updated_at = excluded.updated_at`;
}
