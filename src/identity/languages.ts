/**
 * The languages in which Castellan speaks to the people who sign in. To add one: write its entry here, and its file in
 * every `texts` folder; the checker and test/web/languages.test.ts tell what is missing. The console speaks English.
 */
import type { Context } from '../context.ts';
import { type Catalogue, type Texts, type Translate, translate } from '../lib/message-format.ts';
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

/** The texts of a catalogue in one language, such as that of the person a mail goes to. */
export function textsIn<English>(context: Context, language: Language, texts: Catalogue<English>): Translate<English> {
  return translate(texts, language, context.memos.messages, context.memos.times);
}

/** The language in which we write to a person: that of the claim `locale`, otherwise English. */
export function languageOfUser({ claims }: User): Language {
  return matching(typeof claims.locale === 'string' ? [claims.locale] : []) ?? 'en';
}

/** The first of these tags that we speak, if only in its main form: `de-AT` is German. */
export function matching(wanted: readonly string[]): Language | undefined {
  for (const tag of wanted.slice(0, 20)) {
    const lower = tag.toLowerCase();
    const found = tags.find((known) => lower === known || lower.startsWith(`${known}-`));
    if (found) return found;
  }
  return undefined;
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}
