import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { type ButtonKind, buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';

/** A question before something happens: what it means, the button that does it, and the way back. */
export function confirmation(question: {
  readonly text?: HtmlValue;
  /** More fields of the form. */
  readonly fields?: HtmlValue;
  readonly action: string;
  readonly kind?: ButtonKind;
  readonly cancel: string;
}): Html {
  const { text, fields, action, kind = 'danger', cancel } = question;
  return html`<div class="panel narrow">${postForm({
    body: html`${text && html`<div>${text}</div>`}${fields}${buttonRow(
      submitButton({ label: action, kind, id: 'confirm' }),
      linkButton({ label: 'Cancel', href: cancel, kind: 'quiet' }),
    )}`,
  })}</div>`;
}
