/**
 * Fields of a form, each for one member of a document such as client metadata: how it is shown and how it is read are
 * said in one place, so that the two cannot differ. What a value must be, the document's schema alone decides; a field
 * hands it on as it was typed.
 */
import type { Html, HtmlValue } from '../../lib/html.ts';
import {
  checkbox,
  checkboxGroup,
  checkedValues,
  type Option,
  selectField,
  type TextField,
  textArea,
  textField,
} from '../ui/form.ts';

type Typed = Readonly<Record<string, string | undefined>>;

export interface MemberField {
  readonly member: string;
  readonly label: string;
  /** The element to which a problem leads. */
  readonly id: string;
  /** The field with a value of the member, or with what was typed for one. */
  readonly render: (value: unknown, problem?: string) => Html;
  /** What was typed; undefined when nothing was. */
  readonly read: (typed: Typed) => unknown;
}

interface Description {
  readonly label: string;
  readonly hint?: HtmlValue;
}

/** One line of text. */
export function line(
  member: string,
  { label, ...field }: Description & Omit<Partial<TextField>, 'name' | 'label' | 'value' | 'problem' | 'id'>,
): MemberField {
  return describe(member, label, {
    render: (value, problem) => textField({ ...field, name: member, label, value: textOf(value), problem }),
    read: (typed) => typed[member]?.trim() || undefined,
  });
}

/** A list, one entry a line. */
export function lines(member: string, { label, hint, code = true }: Description & { code?: boolean }): MemberField {
  return describe(member, label, {
    render: (value, problem) =>
      textArea({ name: member, label, hint, code, value: stringsOf(value).join('\n'), rows: 2, problem }),
    read: (typed) => linesIn(typed[member]),
  });
}

/** Text of several lines. */
export function paragraph(member: string, { label, ...field }: Description & { code?: boolean }): MemberField {
  return describe(member, label, {
    render: (value, problem) => textArea({ ...field, name: member, label, value: textOf(value), rows: 2, problem }),
    read: (typed) => typed[member],
  });
}

/** A JSON document; what is none stays text, for the schema to refuse. */
export function json(member: string, { label, hint }: Description): MemberField {
  return describe(member, label, {
    render: (value, problem) => {
      const text = value === undefined || typeof value === 'string' ? value : JSON.stringify(value, null, 2);
      return textArea({ name: member, label, hint, code: true, value: text, rows: 4, problem });
    },
    read: (typed) => {
      const text = typed[member]?.trim() || undefined;
      try {
        return text === undefined ? undefined : JSON.parse(text);
      } catch {
        return text;
      }
    },
  });
}

/** A whole number; what is none stays text, for the schema to refuse. */
export function number(member: string, { label, hint, suffix }: Description & { suffix: string }): MemberField {
  return describe(member, label, {
    render: (value, problem) =>
      textField({
        name: member,
        label,
        hint,
        suffix,
        inputmode: 'numeric',
        short: true,
        value: textOf(value),
        problem,
      }),
    read: (typed) => {
      const text = typed[member]?.trim();
      return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text || undefined;
    },
  });
}

/** Yes or no. */
export function flag(member: string, { label, hint }: Description): MemberField {
  return describe(member, label, {
    render: (value, problem) => checkbox({ name: member, label, hint, checked: value === true, problem }),
    read: (typed) => typed[member] !== undefined,
  });
}

/** One of a few. An option with an empty value leaves the member out. */
export function choice(
  member: string,
  { label, hint, options }: Description & { options: readonly Option[] },
): MemberField {
  return describe(member, label, {
    render: (value, problem) => selectField({ name: member, label, hint, options, value: textOf(value), problem }),
    read: (typed) => typed[member],
  });
}

/** Any of a few. */
export function choices(
  member: string,
  { label, hint, options }: Description & { options: readonly Option[] },
): MemberField {
  return describe(member, label, {
    render: (value, problem) =>
      checkboxGroup({ name: member, label, hint, options, values: stringsOf(value), problem }),
    read: (typed) =>
      checkedValues(
        typed,
        member,
        options.map((option) => option.value),
      ),
  });
}

/** Everything that was typed into these fields, by member. */
export function readFields(fields: readonly MemberField[], typed: Typed): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.member, field.read(typed)]));
}

/** Entries of a text area, one a line, without the empty ones. */
export function linesIn(text: string | undefined): string[] {
  return (text ?? '')
    .split(/\r?\n/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** A list of texts, whatever else there may be. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

function describe(member: string, label: string, field: Pick<MemberField, 'render' | 'read'>): MemberField {
  return { member, label, id: `field-${member}`, ...field };
}
