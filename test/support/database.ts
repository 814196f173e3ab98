import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import type { Database } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

export type Engine = 'sqlite' | 'postgresql';

export const engines: readonly Engine[] = ['sqlite', 'postgresql'];

/** The URL of a database that nobody else uses, with schema.sql run in it. It goes when the run ends. */
export function freshDatabaseUrl(engine: Engine): Promise<string> {
  return newDatabase(engine, 'template');
}

/** The URL of a database that nobody else uses, with nothing in it. It goes when the run ends. */
export function emptyDatabaseUrl(engine: Engine): Promise<string> {
  return newDatabase(engine, undefined);
}

/** Opens a database until the test ends. */
export async function openUntilEnd(url: string): Promise<Database> {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

async function newDatabase(engine: Engine, template: string | undefined): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  if (engine === 'postgresql') return createPostgresqlDatabase(name, template);
  const directory = inject('temporaryDirectory');
  if (template) copyFileSync(`${directory}/${template}.sqlite`, `${directory}/${name}.sqlite`);
  return `sqlite:${directory}/${name}.sqlite`;
}

async function createPostgresqlDatabase(name: string, template = 'template1'): Promise<string> {
  const server = inject('postgresqlServer');
  const client = new Client(`${server}postgres`);
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await client.end();
  return server + name;
}
