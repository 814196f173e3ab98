import * as z from 'zod';
import { isLanguage } from '../languages.ts';

/** How round corners are. */
export const cornerKinds = ['square', 'slight', 'round'] as const;

const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'Write a colour as # and six digits, such as #17614f.');
const link = z
  .string()
  .max(2000, 'This is too long.')
  .refine(
    (text) => /^https?:\/\/[^\s"'<>\\]+$/i.test(text) && URL.canParse(text),
    'Write a whole address, such as https://example.com/privacy.',
  );
const note = z.string().trim().min(1).max(500, 'Write at most 500 characters.');

/** What a brand says of itself. What is left out is as it was before there was a brand. */
export const brandSettingsSchema = z.strictObject({
  /** Stands in place of ours in headings, in the titles of windows, and in mails. */
  name: z.string().trim().min(1).max(60, 'Write at most 60 characters.').regex(oneLine, 'Write one line.').optional(),
  /** The colour of buttons and links. */
  accent: colour.optional(),
  /** What the card of the sign-in stands on. */
  background: colour.optional(),
  corners: z.enum(cornerKinds).optional(),
  /** A sentence under the form for signing in, for whoever reads in a language that has none of its own. */
  note: note.optional(),
  /** The same by language. */
  notes: z.partialRecord(z.string().refine(isLanguage), note).optional(),
  imprint_uri: link.optional(),
  privacy_uri: link.optional(),
  help_uri: link.optional(),
});

export type BrandSettings = Readonly<z.output<typeof brandSettingsSchema>>;
