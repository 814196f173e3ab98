import type { SMTPTransportOptions } from 'nodemailer/lib/smtp-transport';
import { htmlBody, type MailHouse, type MailText, plainBody } from './mail-body.ts';

/** The mail server, and as whom mails are sent. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `implicit` from the first byte, `required` by STARTTLS before anything is said, `offered` where the server has it. */
  readonly tls: 'implicit' | 'required' | 'offered';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: { readonly name?: string | undefined; readonly address: string };
}

export interface OutgoingMessage extends MailText {
  /** The same for each attempt, so that a mail that arrives twice is recognised. */
  readonly id: string;
  readonly recipient: string;
  /** Who the mail is from, and with what looks; the sender has the same name unless it has one of its own. */
  readonly house: MailHouse;
}

/** What became of a mail: the server took it, refuses its recipient for good, or could not take it now. */
export type Sent = { readonly outcome: 'taken' } | { readonly outcome: 'refused' | 'failed'; readonly problem: string };

export interface Mailer {
  /** Sends a mail. Never throws: what went wrong is the outcome. */
  send(message: OutgoingMessage): Promise<Sent>;
}

/** One address and nothing else: no display name, list, quote or line break can come of it. */
const oneAddress = /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?$/iu;
const lineBreaks = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Sends through an SMTP server (RFC 5321) whose certificate must be good. Every part of a message is handed over by
 * itself, and none is read as an address list or header. The library is loaded with the first mail.
 */
export function createMailer(server: MailServer | undefined): Mailer {
  return {
    async send(message) {
      if (!server) return { outcome: 'failed', problem: 'No mail server is configured.' };
      const { id, recipient, subject, house } = message;
      if (!oneAddress.test(recipient)) return { outcome: 'refused', problem: 'This is not an e-mail address.' };
      if (lineBreaks.test(subject)) return { outcome: 'refused', problem: 'The subject is more than one line.' };
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(optionsOf(server));
      try {
        await transport.sendMail({
          from: { name: server.from.name ?? house.name, address: server.from.address },
          to: { name: '', address: recipient },
          subject,
          messageId: `<${id}@${server.from.address.slice(server.from.address.lastIndexOf('@') + 1)}>`,
          text: plainBody(message, house),
          html: htmlBody(message, house),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { outcome: 'taken' };
      } catch (error) {
        return failureOf(error);
      } finally {
        transport.close();
      }
    },
  };
}

function optionsOf({ host, port, tls, user, password }: MailServer): SMTPTransportOptions {
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    // The operator named the host, which may be of this machine or network.
    allowInternalNetworkInterfaces: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What the server said, otherwise what the connection ended with. */
function failureOf(error: unknown): Sent {
  if (!(error instanceof Error)) return { outcome: 'failed', problem: String(error) };
  const { response, responseCode, command } = Object.assign({ response: '', responseCode: 0, command: '' }, error);
  const isForGood = command === 'RCPT TO' && responseCode >= 500;
  return { outcome: isForGood ? 'refused' : 'failed', problem: response || error.message };
}
