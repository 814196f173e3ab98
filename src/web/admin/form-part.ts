import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { problemSummary } from '../ui/form.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { disclosure, formSection } from '../ui/section.ts';
import type { MemberField } from './member-field.ts';

/** Fields that stand together under a heading. */
export interface FormPart {
  readonly heading: string;
  readonly lead: HtmlValue;
  readonly fields: readonly MemberField[];
  /** Folded away until asked for, or until something in it is to be changed. */
  readonly isFolded?: boolean;
}

/** The parts of a form with the values of a document, and with what is wrong with them. */
export function renderParts(
  parts: readonly FormPart[],
  values: Readonly<Record<string, unknown>>,
  problems: FormProblems,
): Html[] {
  return parts.map(({ heading, lead, fields, isFolded = false }) => {
    const controls = fields.map(({ member, render }) => render(values[member], problems[member]));
    if (!isFolded) return formSection({ heading, lead, body: html`${controls}` });
    const hasProblem = fields.some(({ member }) => problems[member] !== undefined);
    return disclosure(heading, html`<p class="hint">${lead}</p>${controls}`, hasProblem);
  });
}

/** What is wrong with a form, each sentence under the name of its field and leading to it. */
export function summaryOf(parts: readonly FormPart[], problems: FormProblems): Html | undefined {
  const fields = new Map(parts.flatMap((part) => part.fields).map((field) => [field.member, field]));
  return problemSummary(
    Object.entries(problems).map(([member, message]) => {
      const field = fields.get(member);
      return field ? { text: `${field.label}: ${message}`, fieldId: field.id } : { text: message };
    }),
  );
}
