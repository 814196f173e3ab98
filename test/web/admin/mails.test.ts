import { afterEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { queueMail } from '../../../src/identity/mails.ts';
import { requestPasswordReset } from '../../../src/identity/password-reset.ts';
import { updateUser } from '../../../src/identity/users.ts';
import { listOutgoingMails } from '../../../src/storage/outgoing-mails.ts';
import { type Console, evil, startConsole } from '../../support/console.ts';
import { mailSettings, startMailServer } from '../../support/mail-server.ts';
import { actor, locationOf } from '../../support/provider.ts';

let provider: Console;
afterEach(() => provider.close());

const rows = () => listOutgoingMails(provider.context.database, { limit: 20 });

/** A reset link that waits for an administrator to hand it over; resolves with the id of its mail. */
async function queueReset(): Promise<string> {
  await provider.addUser();
  await requestPasswordReset(provider.context, { usernameOrEmail: 'alice', language: 'en', address: '127.0.0.1' });
  for (;;) {
    const [mail] = await rows();
    if (mail) return mail.id;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the page of mails', () => {
  test('says calmly where no mail server is set, and how to set one', async () => {
    provider = await startConsole();
    const page = await provider.admin.get('/admin/mails');
    expect(page.body).toContain('No mail server is set');
    expect(page.body).toContain('<code>SMTP_URL</code>');
    expect(page.body).not.toContain('mails-test');
  });

  test('shows a link only when it is asked for, once, and the audit log tells who asked', async () => {
    provider = await startConsole();
    const id = await queueReset();
    const page = await provider.admin.get('/admin/mails');
    expect(page.body).toContain('alice@example.com');
    expect(page.body).toContain('A new password');
    expect(page.body).not.toContain('token=');
    const shown = await provider.admin.follow(await provider.admin.post(`/admin/mails/${id}/show`, {}));
    const link = /<code>([^<]*\/recovery\?token=[^<]*)<\/code>/.exec(shown.body)?.[1] ?? '';
    expect(shown.body).toContain(`data-copy="${link}"`);
    expect((await provider.browser().get(link)).body).toContain('Choose a new password');
    expect((await provider.admin.get('/admin/mails')).body).not.toContain('token=');
    const [event] = await listEvents(provider.context, { action: 'mail.shown', limit: 1 });
    expect(event).toMatchObject({ actor: provider.administrator.id, detail: { purpose: 'password-reset' } });
    expect(JSON.stringify(event)).not.toContain('token');
  });

  test('shows the code, too', async () => {
    provider = await startConsole();
    const { context, clock } = provider;
    const mail = {
      recipient: 'a@x.test',
      purpose: 'email-confirmation',
      language: 'en',
      subject: 'S',
      text: 'T',
    } as const;
    await queueMail(context, { ...mail, code: '1234 5678', expires_at: clock.now + 60 });
    const [row] = await rows();
    const shown = await provider.admin.follow(await provider.admin.post(`/admin/mails/${row?.id}/show`, {}));
    expect(shown.body).toContain('The code is 1234 5678.');
  });

  test('asks for the password again before it shows a link, five minutes after the sign-in', async () => {
    provider = await startConsole();
    const id = await queueReset();
    provider.clock.advance(301);
    expect(locationOf(await provider.admin.post(`/admin/mails/${id}/show`, {}))).toMatch(/^\/login\?continuation=/);
    expect(await listEvents(provider.context, { action: 'mail.shown', limit: 1 })).toEqual([]);
  });

  test('shows no link that is too old', async () => {
    provider = await startConsole();
    await queueReset();
    provider.clock.advance(86_400);
    const page = await provider.admin.get('/admin/mails');
    expect(page.body).toContain('No longer works');
    expect(page.body).not.toContain('/show');
  });

  test.each(['f'.repeat(32), '..%2f..', 'x'])('shows nothing of a mail that is not there: %s', async (id) => {
    provider = await startConsole();
    expect((await provider.admin.post(`/admin/mails/${id}/show`, {})).statusCode).toBe(404);
  });

  test('escapes what others wrote', async () => {
    const server = await startMailServer({
      onMailFrom: (_a, _s, callback) => callback(Object.assign(new Error(evil), { responseCode: 451 })),
    });
    provider = await startConsole({ settings: mailSettings(server) });
    const username = '<img/src=x/onerror=alert(1)>';
    await provider.addUser({ username, email: 'evil@example.com' });
    await requestPasswordReset(provider.context, { usernameOrEmail: username, language: 'en', address: '127.0.0.1' });
    while (!(await rows())[0]?.problem) await new Promise((resolve) => setTimeout(resolve, 5));
    const page = await provider.admin.get('/admin/mails');
    expect(page.body).not.toMatch(/<img.src=x/);
    expect(page.body).toContain('Trying again');
  });

  test('sends a test mail to the administrator who asks', async () => {
    const server = await startMailServer();
    provider = await startConsole({ settings: mailSettings(server) });
    const page = await provider.admin.follow(await provider.admin.post('/admin/mails/test', {}));
    expect(page.body).toContain('A test mail is on its way to ada@example.com.');
    const mail = await server.mail(1);
    expect([mail.to, mail.headers.get('subject')]).toEqual([['ada@example.com'], 'A test mail from Example House']);
  });

  test('refuses to send one where there is no server or no address', async () => {
    provider = await startConsole();
    const without = await provider.admin.follow(await provider.admin.post('/admin/mails/test', {}));
    expect(without.body).toContain('No mail server is set.');
    await provider.close();
    const server = await startMailServer();
    provider = await startConsole({ settings: mailSettings(server) });
    await updateUser(provider.context, provider.administrator.id, { email: null }, actor);
    const unknown = await provider.admin.follow(await provider.admin.post('/admin/mails/test', {}));
    expect(unknown.body).toContain('Your account has no e-mail address');
    expect(server.mails).toEqual([]);
  });
});
