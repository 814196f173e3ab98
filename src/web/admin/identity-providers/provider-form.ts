import { type Html, html } from '../../../lib/html.ts';
import type { IdentityProviderKind } from '../../../protocol/identity-providers/index.ts';
import type { ProviderProblem } from '../../../protocol/identity-providers/registered-providers.ts';
import { upstreamAuthenticationMethods } from '../../../protocol/identity-providers/settings.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { passwordField } from '../../ui/form.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { type FormPart, renderParts, summaryOf } from '../form-part.ts';
import { choice, flag, line, lines, type MemberField, readFields } from '../member-field.ts';

/** The form of an identity provider of one kind; one that is set up keeps its name and its place. */
export function providerForm(form: {
  readonly kind: IdentityProviderKind;
  readonly isSetUp: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
  readonly hidden?: Html;
  readonly cancel: string;
}): Html {
  const { kind, isSetUp, values, problems, hidden, cancel } = form;
  const parts = partsOf(kind, isSetUp);
  return html`${summaryOf(parts, problems)}${postForm({
    id: 'provider-form',
    body: html`${hidden}${renderParts(parts, values, problems)}${buttonRow(
      submitButton({ label: isSetUp ? 'Save' : 'Add', id: 'provider-submit' }),
      linkButton({ label: 'Cancel', href: cancel, kind: 'quiet' }),
    )}`,
  })}`;
}

/** What was typed: the name, the settings for their schema, and the secret, undefined when none was. */
export function readProviderForm(
  kind: IdentityProviderKind,
  typed: Readonly<Record<string, string | undefined>>,
): {
  readonly name: string;
  readonly settings: Record<string, unknown>;
  readonly client_secret: string | undefined;
} {
  const fields = partsOf(kind, false).flatMap((part) => part.fields);
  const { name, client_secret, ...settings } = readFields(fields, typed);
  return {
    name: typeof name === 'string' ? name : '',
    settings: { ...settings, kind: kind.name },
    client_secret: typeof client_secret === 'string' ? client_secret : undefined,
  };
}

/** The problems of a provider for the fields of the form, in sentences. */
export function providerProblems(problems: readonly ProviderProblem[]): FormProblems {
  return Object.fromEntries(
    problems.map(({ member, message }) => {
      const sentence = message.charAt(0).toUpperCase() + message.slice(1);
      return [member, /[.?!]$/.test(sentence) ? sentence : `${sentence}.`];
    }),
  );
}

const partsOf = (kind: IdentityProviderKind, isSetUp: boolean): readonly FormPart[] => [
  {
    heading: 'The provider',
    lead: kind.guide,
    fields: [
      line('label', {
        label: 'Name on the button',
        hint: 'People read “Continue with …”.',
        required: true,
        maxlength: 60,
      }),
      ...(isSetUp ? [] : [nameField, ...placeFields(kind)]),
      line('client_id', { label: 'Client ID', required: true, code: true, maxlength: 300 }),
      secretField(isSetUp),
    ],
  },
  {
    heading: 'New people',
    lead: 'Whoever has an account here can connect it. This is about those who have none.',
    fields: [
      flag('creates_users', {
        label: 'Make accounts for new people',
        hint: 'At their first sign-in, after they have checked their name. Otherwise they are asked to connect an account.',
      }),
      lines('groups', { label: 'Groups of new accounts', hint: 'One a line.', code: false }),
      lines('email_domains', {
        label: 'Only for e-mail addresses at',
        hint: 'Domains, one a line, such as example.com. Empty: any. Needs the next switch.',
      }),
      flag('trusts_email_verified', {
        label: 'Believe which addresses it has verified',
        hint: kind.tellsEmailVerified
          ? 'An address then counts as verified here when the provider says so. Nobody is ever connected by an address.'
          : `${kind.title} does not tell which addresses it has verified, so this changes nothing.`,
      }),
    ],
  },
  {
    heading: 'Details',
    lead: 'Rarely needed.',
    isFolded: true,
    fields: [
      line('scope', { label: 'Scope', hint: `Empty: ${kind.scope}`, required: false, code: true, maxlength: 500 }),
      choice('token_endpoint_auth_method', {
        label: 'Authentication method',
        options: [
          { value: '', label: 'As the provider says' },
          ...upstreamAuthenticationMethods.map((method) => ({ value: method, label: method })),
        ],
      }),
      flag('trusts_mfa', {
        label: 'Its second factor counts here',
        hint: 'When it says that it asked for two factors (mfa), nobody is asked for another one here.',
      }),
    ],
  },
];

const nameField = line('name', {
  label: 'Short name',
  hint: 'A word for the redirect URI, such as google. It cannot be changed later.',
  required: true,
  code: true,
  maxlength: 40,
});

function placeFields({ place }: IdentityProviderKind): MemberField[] {
  if (!place) return [];
  if (place.member === 'tenant')
    return [
      line('tenant', {
        label: 'Tenant',
        hint: 'The directory (tenant) ID or a domain of your organization. Or organizations, consumers or common: then everybody at Microsoft can come here.',
        required: place.required,
        code: true,
        maxlength: 100,
      }),
    ];
  return [
    line('issuer', {
      label: place.required ? 'Issuer' : 'Address of GitHub Enterprise Server',
      hint: place.required
        ? 'As the provider writes it, such as https://login.example.com/realms/main. It cannot be changed later.'
        : 'Empty: github.com.',
      required: place.required,
      code: true,
      maxlength: 500,
    }),
  ];
}

/** Write-only: what is stored is shown to nobody. */
function secretField(isSetUp: boolean): MemberField {
  const label = 'Client secret';
  return {
    member: 'client_secret',
    label,
    id: 'field-client_secret',
    render: (_value, problem) =>
      passwordField({
        name: 'client_secret',
        label,
        autocomplete: 'new-password',
        hint: isSetUp
          ? 'Empty: it stays what it is. It is stored sealed, and never shown.'
          : 'It is stored sealed, and never shown.',
        problem,
      }),
    read: ({ client_secret }) => client_secret?.trim() || undefined,
  };
}
