import { type Language, languages } from '../../ui/languages.ts';
import type { FormPart } from '../form-part.ts';
import { choice, line, type MemberField, paragraph } from '../member-field.ts';

const colourField = (member: string, label: string, hint: string): MemberField =>
  line(member, { label, hint, code: true, required: false, short: true, maxlength: 7, placeholder: '#17614f' });

const link = (member: string, label: string): MemberField =>
  line(member, { label, code: true, required: false, maxlength: 2000, placeholder: 'https://example.com/…' });

const tags = (Object.keys(languages) as readonly string[]).filter((tag): tag is Language =>
  Object.hasOwn(languages, tag),
);

/** The form of a brand, of the house or of a client. To add a setting: add its field where people will look for it. */
export const brandFormParts: readonly FormPart[] = [
  {
    heading: 'Name',
    lead: 'What people read at the head of each page, in the title of the window, in mails and invitations, in authenticator apps and beside their passkeys. A logo much wider than high stands for it on pages. Without a name here it is the one in MAIL_FROM, otherwise the host.',
    fields: [line('name', { label: 'Name', required: false, maxlength: 60 })],
  },
  {
    heading: 'Colours and shape',
    lead: 'Pages are shown by day and by night, and text stays readable in both: where a colour alone would not do, links get a darker or lighter one of its hue.',
    fields: [
      colourField('accent', 'Accent colour', 'Of buttons and links, as # and six digits.'),
      colourField(
        'background',
        'Background',
        'What the card of the sign-in stands on, on a wide screen. By night it is dimmed.',
      ),
      choice('corners', {
        label: 'Corners',
        options: [
          { value: '', label: 'As they are' },
          { value: 'square', label: 'Square' },
          { value: 'slight', label: 'Slightly round' },
          { value: 'round', label: 'Very round' },
        ],
      }),
    ],
  },
  {
    heading: 'Words and links',
    lead: 'The sentence stands under the form for signing in, the links at the end of every page for people.',
    fields: [
      paragraph('note', {
        label: 'A sentence for who signs in',
        hint: 'Such as where to turn for help. At most 500 characters; plain text.',
      }),
      link('help_uri', 'Help'),
      link('privacy_uri', 'Privacy'),
      link('imprint_uri', 'Legal notice'),
    ],
  },
  {
    heading: 'The sentence in other languages',
    lead: 'Whoever reads in another language reads the sentence above.',
    isFolded: true,
    fields: tags.map((tag) => paragraph(tag, { label: languages[tag].name })),
  },
];

/** What was typed into the form, in the form of the schema of brands. */
export function readBrandForm(typed: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const fields = brandFormParts.flatMap((part) => part.fields);
  const given = fields.flatMap(({ member, read }) => {
    const value = read(typed);
    return value === undefined || value === ''
      ? []
      : [[member, typeof value === 'string' ? value.trim() : value] as const];
  });
  const isNote = (member: string) => Object.hasOwn(languages, member);
  const notes = Object.fromEntries(given.filter(([member]) => isNote(member)));
  return {
    ...Object.fromEntries(given.filter(([member, value]) => !isNote(member) && value !== '')),
    ...(Object.keys(notes).length > 0 && { notes }),
  };
}

/** The values of a brand as the form has them, each note under its language. */
export function formValuesOf({ notes, ...settings }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...settings, ...(typeof notes === 'object' && notes) };
}
