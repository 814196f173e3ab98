import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { type IconName, icon } from './icon.ts';

/** How something stands, or what it warns of. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = { neutral: 'info', good: 'check', warning: 'warning', bad: 'warning' };

/** A word or two on how a thing stands. */
export function badge(label: string, tone: Tone = 'neutral'): Html {
  return html`<span class="badge ${tone}">${label}</span>`;
}

/** A box with something to be read before going on. */
export function notice(tone: Tone, body: HtmlValue, heading?: string): Html {
  return html`<div class="notice ${tone}">${icon(icons[tone])}<div>${heading && html`<p class="notice-heading">${heading}</p>`}<div>${body}</div></div></div>`;
}
