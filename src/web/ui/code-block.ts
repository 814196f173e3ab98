import { type Html, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';

/** A block of text as machines see it; it scrolls by itself, so the keyboard can reach it. `label` names it. */
export function codeBlock(text: string, label: string): Html {
  return html`<figure class="code-block"><figcaption>${label}<button${attributes({
    type: 'button',
    class: 'button quiet',
    'data-copy': text,
    hidden: true,
    'aria-label': `Copy ${label}`,
  })}>Copy</button></figcaption><pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre></figure>`;
}

/** A value as indented JSON. */
export function jsonBlock(value: unknown, label: string): Html {
  return codeBlock(JSON.stringify(value, undefined, 2) ?? 'undefined', label);
}
