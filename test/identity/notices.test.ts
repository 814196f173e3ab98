import { afterEach, describe, expect, test } from 'vitest';
import { type NoticeKind, notifyOwner } from '../../src/identity/notices.ts';
import { setPassword, type User } from '../../src/identity/users.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

let provider: Provider;
let server: MailServer;
let alice: User;
afterEach(() => provider.close());

async function start(claims: User['claims'] = {}): Promise<void> {
  server = await startMailServer();
  provider = await startProvider({ settings: mailSettings(server) });
  alice = await provider.addUser({ claims });
}

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const signIn = (browser = provider.browser()) =>
  browser.post('/login', { username: 'alice', password: 'correct horse battery staple' }, firefox);
const subjects = () => server.mails.map(({ headers }) => headers.get('subject'));

describe('the owner of an account is told', () => {
  test('of a sign-in at a new browser, with what it is and from where, but not of the very first one', async () => {
    await start({ zoneinfo: 'Europe/Paris' });
    const first = provider.browser();
    await signIn(first);
    await signIn(first);
    await signIn();
    const { text, html, link } = await server.mail(1);
    expect(text).toMatch(/^When: \d{1,2} \w+ \d{4}, \d{2}:\d{2} GMT\+[12]$/m);
    expect(text).toContain('Browser: Firefox on Linux');
    expect(html).toContain('<br>Browser: Firefox on Linux<br>Network address: 127.0.0.1</p>');
    expect(text).toContain('Network address: 127.0.0.1');
    expect(link).toBe(`${provider.config.publicUrl}/account`);
    await setPassword(provider.context, alice, 'quite another horse', actor);
    await server.mail(2);
    expect(subjects()).toEqual(['New sign-in to your account', 'Your password was changed']);
  });

  test.each<[string, string]>([
    ['de-AT', 'Ihr Passwort wurde geändert'],
    ['ja', 'パスワードが変更されました'],
    ['eo', 'Your password was changed'],
  ])('in the language of the claim locale (%s)', async (locale, subject) => {
    await start({ locale });
    await setPassword(provider.context, alice, 'quite another horse', actor);
    const { headers, html } = await server.mail(1);
    const encoded = headers.get('subject') ?? '';
    const plain = encoded
      .replaceAll(/\?=\s+=\?/g, '?==?')
      .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, how: string, body: string) =>
        how.toUpperCase() === 'B'
          ? Buffer.from(body, 'base64').toString('latin1')
          : body
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      );
    expect(encoded.startsWith('=?') ? Buffer.from(plain, 'latin1').toString('utf8') : plain).toBe(subject);
    expect(html).toContain(subject);
  });

  test.each<NoticeKind>([
    'newDevice',
    'passwordChanged',
    'passkeyAdded',
    'passkeyRemoved',
    'secondFactorAdded',
    'secondFactorRemoved',
    'recoveryCodeUsed',
    'providerLinked',
    'providerUnlinked',
    'passkeyRefused',
    'secondFactorsRemoved',
  ])('of %s, with nothing in the mail that would run', async (kind) => {
    await start();
    const evil = '<img src=x onerror=alert(1)>';
    await notifyOwner(provider.context, { ...alice, username: evil }, kind, {
      name: evil,
      device: evil,
      address: '::1',
    });
    const mail = await server.mail(1);
    expect(mail.html).not.toContain('<img');
    expect(mail.html).toContain('&lt;img src=x');
    expect(mail.headers.get('subject')).not.toContain('img');
  });
});

test('where no mail server is set, or no address known, nothing is queued', async () => {
  provider = await startProvider();
  alice = await provider.addUser();
  await notifyOwner(provider.context, alice, 'passwordChanged');
  expect(await listOutgoingMails(provider.context.database, { limit: 1 })).toEqual([]);
  await provider.close();
  await start();
  const { email: _none, ...unknown } = alice;
  await notifyOwner(provider.context, unknown, 'passwordChanged');
  expect(await listOutgoingMails(provider.context.database, { limit: 1 })).toEqual([]);
});
