import { contrast, textOn } from './colour.ts';
import { type Html, html } from './html.ts';

/** What a mail says: text in paragraphs with an empty line between them, a code, a link, and what stands below them. */
export interface MailText {
  /** The language tag (BCP 47). */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly code?: string | undefined;
  readonly link?: string | undefined;
  /** What the link's button says; the link itself unless given. */
  readonly linkLabel?: string | undefined;
  readonly closing?: string | undefined;
}

/** Who a mail is from, and with what looks. */
export interface MailHouse {
  readonly name: string;
  /** The colour of the button as `#rrggbb`; ours unless given. */
  readonly accent?: string | undefined;
  /** In which direction the language is written; from left to right unless given. */
  readonly dir?: 'ltr' | 'rtl' | undefined;
}

/** The mail as plain text, each line of a paragraph as it was given. */
export function plainBody({ text, code, link, closing }: MailText, { name }: MailHouse): string {
  const parts = [text, code && `    ${code}`, link, closing, `-- \n${name}`];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

/**
 * The same as HTML, with nothing in it that a mail program would have to fetch. Ground and text are those of the mail
 * program, by day and by night; only the button has colours of its own, and they go with each other.
 */
export function htmlBody(
  { language, subject, text, code, link, linkLabel, closing }: MailText,
  { name, accent = ourAccent, dir = 'ltr' }: MailHouse,
): string {
  return html`<!doctype html>
<html lang="${language}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${subject}</title>
<style>:root { color-scheme: light dark; supported-color-schemes: light dark; }</style></head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:32em;margin:0 auto">
<p style="font-weight:600">${name}</p>
${paragraphs(text)}
${code !== undefined && html`<p style="font:600 28px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:3px">${code}</p>`}
${link !== undefined && linkPart(link, linkLabel, accent)}
${closing !== undefined && html`<div style="font-size:14px">${paragraphs(closing)}</div>`}
</div></body></html>
`.markup;
}

const ourAccent = '#17614f';

function paragraphs(text: string): Html[] {
  return text.split(/\n{2,}/).map((paragraph) => html`<p>${brokenLines(paragraph)}</p>`);
}

function brokenLines(paragraph: string): Html[] {
  return paragraph.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`));
}

/** The button, in a table for mail programs that know no other way to colour a box, and the link in full for who wants to see it. */
function linkPart(link: string, label: string | undefined, accent: string): Html {
  const ink = textOn(accent);
  // A button that would vanish on a white or on a black ground has an edge that does not.
  const edge = Math.min(contrast(accent, '#ffffff'), contrast(accent, '#000000')) < 1.5 ? '#808080' : accent;
  const button = `display:inline-block;padding:10px 20px;border:1px solid ${edge};border-radius:8px;background:${accent};color:${ink};text-decoration:none;font-weight:600`;
  return html`${
    label !== undefined &&
    html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="${accent}" style="border-radius:8px"><a href="${link}" style="${button}">${label}</a></td></tr></table>`
  }
<p style="font-size:14px;word-break:break-all"><a href="${link}">${link}</a></p>`;
}
