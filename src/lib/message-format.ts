/**
 * Texts with arguments, in the ICU MessageFormat: `{name}`, and `{count, plural, one {# day} other {# days}}` with the
 * plural rules of each language. The arguments that a text needs are part of its type. In a plural every branch has a
 * `#` or a blank, for one word in braces is an argument.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import type { Html } from './html.ts';

/** The names of the arguments in a text. */
export type ArgumentsOf<Text extends string> = Text extends `${string}{${infer After}`
  ? NameIn<After> | ArgumentsOf<After>
  : never;

type NameIn<After extends string> = After extends `${infer Name}}${string}`
  ? Name extends `${infer First},${string}`
    ? IsName<First>
    : IsName<Name>
  : never;

type IsName<Name extends string> = Name extends '' | `${string}${' ' | '#' | '{' | ','}${string}` ? never : Name;

type Values<Text extends string, Value> = [ArgumentsOf<Text>] extends [never]
  ? []
  : [values: Readonly<Record<ArgumentsOf<Text>, Value>>];

/** The texts of a part of the house in one language. */
export type Texts<English> = { readonly [Key in keyof English]: string };

/** The same texts in every language. */
export type Catalogue<English> = Readonly<Record<string, Texts<English>>>;

/** Whoever reads: the language, what it has besides texts, and a way to any other catalogue in it. */
export interface Reader {
  /** The language tag (BCP 47). */
  readonly language: string;
  /** The texts of another catalogue in the same language. */
  with<English>(catalogue: Catalogue<English>): Translate<English>;
  /** A moment, in epoch seconds, with its time zone: that of the reader where it is known, otherwise UTC. */
  time(seconds: number): string;
}

/** Gives a text of a catalogue in one language. */
export interface Translate<English> extends Reader {
  /** As plain text. */
  <Key extends keyof English & string>(key: Key, ...values: Values<English[Key] & string, string | number>): string;
  /** As parts for a template, where an argument may be markup. */
  rich<Key extends keyof English & string>(
    key: Key,
    ...values: Values<English[Key] & string, string | number | Html>
  ): (string | number | Html)[];
}

interface Memo<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): unknown;
}

/** Keeps messages that were read before, by language and text. */
export type MessageMemo = Memo<IntlMessageFormat>;

/** Keeps what writes times, by language and time zone: to make one takes half a millisecond. */
export type TimeMemo = Memo<Intl.DateTimeFormat>;

/**
 * The locale by whose customs we write dates, numbers and plurals in one of our languages: our English is British, with
 * the day before the month, which nobody takes for another date, and our Portuguese European.
 */
export function localeOf(language: string): string {
  return { en: 'en-GB', pt: 'pt-PT' }[language] ?? language;
}

/** The texts of a catalogue in a language that it has. Throws for another one, and for a time zone that there is not. */
export function translate<English>(
  catalogue: Catalogue<English>,
  language: string,
  memo: MessageMemo,
  times: TimeMemo = new Map(),
  timeZone = 'UTC',
): Translate<English> {
  const texts = catalogue[language];
  if (texts === undefined) throw new Error(`there are no texts in ${language}`);
  const messageOf = (text: string) => {
    const key = `${language} ${text}`;
    const known = memo.get(key);
    if (known) return known;
    // Markup comes from our templates alone, so that a < in a text is a <.
    const message = new IntlMessageFormat(text, localeOf(language), undefined, { ignoreTag: true });
    memo.set(key, message);
    return message;
  };
  const format = (key: keyof English & string, values: object | undefined) => {
    const text = texts[key];
    if (!text.includes('{') && !text.includes("'")) return text;
    return messageOf(text).format<Html>({ ...values });
  };
  const plain = (key: keyof English & string, values?: object) => {
    const formatted = format(key, values);
    return Array.isArray(formatted) ? formatted.join('') : String(formatted);
  };
  const rich = (key: keyof English & string, values?: object) => [format(key, values)].flat();
  return Object.assign(plain, {
    rich,
    language,
    with: <Other>(other: Catalogue<Other>) => translate(other, language, memo, times, timeZone),
    time: (seconds: number) => writtenTime(seconds, { language, timeZone, times }),
  });
}

/** Such as `23 Nov 2026, 09:05 UTC` or `23 Nov 2026, 10:05 GMT+1`. */
function writtenTime(
  seconds: number,
  { language, timeZone, times }: { readonly language: string; readonly timeZone: string; readonly times: TimeMemo },
): string {
  const formatOf = (name: string, options: Intl.DateTimeFormatOptions) => {
    const key = `${language} ${timeZone} ${name}`;
    const format = times.get(key) ?? new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone });
    times.set(key, format);
    return format;
  };
  const moment = new Date(seconds * 1000);
  const text = formatOf('time', { dateStyle: 'medium', timeStyle: 'short' }).format(moment);
  const zone = formatOf('zone', { timeZoneName: 'shortOffset' }).formatToParts(moment);
  return `${text} ${timeZone === 'UTC' ? 'UTC' : zone.find(({ type }) => type === 'timeZoneName')?.value}`;
}
