import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { nearest } from './lib/nearest.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type SettingValue<Name extends SettingName> = (typeof settings)[Name] extends Setting<infer Output> ? Output : never;

/** Reads single settings and collects every mistake it meets, so that all can be told at once. */
export interface SettingsReader {
  readonly mistakes: string[];
  has(name: SettingName): boolean;
  /** The setting's value; a mistake is noted, and the fallback returned so that reading can go on. */
  read<Name extends SettingName>(name: Name, fallback?: string): SettingValue<Name>;
  refuse(name: SettingName, rule: string): void;
}

/** A reader of the environment and the text of castellan.yaml, the environment first. */
export function createReader(environment: Environment, yamlText: string, cwd: string): SettingsReader {
  const mistakes: string[] = [];
  const given = new Map<string, Given>();
  for (const [name, text] of readYaml(yamlText, mistakes))
    given.set(name, { label: `${name} in castellan.yaml`, text });
  for (const [name, text] of Object.entries(environment)) {
    if (name.startsWith('CASTELLAN_') && text) given.set(name.slice('CASTELLAN_'.length), { label: name, text });
  }
  takeFiles(given, mistakes, cwd);
  refuseUnknown(given, mistakes);
  const refuse = (name: SettingName, rule: string) => {
    const { label, text } = given.get(name) ?? { label: `CASTELLAN_${name}`, text: '' };
    const { example, secret } = settingOf(name);
    const value = text && !secret ? ` (it is ${JSON.stringify(text.slice(0, 100))})` : '';
    const written = label.endsWith('castellan.yaml') ? `${name}: ${example}` : `CASTELLAN_${name}=${example}`;
    mistakes.push(`${label} ${rule}${value}, for example ${written}`);
  };
  return {
    mistakes,
    has: (name) => given.has(name),
    read(name, fallback) {
      const entry = settingOf(name);
      const result = entry.schema.safeParse(given.get(name)?.text ?? fallback ?? entry.fallback);
      if (result.success) return result.data;
      refuse(name, result.error.issues[0]?.message ?? 'is wrong');
      return entry.schema.parse(entry.fallback);
    },
    refuse,
  };
}

interface Given {
  /** How the operator wrote the name. */
  readonly label: string;
  readonly text: string;
}

function settingOf<Name extends SettingName>(name: Name): Setting<SettingValue<Name>>;
function settingOf(name: SettingName): Setting<unknown> {
  return settings[name];
}

/** The lines of castellan.yaml as they are written: every scalar is text, whatever YAML would make of it. */
function readYaml(yamlText: string, mistakes: string[]): Map<string, string> {
  const document = parseDocument(yamlText, { schema: 'failsafe', prettyErrors: true });
  const [error] = document.errors;
  if (error) mistakes.push(`castellan.yaml cannot be read: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`);
  const content: unknown = error ? undefined : (document.toJS() ?? undefined);
  const texts = new Map<string, string>();
  if (content === undefined || content === '') return texts;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    mistakes.push('castellan.yaml must be a list of settings, for example PORT: 9000');
    return texts;
  }
  for (const [name, value] of Object.entries(content)) {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (parts.every((part) => typeof part === 'string')) texts.set(name, parts.join(', '));
    else mistakes.push(`${name} in castellan.yaml must be one value or a list of values.`);
  }
  for (const [name, text] of texts) if (text === '') texts.delete(name);
  return texts;
}

/** A secret may come from a file: the value of NAME is the content of the file that NAME_FILE names. */
function takeFiles(given: Map<string, Given>, mistakes: string[], cwd: string): void {
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const file = given.get(`${name}_FILE`);
    if (!setting.secret || !file) continue;
    given.delete(`${name}_FILE`);
    const text = readText(resolve(cwd, file.text))?.trim();
    if (given.has(name)) mistakes.push(`${file.label} and ${given.get(name)?.label} are both set; keep one of them.`);
    else if (!text)
      mistakes.push(
        `${file.label} must name a readable file that is not empty, for example CASTELLAN_${name}_FILE=/run/secrets/${name.toLowerCase()}`,
      );
    else given.set(name, { label: file.label, text });
  }
}

function refuseUnknown(given: ReadonlyMap<string, Given>, mistakes: string[]): void {
  const names = Object.entries<Setting<unknown>>(settings).flatMap(([name, { secret }]) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  for (const [name, { label }] of given) {
    if (names.includes(name)) continue;
    const bare = name.replace(/^CASTELLAN_/i, '');
    const meant = nearest(bare, names) ?? nearest(bare.replace(/_FILE$/, ''), names);
    const prefix = label.startsWith('CASTELLAN_') && !label.endsWith('.yaml') ? 'CASTELLAN_' : '';
    mistakes.push(
      `${label} is not a setting${meant ? `; did you mean ${prefix}${meant}?` : '; README.md lists them.'}`,
    );
  }
}

/** The text of a file, or undefined when it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
