import { type Html, html } from '../../lib/html.ts';
import { signingAlgs } from '../../protocol/tokens/signing-algs.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { radioGroup } from '../ui/form.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { type FormPart, renderParts, summaryOf } from './form-part.ts';
import { choice, flag, line, type MemberField, number, readFields } from './member-field.ts';

/** The form of a resource; one that is registered keeps its identifier. */
export function resourceForm(form: {
  /** Its members, or what was typed for them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
  readonly isRegistered: boolean;
  readonly cancel: string;
}): Html {
  const { values, problems, isRegistered, cancel } = form;
  const parts = partsOf(isRegistered);
  return html`${summaryOf(parts, problems)}${postForm({
    id: 'resource-form',
    body: html`${renderParts(parts, values, problems)}${buttonRow(
      submitButton({ label: isRegistered ? 'Save' : 'Register', id: 'resource-submit' }),
      linkButton({ label: 'Cancel', href: cancel, kind: 'quiet' }),
    )}`,
  })}`;
}

/** What was typed, as members of a resource for the one schema. */
export function readResourceForm(typed: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const fields = partsOf(false).flatMap((part) => part.fields);
  return { ...readFields(fields, typed), identifier: typed.identifier?.trim() ?? '' };
}

/** The format is explained where it is chosen. */
const format: MemberField = {
  member: 'access_token_format',
  label: 'Format',
  id: 'field-access_token_format',
  render: (value, problem) =>
    radioGroup({
      name: 'access_token_format',
      label: 'Format',
      value: value === 'opaque' ? 'opaque' : 'jwt',
      problem,
      options: [
        {
          value: 'jwt',
          label: 'JWT',
          hint: 'A signed text that the API reads by itself, with the published keys. It need not ask anybody, so it takes a token that was revoked until that expires.',
        },
        {
          value: 'opaque',
          label: 'Opaque',
          hint: 'A random text that says nothing. The API asks Castellan about each one (introspection), and so learns at once that it was revoked.',
        },
      ],
    }),
  read: (typed) => typed.access_token_format,
};

const identifier = line('identifier', {
  label: 'Identifier',
  hint: 'Its URI, such as https://wiki.example.com/api. It becomes the audience (aud) of its tokens, and cannot be changed later.',
  code: true,
  maxlength: 500,
});

/** To add a member: add its field to the part where people will look for it. */
const partsOf = (isRegistered: boolean): readonly FormPart[] => [
  {
    heading: 'The API',
    lead: 'A service that applications call with an access token. They name it in the parameter resource, exactly as it is written here.',
    fields: [
      ...(isRegistered ? [] : [identifier]),
      line('name', { label: 'Name', hint: 'Empty: its identifier.', required: false, maxlength: 100 }),
      line('scope', {
        label: 'Scope values',
        hint: 'Those that mean something to it, separated by blanks, such as wiki.read wiki.write. Others stay out of its tokens. Empty: any.',
        required: false,
        code: true,
        maxlength: 4000,
      }),
      flag('open', {
        label: 'Open to every application',
        hint: 'All may ask for its tokens, also those that registered or described themselves. Otherwise only those that have its identifier in their audience may.',
      }),
    ],
  },
  {
    heading: 'Its tokens',
    lead: 'What they look like, and how long they are good for.',
    fields: [
      format,
      line('client_id', {
        label: 'Client ID of the API',
        hint: 'As which it introspects tokens; needed for opaque ones. Register the API as an application of the kind “Machine to machine” first: it proves itself with the secret of that.',
        required: false,
        code: true,
        maxlength: 200,
      }),
      number('access_token_seconds', {
        label: 'Good for at most',
        hint: 'From 30 to 86400. Empty: as long as the application’s other tokens.',
        suffix: 'seconds',
      }),
      choice('access_token_signing_alg', {
        label: 'Signed with',
        hint: 'Only JWTs are signed. With RS256, no application that is held to FAPI 2.0 gets a token for this API.',
        options: [
          { value: '', label: 'What the application has set' },
          ...signingAlgs.map((alg) => ({ value: alg, label: alg })),
        ],
      }),
    ],
  },
];
