/**
 * The languages in which Castellan speaks to the people who sign in. To add one: write its entry here, and its file in
 * every `texts` folder; the checker and test/web/languages.test.ts tell what is missing. The console speaks English.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Context } from '../../context.ts';
import { OAuthError } from '../../lib/errors.ts';
import { type Catalogue, type Texts, type Translate, translate } from '../../lib/message-format.ts';
import { readCookie, setCookie } from './cookies.ts';
import { queryOf } from './form-body.ts';

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
const cookie = 'language';
const cookieSeconds = 365 * 24 * 60 * 60;

/** The same texts in every language; the English ones say which there are and what arguments they take. */
export function catalogue<const English extends Texts<English>>(
  texts: { readonly en: English } & Readonly<Record<Exclude<Language, 'en'>, Texts<English>>>,
): Catalogue<English> {
  return texts;
}

/** The texts of a catalogue in the language of whoever sent this request. */
export function textsFor<English>(
  context: Context,
  request: FastifyRequest,
  texts: Catalogue<English>,
): Translate<English> {
  return textsIn(context, languageOf(context, request), texts);
}

/** The texts of a catalogue in one language, such as that of the person a mail goes to. */
export function textsIn<English>(context: Context, language: Language, texts: Catalogue<English>): Translate<English> {
  return translate(texts, language, context.memos.messages);
}

/**
 * The language of the pages for this request: what the application asks for (ui_locales, OpenID Connect Core §3.1.2.1),
 * then what the person chose, then what the browser prefers, then English.
 */
export function languageOf(context: Context, request: FastifyRequest): Language {
  const asked = uiLocalesOf.get(request) ?? uiLocalesIn(request);
  return matching(asked?.split(' ') ?? []) ?? chosenLanguage(context, request) ?? preferredLanguage(request) ?? 'en';
}

/** Whether the application of this request asks for a language that we speak. */
export function isLanguageAsked(request: FastifyRequest): boolean {
  const asked = uiLocalesOf.get(request) ?? uiLocalesIn(request);
  return matching(asked?.split(' ') ?? []) !== undefined;
}

/** Notes what the application of this request asks for, once the continuation has been read. */
export function noteUiLocales(request: FastifyRequest, ui_locales: string | undefined): void {
  if (ui_locales !== undefined) uiLocalesOf.set(request, ui_locales.slice(0, 200));
}

/** Remembers in this browser which language the person wants. */
export function rememberLanguage(context: Context, reply: FastifyReply, language: Language): void {
  setCookie(context, reply, cookie, language, cookieSeconds);
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

/** A request that nobody can read gets its error page all the same. */
function uiLocalesIn(request: FastifyRequest): string | undefined {
  try {
    return queryOf(request).parameters.ui_locales;
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}

function chosenLanguage(context: Context, request: FastifyRequest): Language | undefined {
  const chosen = readCookie(context, request, cookie);
  return chosen !== undefined && isLanguage(chosen) ? chosen : undefined;
}

function preferredLanguage(request: FastifyRequest): Language | undefined {
  const header = request.headers['accept-language'];
  if (header === undefined || header.length > 500) return undefined;
  return matching(new Negotiator({ headers: { 'accept-language': header } }).languages());
}

// Not state: what was found out about one request, forgotten with it.
const uiLocalesOf = new WeakMap<FastifyRequest, string>();
