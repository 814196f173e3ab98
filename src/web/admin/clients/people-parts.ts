import { html } from '../../../lib/html.ts';
import { subjectTypes } from '../../../protocol/client-metadata.ts';
import type { FormPart } from '../form-part.ts';
import { choice, flag, json, line, lines, number } from '../member-field.ts';

/** Under which names, and in which token, it is told about people. */
export const claims: FormPart = {
  heading: 'Claims',
  lead: 'For applications that look for what they need to know about people under names of their own, or in the ID Token.',
  isFolded: true,
  fields: [
    choice('subject_type', {
      label: 'Subject identifiers',
      hint: 'As whom it knows a person. With pairwise ones, applications of different owners cannot compare notes.',
      options: subjectTypes.map((name) => ({ value: name, label: name })),
    }),
    line('sector_identifier_uri', {
      label: 'Sector identifier URI',
      hint: 'Only for pairwise ones, when the redirect URIs have several hosts: a JSON array of all of them, fetched once.',
      required: false,
      code: true,
    }),
    json('claims_mapping', {
      label: 'Claims mapping',
      hint: html`JSON with any of <code>include</code> (claims of its permissions that the ID Token has too),
<code>rename</code> (claims under other names), <code>constant</code> (the same for everybody) and <code>groups</code>
(the only groups it is told; <code>*</code> at the end stands for anything). Such as
<code>${'{"include": ["groups"], "rename": {"groups": "roles"}, "groups": ["wiki-*"]}'}</code>`,
    }),
  ],
};

/** How people sign in to it. */
export const signIn: FormPart = {
  heading: 'Sign-in',
  lead: 'How recently people must have signed in.',
  isFolded: true,
  fields: [
    number('default_max_age', {
      label: 'Maximum age of a sign-in',
      suffix: 'seconds',
      hint: 'Whoever signed in longer ago signs in again. Empty: as long as the session lasts.',
    }),
    number('userinfo_max_age', {
      label: 'Maximum age of a sign-in when userinfo is asked',
      suffix: 'seconds',
      hint: 'An older sign-in is answered with a demand for a new one (RFC 9470). Empty: any age.',
    }),
    line('initiate_login_uri', {
      label: 'Address that begins a sign-in',
      hint: 'The tile among the applications of a person leads there instead of to the home page.',
      required: false,
      code: true,
    }),
    flag('require_auth_time', { label: 'Tell it in every ID Token when the person signed in' }),
  ],
};

/** What it says of itself. */
export const links: FormPart = {
  heading: 'Links and contacts',
  lead: 'Shown to people on the consent page, or kept for you.',
  isFolded: true,
  fields: [
    line('logo_uri', {
      label: 'Logo',
      hint: 'Kept for other programs; our pages load nothing from elsewhere.',
      required: false,
      code: true,
    }),
    line('policy_uri', { label: 'Privacy policy', required: false, code: true }),
    line('tos_uri', { label: 'Terms of service', required: false, code: true }),
    lines('contacts', { label: 'Contacts', hint: 'E-mail addresses of the people who run it, one a line.' }),
  ],
};
