import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';
import { isLanguageAsked, languageOf, languages, textsFor } from './languages.ts';
import { uiTexts } from './texts/index.ts';

/**
 * The menu of languages that ends a page. Not on the answer to a form, which nobody can come back to, and not where the
 * application has chosen the language.
 */
export function languageMenu(context: Context, request: FastifyRequest): Html | undefined {
  if (request.method !== 'GET' || isLanguageAsked(request)) return undefined;
  const t = textsFor(context, request, uiTexts);
  const current = languageOf(context, request);
  const options = Object.entries(languages).map(
    ([tag, { name }]) =>
      html`<option${attributes({ value: tag, lang: tag, selected: tag === current })}>${name}</option>`,
  );
  return html`<form method="post" action="/language" class="language-menu">
<input type="hidden" name="return" value="${request.url}">
<label><span class="unseen">${t('language')}</span><select name="language">${options}</select></label>
<button type="submit" class="button quiet">${t('changeLanguage')}</button></form>`;
}
