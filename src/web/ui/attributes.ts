import { escapeHtml, type Html, trustedHtml } from '../../lib/html.ts';

/** What an attribute may be: `true` is the bare name, `undefined` and `false` leave it out. */
export type AttributeValue = string | number | boolean | undefined;

/** Attributes of an element, each quoted and escaped, with a blank before each. Throws on a name that is none. */
export function attributes(values: Readonly<Record<string, AttributeValue>>): Html {
  let markup = '';
  for (const [name, value] of Object.entries(values)) {
    if (!/^[a-z][a-z0-9-]*$/.test(name) || /^on/.test(name)) throw new Error(`${name} is no attribute for our pages`);
    if (value === undefined || value === false) continue;
    markup += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  }
  return trustedHtml(markup);
}
