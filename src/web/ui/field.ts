import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';

/** What every field has. `problem` is what the person should change, in one sentence; it marks the field invalid. */
export interface Field {
  readonly name: string;
  readonly label: HtmlValue;
  /** `field-<name>` unless given. */
  readonly id?: string;
  readonly hint?: HtmlValue;
  readonly problem?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** The id of more that describes it, such as `error-message`. */
  readonly describedBy?: string;
}

/** A control under its label, with hint and problem. */
export function labelled(field: Field, control: Html): Html {
  return html`<div class="field"><label for="${idOf(field)}">${field.label}${optional(field)}</label>
${hintOf(field)}${problemOf(field)}${control}</div>`;
}

/** Controls that belong together, under one legend. */
export function fieldset(field: Field, options: readonly Html[]): Html {
  const { 'aria-describedby': describedBy } = stateOf(field);
  return html`<fieldset${attributes({ class: 'field', id: idOf(field), 'aria-describedby': describedBy })}>
<legend>${field.label}</legend>
${hintOf(field)}${problemOf(field)}<div class="choices">${options}</div></fieldset>`;
}

/** A checkbox or radio button with its label. */
export function choice(
  type: 'checkbox' | 'radio',
  field: Field,
  state: { readonly id: string; readonly value: string; readonly checked: boolean },
): Html {
  const withId = { ...field, id: state.id };
  return html`<div class="choice"><input${attributes({
    type,
    ...state,
    name: field.name,
    ...stateOf(withId),
  })}><div><label for="${state.id}">${field.label}</label>${hintOf(withId)}</div></div>`;
}

/** The id of the field's control. */
export const idOf = (field: Field): string => field.id ?? `field-${field.name}`;

const optional = (field: Field): Html | undefined => (field.required === false ? html` <i>optional</i>` : undefined);

const hintOf = (field: Field): Html | undefined =>
  field.hint === undefined ? undefined : html`<p class="hint" id="${idOf(field)}-hint">${field.hint}</p>`;

/** The field's problem, where aria-describedby finds it. */
export const problemOf = (field: Field): Html | undefined =>
  field.problem === undefined ? undefined : html`<p class="problem" id="${idOf(field)}-problem">${field.problem}</p>`;

/** The attributes that say how the field stands. */
export function stateOf(field: Field) {
  const described = [
    field.describedBy,
    field.hint === undefined ? undefined : `${idOf(field)}-hint`,
    field.problem === undefined ? undefined : `${idOf(field)}-problem`,
  ].filter((id) => id !== undefined);
  return {
    required: field.required,
    disabled: field.disabled,
    'aria-invalid': field.problem === undefined ? undefined : 'true',
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
  };
}
