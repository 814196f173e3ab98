/** In which of our languages (src/identity/languages.ts) a page speaks to whoever asked for it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Context } from '../../context.ts';
import { isLanguage, type Language, matching, textsIn } from '../../identity/languages.ts';
import { OAuthError } from '../../lib/errors.ts';
import type { Catalogue, Translate } from '../../lib/message-format.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import { queryOf } from './form-body.ts';

export { catalogue, isLanguage, type Language, languages, matching, textsIn } from '../../identity/languages.ts';

const cookie = 'language';
const cookieSeconds = 365 * 24 * 60 * 60;

/** The texts of a catalogue in the language of whoever sent this request, with times in their time zone if noted. */
export function textsFor<English>(
  context: Context,
  request: FastifyRequest,
  texts: Catalogue<English>,
): Translate<English> {
  return textsIn(context, languageOf(context, request), texts, timeZoneOf.get(request));
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

/** Notes the time zone of the person who sent this request, once it is known. */
export function noteTimeZone(request: FastifyRequest, timeZone: string | undefined): void {
  if (timeZone !== undefined) timeZoneOf.set(request, timeZone);
}

/** Remembers in this browser which language the person wants. */
export function rememberLanguage(context: Context, reply: FastifyReply, language: Language): void {
  setCookie(context, reply, cookie, language, cookieSeconds);
}

/** Forgets it, so that what the browser prefers holds again. */
export function forgetLanguage(context: Context, reply: FastifyReply): void {
  clearCookie(context, reply, cookie);
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
const timeZoneOf = new WeakMap<FastifyRequest, string>();
