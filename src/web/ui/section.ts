import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';

/** A part of a console page under its own heading. */
export function section(part: {
  readonly heading: string;
  readonly lead?: HtmlValue;
  readonly body: HtmlValue;
  readonly id?: string;
  /** Buttons beside the heading. */
  readonly actions?: HtmlValue;
}): Html {
  const { heading, lead, body, id, actions } = part;
  return html`<section${attributes({ class: 'section', id })}>
<div class="section-heading"><div><h2>${heading}</h2>${lead && html`<p class="hint">${lead}</p>`}</div>${actions && html`<div class="actions">${actions}</div>`}</div>
<div class="section-body">${body}</div></section>`;
}

/** A part of a long form: heading and explanation beside the fields on a wide screen, above them on a phone. */
export function formSection(part: {
  readonly heading: string;
  readonly lead?: HtmlValue;
  readonly body: HtmlValue;
  readonly id?: string;
  /** Without a panel of its own, for a body of disclosures. */
  readonly plain?: boolean;
}): Html {
  const { heading, lead, body, id, plain } = part;
  return html`<section${attributes({ class: 'form-section', id })}>
<div><h2>${heading}</h2>${lead && html`<p class="hint">${lead}</p>`}</div>
<div class="${plain ? 'stack' : 'panel'}">${body}</div></section>`;
}

/** The place of acts that cannot be undone, at the page's end. Each has a heading, a sentence and its form. */
export function dangerZone(
  acts: readonly { readonly heading: string; readonly text: HtmlValue; readonly action: HtmlValue }[],
): Html {
  const items = acts.map(
    ({ heading, text, action }) => html`<div><div><h3>${heading}</h3><p class="hint">${text}</p></div>${action}</div>`,
  );
  return html`<section class="danger-zone"><h2>Danger zone</h2><div class="panel">${items}</div></section>`;
}

/** What few need to see, folded away until asked for. */
export function disclosure(summary: string, body: HtmlValue, open = false): Html {
  return html`<details${attributes({ class: 'disclosure', open })}><summary>${summary}</summary><div>${body}</div></details>`;
}
