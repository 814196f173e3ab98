/**
 * The escaping tag. Every page is made with it: values are escaped, and markup can only come from this tag or from
 * `trustedHtml`, so that no text from outside ever becomes markup.
 */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

/** What may stand in a template: `undefined` and `false` print nothing, arrays are joined. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * Markup from a template whose values are escaped. Inside a tag a value must stand in quotes, or be markup made by
 * `attributes`; anything else throws, for there escaping would not hold it.
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = literals[0] ?? '';
  let place = placeAfter(markup, 'text');
  for (const [index, value] of values.entries()) {
    const isMarkup = value instanceof Html || value === undefined || value === false;
    if (place === 'tag' && (!isMarkup || /=\s*$/.test(literals[index] ?? '')))
      throw new Error('an attribute value must be quoted: name="…"');
    const literal = literals[index + 1] ?? '';
    place = placeAfter(literal, place);
    markup += render(value) + literal;
  }
  return new Html(markup);
}

/** For markup that we wrote ourselves and keep in a constant or a file; never for input. */
export function trustedHtml(markup: string): Html {
  return new Html(markup);
}

/** A URL from outside, for `href` or `src`: itself when it is http or https, otherwise undefined. */
export function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

type Place = 'text' | 'tag' | '"' | "'";

/** Where in the markup a literal of ours ends; values do not matter, as none can change the place it stands in. */
function placeAfter(literal: string, before: Place): Place {
  let place = before;
  for (const [token] of literal.matchAll(/<(?=[a-z/])|[>"']/gi)) {
    if (place === 'text') place = token === '<' ? 'tag' : 'text';
    else if (place !== 'tag') place = token === place ? 'tag' : place;
    else if (token === '>') place = 'text';
    else if (token === '"' || token === "'") place = token;
  }
  return place;
}
