import { type Html, html } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';
import { attributes } from './attributes.ts';
import { uiTexts } from './texts/index.ts';

/**
 * A block of text as machines see it; it scrolls by itself, so the keyboard can reach it. `label` names it. Without a
 * reader its button is in English, for the console.
 */
export function codeBlock(text: string, label: string, reader?: Reader): Html {
  const copy = reader?.with(uiTexts)('copy') ?? 'Copy';
  return html`<figure class="code-block"><figcaption>${label}<button${attributes({
    type: 'button',
    class: 'button quiet',
    'data-copy': text,
    hidden: true,
    'aria-label': reader ? `${copy}: ${label}` : `${copy} ${label}`,
  })}>${copy}</button></figcaption><pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre></figure>`;
}

/** A value as indented JSON. */
export function jsonBlock(value: unknown, label: string): Html {
  return codeBlock(JSON.stringify(value, undefined, 2) ?? 'undefined', label);
}
