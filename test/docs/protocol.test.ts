import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientMetadataSchema } from '../../src/protocol/client-metadata.ts';
import { scopes } from '../../src/protocol/scopes.ts';
import { readDocument, tableUnder } from '../support/document.ts';

const document = readDocument('docs/protocol.md');
const shownBy = [...document.matchAll(/\]\(\.\.\/(test\/[^)]+)\) “([^”]+)”/g)];

test('every test that docs/protocol.md names is there', () => {
  expect(shownBy.length).toBeGreaterThan(30);
  const missing = shownBy.filter(([, path = '', title = '']) => !isThere(path, title));
  expect(missing.map(([reference]) => reference)).toEqual([]);
});

test('the scope values of docs/protocol.md are those that are served', () => {
  expect(tableUnder(document, '## Scope values')).toEqual(
    [...scopes.values()].map(({ name, claims }) => [name, claims.join(', ')]),
  );
});

test('the client metadata of docs/protocol.md are those of the schema, with its defaults', () => {
  const rows = tableUnder(document, '## Client metadata');
  expect(rows.map(([member]) => member)).toEqual(Object.keys(clientMetadataSchema.shape));
  const defaults = Object.entries(clientMetadataSchema.parse({}));
  const told = new Map(rows.map(([member = '', fallback]) => [member, fallback]));
  expect(defaults.map(([member]) => [member, told.get(member)])).toEqual(
    defaults.map(([member, value]) => [member, Array.isArray(value) ? value.join(' ') : String(value)]),
  );
});

function isThere(path: string, title: string): boolean {
  return existsSync(join(import.meta.dirname, '../..', path)) && readDocument(path).includes(title);
}
