import { z } from 'zod';

/** What a mail says, as it is sealed: text in paragraphs, a code, a link, and what stands below them. */
export const mailContentSchema = z.object({
  /** The language tag (BCP 47) of the texts. */
  language: z.string(),
  subject: z.string(),
  text: z.string(),
  code: z.string().optional(),
  link: z.string().optional(),
  /** What the link's button says; the link itself unless given. */
  linkLabel: z.string().optional(),
  /** Stands below code and link. */
  closing: z.string().optional(),
});

export type MailContent = Readonly<z.output<typeof mailContentSchema>>;
