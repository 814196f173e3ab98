import type { Context } from '../../../context.ts';
import { OAuthError } from '../../../lib/errors.ts';
import { type Html, html } from '../../../lib/html.ts';
import type { MetadataProblem } from '../../../protocol/client-metadata.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { type FormPart, renderParts, summaryOf } from '../form-part.ts';
import { readFields, stringsOf } from '../member-field.ts';
import { clientFormParts } from './form-parts.ts';

export interface ClientForm {
  /** Metadata, or what was typed for it. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
  /** What more the form asks for. */
  readonly more?: readonly FormPart[];
  readonly hidden?: Html;
  readonly submit: string;
  readonly cancel: string;
}

/** The form of a client's metadata. */
export function clientForm(context: Context, form: ClientForm): Html {
  const { values, problems, more = [], hidden, submit, cancel } = form;
  const signsPeopleIn = stringsOf(values.grant_types).includes('authorization_code');
  const parts = [...clientFormParts(context, { signsPeopleIn }), ...more];
  return html`${summaryOf(parts, problems)}${postForm({
    id: 'client-form',
    body: html`${hidden}${renderParts(parts, values, problems)}${buttonRow(
      submitButton({ label: submit, id: 'client-submit' }),
      linkButton({ label: 'Cancel', href: cancel, kind: 'quiet' }),
    )}`,
  })}`;
}

/** What was typed, as metadata for the one schema; members that the form does not have stay as they were. */
export function readClientForm(
  context: Context,
  typed: Readonly<Record<string, string | undefined>>,
  before: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const fields = clientFormParts(context, { signsPeopleIn: true }).flatMap((part) => part.fields);
  return { ...before, ...readFields(fields, typed) };
}

/** The problems of metadata for the fields of the form, in sentences. */
export function formProblems(problems: readonly MetadataProblem[]): FormProblems {
  const byMember: Record<string, string> = {};
  for (const { member, message } of problems) {
    const before = byMember[member];
    byMember[member] = before === undefined ? sentence(message) : `${before} ${sentence(message)}`;
  }
  return byMember;
}

/** The problem that a refusal of the registration itself tells of; undefined for any other error. */
export function problemOfRefusal(error: unknown): FormProblems | undefined {
  if (!(error instanceof OAuthError) || error.status !== 400) return undefined;
  const [, member, message] = /^([a-z_]+): (.+)$/s.exec(error.error_description) ?? [];
  return formProblems([{ member: member ?? '', message: message ?? error.error_description }]);
}

/** Words become a sentence; URIs and names of the protocol stay as they are. */
function sentence(message: string): string {
  const text = /^[a-z]+ /.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
