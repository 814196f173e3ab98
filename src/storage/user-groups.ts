import { type Database, type Sql, sql } from './database.ts';

/** The statements that put a new user into groups, for a batch. */
export function insertUserGroups(user_id: string, groups: readonly string[]): Sql[] {
  return groups.map(
    (group_name) => sql`INSERT INTO user_groups (user_id, group_name) VALUES (${user_id}, ${group_name})`,
  );
}

/** The statements that make these the only groups of a user, for a batch. */
export function replaceUserGroups(user_id: string, groups: readonly string[]): Sql[] {
  return [sql`DELETE FROM user_groups WHERE user_id = ${user_id}`, ...insertUserGroups(user_id, groups)];
}

/** The names of groups that have somebody in them, in alphabetical order. */
export async function listGroupNames(database: Database, limit: number): Promise<string[]> {
  const rows = await database.all<{ group_name: string }>(
    sql`SELECT DISTINCT group_name FROM user_groups ORDER BY group_name LIMIT ${limit}`,
  );
  return rows.map(({ group_name }) => group_name);
}
