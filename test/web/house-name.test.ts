import encodeQR from 'qr';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createInvitation, invitationLink, newInvitationSchema } from '../../src/identity/invitations.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { notifyOwner } from '../../src/identity/notices.ts';
import { otpauthUri } from '../../src/identity/totp-secret.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { type Console, startConsole } from '../support/console.ts';
import { type MailServer, mailSettings, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { actor, type TestBrowser } from '../support/provider.ts';
import { secretOn } from '../support/second-factor.ts';

let server: MailServer;
let house: Console;
beforeAll(async () => {
  server = await startMailServer({ keep: true });
  house = await startConsole({ settings: { ...mailSettings(server), CASTELLAN_PUBLIC_URL: 'https://id.example' } });
});
afterAll(async () => {
  await house.close();
  await server.stop();
});

const nameIt = (name: string) => house.admin.post('/admin/appearance', { name });
/** Everything that the mail of a purpose says, of the newest one. */
async function said(purpose: string): Promise<string> {
  for (;;) {
    const mail = (await listOutgoingMails(house.context.database, { limit: 20 })).find(
      (row) => row.purpose === purpose,
    );
    if (mail) return JSON.stringify(contentOf(house.context, mail));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
/** A test mail as it arrives. */
async function testMail(): Promise<ReceivedMail> {
  const before = server.mails.length;
  await house.admin.post('/admin/mails/test', {});
  for (let number = before + 1; ; number++) {
    const mail = await server.mail(number);
    if (mail.headers.get('subject')?.startsWith('A test mail')) return mail;
  }
}

const invite = (email: string) =>
  createInvitation(house.context, newInvitationSchema.parse({ email }), { language: 'en', sendsMail: true }, actor);

const places: [string, (admin: TestBrowser) => Promise<string>][] = [
  ['the title of a page', async () => (await house.browser().get('/login')).body],
  [
    'the page of an invitation',
    async () => {
      const { pathname, search } = new URL(invitationLink(house.context, await invite('x@example.com')));
      return /<p class="lead">([^<]*)/.exec((await house.browser().get(pathname + search)).body)?.[1] ?? '';
    },
  ],
  [
    'the mail with an invitation',
    async () => {
      await invite('y@example.com');
      return said('invitation');
    },
  ],
  [
    'the mail with a code',
    async () => {
      const browser = house.browser();
      await browser.submit(await browser.open('/login/email'), { email: 'ada@example.com' });
      return said('sign-in');
    },
  ],
  [
    'a notice',
    async () => {
      await notifyOwner(house.context, house.administrator, 'passwordChanged');
      return said('notice');
    },
  ],
  [
    'what passkeys are kept under',
    async (admin) => (await admin.post('/account/security/passkeys/new/options', {})).json().rp.name,
  ],
];

describe.each([
  ['without a name of its own is that in MAIL_FROM', undefined, 'Example House'],
  ['is the one given to it', 'Our Keep', 'Our Keep'],
])('the name of the house %s', (_what, name, expected) => {
  beforeEach(async () => {
    if (name !== undefined) await nameIt(name);
    await house.context.database.script('DELETE FROM outgoing_mails; DELETE FROM throttles;');
  });

  test.each(places)('in %s', async (_place, look) => {
    expect(await look(house.admin)).toContain(expected);
  });

  test('in an authenticator app', async () => {
    const { body } = await house.admin.get('/account/security/authenticator');
    const issuer = encodeURIComponent(expected);
    const uri = `otpauth://totp/${issuer}:ada?issuer=${issuer}&secret=${secretOn(body)}&algorithm=SHA1&digits=6&period=30`;
    expect(body).toContain(encodeQR(uri, 'svg', { border: 4 }));
  });

  test('at the head and the end of a mail, while it stays from the sender of MAIL_FROM', async () => {
    const mail = await testMail();
    expect(mail.headers.get('from')).toBe('Example House <id@example.com>');
    expect(mail.headers.get('subject')).toBe(`A test mail from ${expected}`);
    expect(mail.html).toContain(`<p style="font-weight:600">${expected}</p>`);
    expect(mail.text.trimEnd().endsWith(`-- \n${expected}`)).toBe(true);
  });
});

describe('the button in a mail', () => {
  const styleIn = ({ html }: ReceivedMail) => / style="(display:inline-block[^"]*)"/.exec(html)?.[1];

  test.each([
    ['#0055cc', 'border:1px solid #0055cc', 'color:#ffffff'],
    ['#ffee00', 'border:1px solid #808080', 'color:#000000'],
    ['#111111', 'border:1px solid #808080', 'color:#ffffff'],
  ])('has the colour %s of the house, %s, and %s on it', async (accent, edge, ink) => {
    await house.admin.post('/admin/appearance', { accent });
    const style = styleIn(await testMail());
    for (const part of [`background:${accent}`, edge, ink]) expect(style?.split(';')).toContain(part);
  });

  test('is ours where the house has none, and the mail goes with light and dark mail programs', async () => {
    await house.admin.post('/admin/appearance', {});
    const mail = await testMail();
    expect(styleIn(mail)).toContain('background:#17614f;color:#ffffff');
    expect(mail.html).toContain('<html lang="en" dir="ltr">');
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(mail.html.match(/(?:^|[;"])(?:background|color):/g)).toHaveLength(2);
  });
});

test('a colon in the name does not end it in an authenticator app', async () => {
  const uri = await otpauthUri('A'.repeat(32), { issuer: 'Keep: Our House', label: 'ada' });
  expect(new URL(uri).searchParams.get('issuer')).toBe('Keep Our House');
});
