import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';
import { submitButton } from './button.ts';

export { badge, notice, type Tone } from './notice.ts';

/** A column of a table: its heading, and what a row shows in it. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => HtmlValue;
  /** `actions` are buttons at the row's end, its heading is for screen readers only. */
  readonly kind?: 'text' | 'number' | 'code' | 'actions';
}

/** A table; on a phone each row becomes a card. The first column names the row, best with a link. */
export function dataTable<Row>(table: {
  /** What is listed, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Shown instead when there are no rows. */
  readonly empty?: Html;
}): Html {
  if (table.rows.length === 0 && table.empty) return table.empty;
  const headings = table.columns.map(
    ({ heading, kind }) =>
      html`<th scope="col" role="columnheader"${attributes({ class: kind && `cell-${kind}` })}>${kind === 'actions' ? html`<span class="unseen">${heading}</span>` : heading}</th>`,
  );
  // The roles stay when the phone's layout takes the table's display away, which some browsers let go with it.
  return html`<div class="table"><table role="table"><caption class="unseen">${table.caption}</caption>
<thead role="rowgroup"><tr role="row">${headings}</tr></thead>
<tbody role="rowgroup">${table.rows.map((row) => tableRow(table.columns, row))}</tbody></table></div>`;
}

/** Terms and their values; with `copy` the value gets a button that copies that text. */
export function definitionList(
  entries: readonly {
    readonly term: HtmlValue;
    readonly value: HtmlValue;
    readonly hint?: HtmlValue;
  }[],
): Html {
  const items = entries.map(
    ({ term, value, hint }) =>
      html`<div><dt>${term}</dt><dd>${value}${hint && html`<p class="hint">${hint}</p>`}</dd></div>`,
  );
  return html`<dl class="definitions">${items}</dl>`;
}

/** A value to be carried elsewhere, whole: an identifier, an address, a secret. `label` says what is copied. */
export function copyable(value: string, label: string): Html {
  return html`<span class="copyable"><code>${value}</code><button${attributes({
    type: 'button',
    class: 'button quiet',
    'data-copy': value,
    hidden: true,
    'aria-label': `Copy ${label}`,
  })}>Copy</button></span>`;
}

/** The way through a list too long for one page. */
export function pagination(pages: {
  readonly first?: string;
  readonly previous?: string;
  readonly next?: string;
  /** Where we are, such as `1 to 50 of 312`. */
  readonly label?: string;
}): Html | undefined {
  const { first, previous, next, label } = pages;
  if (first === undefined && previous === undefined && next === undefined) return undefined;
  return html`<nav class="pagination" aria-label="Pages"><span>${label}</span><div class="buttons">
${first && html`<a class="button quiet" href="${first}">First page</a>`}
${previous && html`<a class="button quiet" rel="prev" href="${previous}">Previous</a>`}
${next && html`<a class="button quiet" rel="next" href="${next}">Next</a>`}</div></nav>`;
}

/** What a list shows when nothing is in it yet: what would be here, and how to put the first one in. */
export function emptyState(state: {
  readonly heading: string;
  readonly text?: HtmlValue;
  readonly action?: HtmlValue;
  readonly icon?: Html;
}): Html {
  const { heading, text, action, icon } = state;
  return html`<div class="empty">${icon}<h2>${heading}</h2>${text && html`<p>${text}</p>`}${action}</div>`;
}

/** Fields that narrow a list down; what they are set to is in its address, and `everything` leads back to all of it. */
export function filterForm(form: {
  readonly fields: readonly Html[];
  readonly isFiltered: boolean;
  readonly everything: string;
}): Html {
  const { fields, isFiltered, everything } = form;
  return html`<form class="filters" role="search">${fields}<div class="buttons">${submitButton({
    label: 'Filter',
    kind: 'quiet',
  })}${isFiltered && html`<a href="${everything}">Show everything</a>`}</div></form>`;
}

/** The field above a list that narrows it down; it asks for the same page with `search`. */
export function searchForm(search: { readonly label: string; readonly value?: string }): Html {
  const { label, value } = search;
  return html`<form class="search" role="search"><input${attributes({
    type: 'search',
    name: 'search',
    value,
    'aria-label': label,
    placeholder: label,
    maxlength: 200,
  })}><button type="submit" class="button quiet">Search</button></form>`;
}

function tableRow<Row>(columns: readonly Column<Row>[], row: Row): Html {
  const cells = columns.map(({ heading, cell, kind }, index) => {
    const content = kind === 'code' ? html`<code>${cell(row)}</code>` : cell(row);
    if (index === 0)
      return html`<th scope="row" role="rowheader"${attributes({ class: kind && `cell-${kind}` })}>${content}</th>`;
    return html`<td role="cell" data-label="${heading}"${attributes({ class: kind && `cell-${kind}` })}>${content}</td>`;
  });
  return html`<tr role="row">${cells}</tr>`;
}
