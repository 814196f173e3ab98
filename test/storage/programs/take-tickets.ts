/** Claims every ticket with two connections at once, and prints the ones that it got. Arguments: URL, taker. */
import { writeSync } from 'node:fs';
import { sql } from '../../../src/storage/database.ts';
import { openDatabase } from '../../../src/storage/open-database.ts';

const [url = '', taker = ''] = process.argv.slice(2);
const connections = [await openDatabase(url, { connections: 1 }), await openDatabase(url, { connections: 1 })] as const;
const tickets = await connections[0].all<{ id: string }>(sql`SELECT id FROM tickets ORDER BY id`);

// Both processes are ready before either begins.
writeSync(1, 'ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
process.stdin.unref();

const claims = tickets.flatMap(({ id }) =>
  connections.map(async (connection) => {
    const claim = sql`UPDATE tickets SET taken_by = ${taker} WHERE id = ${id} AND taken_by IS NULL`;
    const won = await connection.batch([claim, sql`INSERT INTO stubs (ticket_id, taker) VALUES (${id}, ${taker})`]);
    return won ? [id] : [];
  }),
);
writeSync(1, `${JSON.stringify((await Promise.all(claims)).flat())}\n`);
for (const connection of connections) await connection.close();
