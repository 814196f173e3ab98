import { invalidRequest } from './errors.ts';

/** Bounds of a query or form: more than this no client needs. */
const maximumParameters = 100;
const maximumNameLength = 200;
const maximumValueLength = 16_384;

/** The names that may come more than once (RFC 8707 §2). */
const lists: ReadonlySet<string> = new Set(['resource']);

/** A query or form, decoded once. */
export interface ParsedParameters {
  /**
   * Values by exact name, without a prototype. Empty values count as omitted (RFC 6749 §3.1), repeated ones are left out.
   * The values of a name that may be repeated are one text, separated by blanks, with their own blanks encoded.
   */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** Names that came more than once and must not. */
  readonly repeated: readonly string[];
}

/**
 * Decodes `application/x-www-form-urlencoded` text. No bracket of a name means anything. Throws `invalid_request` on
 * too many or too long parameters, on bytes that are not UTF-8, and on NUL. `longestValue` is in characters.
 */
export function parseParameters(text: string, longestValue = maximumValueLength): ParsedParameters {
  const parameters: Record<string, string | undefined> = Object.create(null);
  const names = new Set<string>();
  const repeated = new Set<string>();
  const pairs = text === '' ? [] : text.split('&', maximumParameters + 1);
  if (pairs.length > maximumParameters) throw invalidRequest(`more than ${maximumParameters} parameters`);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    if (name.length > maximumNameLength || value.length > longestValue) throw invalidRequest('a parameter is too long');
    if (lists.has(name)) {
      const before = parameters[name] === undefined ? '' : `${parameters[name]} `;
      if (value !== '') parameters[name] = before + listText([value]);
      continue;
    }
    if (names.has(name)) repeated.add(name);
    names.add(name);
    if (value !== '') parameters[name] = value;
  }
  for (const name of repeated) delete parameters[name];
  return { parameters, repeated: [...repeated] };
}

/** The values of a parameter that may be repeated, as the one text that ParsedParameters has for them. */
export function listText(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(' ', '%20')).join(' ');
}

/** The parameters of a request in which nothing may be repeated. Throws `invalid_request` naming the repeated one. */
export function requireUnrepeated({ parameters, repeated }: ParsedParameters): ParsedParameters['parameters'] {
  if (repeated.length > 0) throw invalidRequest(`the parameter ${repeated[0]?.slice(0, 50)} is repeated`);
  return parameters;
}

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest('the parameters are not form-urlencoded UTF-8');
  }
  if (decoded.includes('\0')) throw invalidRequest('a parameter contains NUL');
  return decoded;
}
