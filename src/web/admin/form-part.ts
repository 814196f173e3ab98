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
): Html {
  const controlsOf = (part: FormPart) =>
    part.fields.map(({ member, render }) => render(values[member], problems[member]));
  const hasProblem = (part: FormPart) => part.fields.some(({ member }) => problems[member] !== undefined);
  const folded = parts
    .filter(({ isFolded }) => isFolded)
    .map((part) =>
      disclosure(part.heading, html`<p class="hint">${part.lead}</p>${controlsOf(part)}`, hasProblem(part)),
    );
  return html`${parts
    .filter(({ isFolded }) => !isFolded)
    .map((part) => formSection({ ...part, body: controlsOf(part) }))}${
    folded.length > 0 &&
    formSection({ heading: 'More', lead: 'Rarely needed; open what you want to see.', body: folded, plain: true })
  }`;
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
