import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { settings } from '../src/settings.ts';

describe('what we publish of the settings', () => {
  const example = readFileSync('castellan.example.yaml', 'utf8');
  const lines = [...example.matchAll(/^# ([A-Z_]+): (.+)$/gm)].map(([, name = '', text = '']) => [name, text]);

  test('castellan.example.yaml has every setting with its description and its default, in the order of the table', () => {
    expect(lines.filter(([name]) => !name?.endsWith('URL_FILE'))).toEqual(
      Object.entries(settings).map(([name, { fallback, example }]) => [name, fallback || example]),
    );
    for (const { description } of Object.values(settings)) expect(example).toContain(`# ${description}\n`);
  });

  test('uncommented, the defaults of castellan.example.yaml are the defaults', () => {
    const defaults = lines.filter(([name = '']) =>
      Object.entries(settings).some(([known, { fallback }]) => known === name && fallback),
    );
    const yamlText = defaults.map(([name, text]) => `${name}: ${text}`).join('\n');
    expect(readConfig({}, { yamlText })).toEqual(readConfig({}));
  });

  test('every example is a good value', () => {
    for (const [name, { example, schema }] of Object.entries(settings))
      expect([name, schema.safeParse(example).success]).toEqual([name, true]);
  });
});
