import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';

/** What a button is for: the one main act, a side act, one that looks like a link, or one that destroys. */
export type ButtonKind = 'primary' | 'quiet' | 'plain' | 'danger';

/** The button that sends a form; `name` and `value` are sent with it. */
export function submitButton(button: {
  readonly label: HtmlValue;
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  readonly kind?: ButtonKind;
  readonly disabled?: boolean;
  /** As wide as the card. */
  readonly wide?: boolean;
  /** Sends the form even when its fields are not filled in: for Cancel. */
  readonly formnovalidate?: boolean;
}): Html {
  const { label, id, name, value, disabled, formnovalidate } = button;
  const own = { id, name, value, disabled, formnovalidate };
  return html`<button${attributes({ type: 'submit', class: classesOf(button), ...own })}>${label}</button>`;
}

/** A link that looks like a button. */
export function linkButton(button: {
  readonly label: HtmlValue;
  readonly href: string;
  readonly id?: string;
  readonly kind?: ButtonKind;
  readonly wide?: boolean;
}): Html {
  return html`<a${attributes({ class: classesOf(button), id: button.id, href: button.href })}>${button.label}</a>`;
}

/** The row of buttons that ends a form, the main one first. */
export function buttonRow(...buttons: readonly HtmlValue[]): Html {
  return html`<div class="buttons">${buttons}</div>`;
}

/** A form that posts, to the address of its own page unless `action` is given. */
export function postForm(form: {
  readonly action?: string;
  readonly id?: string;
  readonly body: HtmlValue;
  readonly inline?: boolean;
}): Html {
  const { action, id } = form;
  return html`<form${attributes({ method: 'post', action, id, class: form.inline ? 'inline' : undefined })}>${form.body}</form>`;
}

function classesOf({ kind = 'primary', wide }: { readonly kind?: ButtonKind; readonly wide?: boolean }): string {
  return wide ? `button ${kind} wide` : `button ${kind}`;
}
