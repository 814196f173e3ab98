/** Writes pairs of rows without end and prints the number of each pair once it is acknowledged. Argument: URL. */
import { writeSync } from 'node:fs';
import { sql } from '../../../src/storage/database.ts';
import { openDatabase } from '../../../src/storage/open-database.ts';

const database = await openDatabase(process.argv[2] ?? '');
const half = (id: string, pair: number) => sql`INSERT INTO halves (id, pair) VALUES (${id}, ${pair})`;

async function write(writer: number): Promise<never> {
  for (let turn = 0; ; turn++) {
    const pair = turn * 8 + writer;
    await database.batch([half(`${process.pid} ${pair} left`, pair), half(`${process.pid} ${pair} right`, pair)]);
    writeSync(1, `${pair}\n`);
  }
}

await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write));
