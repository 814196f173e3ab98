/**
 * The languages in which Castellan speaks to the people who sign in. To add one: write its entry here, and its file in
 * every `texts` folder; the checker and test/web/languages.test.ts tell what is missing. The console speaks English.
 */
import type { Context } from '../context.ts';
import { type Catalogue, localeOf, type Texts, type Translate, translate } from '../lib/message-format.ts';
import type { User } from '../storage/user-row.ts';

/** By tag (BCP 47), each with its own name for itself. */
export const languages = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  it: { name: 'Italiano', dir: 'ltr' },
  pt: { name: 'Português', dir: 'ltr' },
  nl: { name: 'Nederlands', dir: 'ltr' },
  pl: { name: 'Polski', dir: 'ltr' },
  ja: { name: '日本語', dir: 'ltr' },
  zh: { name: '中文', dir: 'ltr' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>>;

export type Language = keyof typeof languages;

const tags = Object.keys(languages).filter(isLanguage);
/** The same texts in every language; the English ones say which there are and what arguments they take. */
export function catalogue<const English extends Texts<English>>(
  texts: { readonly en: English } & Readonly<Record<Exclude<Language, 'en'>, Texts<English>>>,
): Catalogue<English> {
  return texts;
}

/** The texts of a catalogue in one language, such as that of the person a mail goes to; times are in the time zone. */
export function textsIn<English>(
  context: Context,
  language: Language,
  texts: Catalogue<English>,
  timeZone?: string,
): Translate<English> {
  return translate(texts, language, context.memos.messages, context.memos.times, timeZone);
}

/** The language in which we write to a person: that of the claim `locale`, otherwise English. */
export function languageOfUser({ claims }: User): Language {
  return matching(typeof claims.locale === 'string' ? [claims.locale] : []) ?? 'en';
}

/** The time zone of a person: that of the claim `zoneinfo`, otherwise undefined. */
export function timeZoneOfUser({ claims }: User): string | undefined {
  return typeof claims.zoneinfo === 'string' ? claims.zoneinfo : undefined;
}

/** A day, such as `30 November 2026`, in a language; `seconds` is a moment of it in the time zone. */
export function dayIn(language: Language, seconds: number, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone }).format(seconds * 1000);
}

/**
 * The first of these tags that we speak, if only in its main form: `de-AT` is German, and so is `de_AT`, which some
 * programs write. Whoever reads Chinese in traditional characters gets the simplified ones rather than English.
 */
export function matching(wanted: readonly string[]): Language | undefined {
  for (const tag of wanted.slice(0, 20)) {
    const lower = tag.toLowerCase().replaceAll('_', '-');
    const found = tags.find((known) => lower === known || lower.startsWith(`${known}-`));
    if (found) return found;
  }
  return undefined;
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}
