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

/** The mail as plain text; `house` is who it is from. */
export function plainBody({ text, code, link, closing }: MailText, house: string): string {
  const parts = [text, code && `    ${code}`, link, closing, `-- \n${house}`];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

/** The same as HTML, with nothing in it that a mail program would have to fetch. */
export function htmlBody({ language, subject, text, code, link, linkLabel, closing }: MailText, house: string): string {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:32em;margin:0 auto">
<p style="font-weight:600">${house}</p>
${paragraphs(text)}
${code !== undefined && html`<p style="font:600 28px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:3px">${code}</p>`}
${link !== undefined && linkPart(link, linkLabel)}
${closing !== undefined && html`<div style="font-size:14px;opacity:.8">${paragraphs(closing)}</div>`}
</div></body></html>
`.markup;
}

function paragraphs(text: string): Html[] {
  return text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`);
}

/** The button, and the link in full for who wants to see where it leads. */
function linkPart(link: string, label: string | undefined): Html {
  const button =
    'display:inline-block;padding:10px 20px;border-radius:8px;background:#17614f;color:#ffffff;text-decoration:none;font-weight:600';
  return html`${label !== undefined && html`<p><a href="${link}" style="${button}">${label}</a></p>`}
<p style="font-size:14px;word-break:break-all"><a href="${link}">${link}</a></p>`;
}
