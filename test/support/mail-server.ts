import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A mail as the server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it was sent, lines ended by LF. */
  readonly raw: string;
  /** The header fields, by name in lower case, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  /** The first link in the text. */
  readonly link: string;
  /** The code in the text, without its blank. */
  readonly code: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Resolves with the mail of this number, counted from 1, once it is there. */
  mail(number: number): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

/** Starts a mail server on a port of loopback until the test ends, unless `keep`. */
export async function startMailServer(options: SMTPServerOptions & { keep?: boolean } = {}): Promise<MailServer> {
  const { keep, ...smtp } = options;
  const mails: ReceivedMail[] = [];
  const waiting: (() => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: smtp.key ? [] : ['STARTTLS'],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const raw = Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
        mails.push(
          parse(
            mailFrom === false ? '' : mailFrom.address,
            rcptTo.map(({ address }) => address),
            raw,
          ),
        );
        callback();
        for (const wake of waiting.splice(0)) wake();
      });
    },
    ...smtp,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  if (!keep) onTestFinished(stop);
  return {
    url: `${smtp.secure ? 'smtps' : 'smtp'}://localhost:${port}`,
    mails,
    async mail(number) {
      for (;;) {
        const found = mails[number - 1];
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    stop,
  };
}

/** The settings with which a provider sends through it. */
export function mailSettings({ url }: Pick<MailServer, 'url'>): Record<string, string> {
  return { CASTELLAN_SMTP_URL: url, CASTELLAN_MAIL_FROM: 'Example House <id@example.com>' };
}

function parse(from: string, to: readonly string[], raw: string): ReceivedMail {
  const headers = headersOf(raw);
  const boundary = /boundary="?([^";\n]+)/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1);
  const partOf = (type: string) => {
    const part = parts.find((each) => each.includes(`Content-Type: ${type}`)) ?? '';
    return decoded(part.slice(part.indexOf('\n\n') + 2), headersOf(part.trimStart()).get('content-transfer-encoding'));
  };
  const text = partOf('text/plain');
  return {
    from,
    to,
    raw,
    headers,
    text,
    html: partOf('text/html'),
    link: /https?:\/\/\S+/.exec(text)?.[0] ?? '',
    code: (/^ {4}(\d{4} \d{4})$/m.exec(text)?.[1] ?? '').replace(' ', ''),
  };
}

function headersOf(text: string): Map<string, string> {
  const head = text.slice(0, text.indexOf('\n\n')).replaceAll(/\n[ \t]+/g, ' ');
  return new Map(
    head.split('\n').flatMap((line) => {
      const [, name, value = ''] = /^([^:\s]+): ?(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), value] as const];
    }),
  );
}

function decoded(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
