/** Brings a database to the version of this program, as any command does at its start. Argument: URL. */
import { readFileSync } from 'node:fs';
import { migrate } from '../../../src/storage/migrate.ts';
import { openDatabase } from '../../../src/storage/open-database.ts';

const database = await openDatabase(process.argv[2] ?? '');
await migrate(database, { schema: readFileSync(new URL('../../../schema.sql', import.meta.url), 'utf8') });
await database.close();
