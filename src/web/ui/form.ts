import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';
import { choice, type Field, fieldset, idOf, labelled, problemOf, stateOf } from './field.ts';
import { icon } from './icon.ts';

export type { Field } from './field.ts';

export interface TextField extends Field {
  readonly value?: string | number;
  readonly type?: 'text' | 'email' | 'url' | 'tel' | 'number' | 'search' | 'date';
  readonly autocomplete?: string;
  readonly autofocus?: boolean;
  readonly inputmode?: 'text' | 'numeric' | 'email' | 'url' | 'tel' | 'search';
  readonly maxlength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly placeholder?: string;
  readonly readonly?: boolean;
  /** For identifiers, codes and addresses: monospace, no spelling, no capital letters. */
  readonly code?: boolean;
  /** Stands behind the input, such as a unit. */
  readonly suffix?: string;
  /** A narrow input for short values. */
  readonly short?: boolean;
}

export interface PasswordField extends Field {
  /** `current-password` unless given. */
  readonly autocomplete?: 'current-password' | 'new-password';
  readonly autofocus?: boolean;
  readonly minlength?: number;
}

export interface TextArea extends Field {
  readonly value?: string;
  readonly rows?: number;
  readonly code?: boolean;
  readonly maxlength?: number;
  readonly placeholder?: string;
}

export interface Option {
  readonly value: string;
  readonly label: HtmlValue;
  readonly hint?: HtmlValue;
  readonly disabled?: boolean;
}

export interface SelectField extends Field {
  readonly value?: string;
  readonly options: readonly Option[];
}

export interface RadioGroup extends Field {
  readonly value?: string;
  readonly options: readonly Option[];
}

export interface CheckboxGroup extends Field {
  readonly values?: readonly string[];
  readonly options: readonly Option[];
}

/** A line to type in. */
export function textField(field: TextField): Html {
  const id = idOf(field);
  const input = html`<input${attributes({
    class: field.short ? 'short' : undefined,
    id,
    name: field.name,
    type: field.type ?? 'text',
    value: field.value,
    autocomplete: field.autocomplete ?? 'off',
    autofocus: field.autofocus,
    inputmode: field.inputmode,
    maxlength: field.maxlength,
    min: field.min,
    max: field.max,
    pattern: field.pattern,
    placeholder: field.placeholder,
    readonly: field.readonly,
    ...(field.code && { 'data-code': true, spellcheck: 'false', autocapitalize: 'none', autocorrect: 'off' }),
    ...stateOf(field),
  })}>`;
  const control = field.suffix ? html`<div class="suffixed">${input}<span>${field.suffix}</span></div>` : input;
  return labelled(field, control);
}

/** A password, never with a value; `page.js` adds the button that shows it. */
export function passwordField(field: PasswordField): Html {
  return labelled(
    field,
    html`<div class="password"><input${attributes({
      id: idOf(field),
      name: field.name,
      type: 'password',
      autocomplete: field.autocomplete ?? 'current-password',
      autofocus: field.autofocus,
      minlength: field.minlength,
      spellcheck: 'false',
      autocapitalize: 'none',
      ...stateOf(field),
    })}><button type="button" class="quiet" data-show-password hidden>Show</button></div>`,
  );
}

/** Lines to type in, such as one address a line. */
export function textArea(field: TextArea): Html {
  return labelled(
    field,
    html`<textarea${attributes({
      id: idOf(field),
      name: field.name,
      rows: field.rows ?? 3,
      maxlength: field.maxlength,
      placeholder: field.placeholder,
      ...(field.code && { 'data-code': true, spellcheck: 'false', autocapitalize: 'none' }),
      ...stateOf(field),
    })}>\n${field.value}</textarea>`,
  );
}

/** One of a few, in a menu. */
export function selectField(field: SelectField): Html {
  const options = field.options.map(
    ({ value, label, disabled }) =>
      html`<option${attributes({ value, selected: value === field.value, disabled })}>${label}</option>`,
  );
  return labelled(
    field,
    html`<select${attributes({ id: idOf(field), name: field.name, ...stateOf(field) })}>${options}</select>`,
  );
}

/** A yes or no; checked it sends `value` (`true` unless given), unchecked nothing. */
export function checkbox(field: Field & { readonly value?: string; readonly checked?: boolean }): Html {
  return html`<div class="field">${choice('checkbox', field, {
    id: idOf(field),
    value: field.value ?? 'true',
    checked: field.checked ?? false,
  })}${problemOf(field)}</div>`;
}

/** Any of a few. Each option is a field of its own, `<name>:<value>`; read them with `checkedValues`. */
export function checkboxGroup(group: CheckboxGroup): Html {
  const options = group.options.map((option, index) =>
    choice(
      'checkbox',
      { ...option, name: `${group.name}:${option.value}` },
      { id: `${idOf(group)}-${index}`, value: 'true', checked: group.values?.includes(option.value) ?? false },
    ),
  );
  return fieldset(group, options);
}

/** The values that were checked in a `checkboxGroup`, in the order of `options`. */
export function checkedValues(
  parameters: Readonly<Record<string, string | undefined>>,
  name: string,
  options: Iterable<string>,
): string[] {
  return [...options].filter((value) => parameters[`${name}:${value}`] !== undefined);
}

/** One of a few, all in sight. */
export function radioGroup(group: RadioGroup): Html {
  const options = group.options.map((option, index) =>
    choice(
      'radio',
      { ...option, name: group.name, required: group.required ?? false },
      { id: `${idOf(group)}-${index}`, value: option.value, checked: option.value === group.value },
    ),
  );
  return fieldset(group, options);
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** What went wrong with what was sent, above the form; each problem may lead to its field. Nothing when all is well. */
export function problemSummary(
  problems: readonly (string | { readonly text: string; readonly fieldId?: string })[],
): Html | undefined {
  if (problems.length === 0) return undefined;
  const items = problems.map((problem) => {
    if (typeof problem === 'string') return html`${problem}`;
    return problem.fieldId ? html`<a href="#${problem.fieldId}">${problem.text}</a>` : html`${problem.text}`;
  });
  const content =
    items.length === 1 ? html`<p>${items}</p>` : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  return html`<div id="error-message" class="notice bad" role="alert" tabindex="-1">${icon('warning')}<div>${content}</div></div>`;
}
