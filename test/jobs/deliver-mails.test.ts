import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { deliverMails, type Mail, queueMail } from '../../src/identity/mails.ts';
import { deleteExpiredRows } from '../../src/jobs/delete-expired-rows.ts';
import { deliverDueMails } from '../../src/jobs/deliver-mails.ts';
import { createMailer } from '../../src/lib/mailer.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server.ts';
import { type Provider, startProvider } from '../support/provider.ts';

const day = 86_400;
const house = { name: 'Example' };
const providers: Provider[] = [];
afterEach(async () => {
  for (const provider of providers.splice(0)) await provider.close();
});

async function start(options: Parameters<typeof startProvider>[0] = {}): Promise<Provider> {
  const provider = await startProvider(options);
  providers.push(provider);
  return provider;
}

const through = (server: Pick<MailServer, 'url'>) => start({ settings: mailSettings(server) });

function queue({ context }: Provider, mail: Partial<Mail> = {}): Promise<void> {
  return queueMail(context, {
    recipient: 'anna@example.com',
    purpose: 'notice',
    language: 'en',
    subject: 'Hello',
    text: 'One.\n\nTwo.',
    expires_at: context.now() + day,
    ...mail,
  });
}

const rows = ({ context }: Provider) => listOutgoingMails(context.database, { limit: 100 });
const only = async (provider: Provider) => (await rows(provider))[0];
const run = ({ context }: Provider) => deliverDueMails.run(context, new AbortController().signal);

/** What a mail server says that may be asked again, or not. */
const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

/** Resolves once an attempt has left its trace. */
async function untilTried(provider: Provider): Promise<void> {
  while ((await only(provider))?.problem === null) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a mail', () => {
  test('leaves when it is queued, with the same words as text and as HTML, and nothing to fetch', async () => {
    const server = await startMailServer();
    const provider = await through(server);
    await queue(provider, {
      subject: 'Grüße & <b>',
      text: 'First <img src=x onerror=alert(1)>.\n\nSecond.',
      code: '1234 5678',
      link: 'https://id.example/x?a=1&b=2',
      linkLabel: 'Go on',
      closing: 'Bye.',
    });
    const mail = await server.mail(1);
    expect([mail.from, mail.to]).toEqual(['id@example.com', ['anna@example.com']]);
    expect(mail.headers.get('from')).toBe('Example House <id@example.com>');
    expect(mail.headers.get('to')).toBe('anna@example.com');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('message-id')).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(mail.text).toContain(
      'First <img src=x onerror=alert(1)>.\n\nSecond.\n\n    1234 5678\n\nhttps://id.example/x?a=1&b=2\n\nBye.',
    );
    expect(mail.html).toContain('First &lt;img src=x onerror=alert(1)&gt;.');
    expect(mail.html).toContain('1234 5678');
    expect(mail.html.match(/href="https:\/\/id\.example\/x\?a=1&amp;b=2"/g)).toHaveLength(2);
    expect(mail.html).toContain('Example House');
    expect(mail.html).not.toMatch(/<img|<script|<link|url\(/);
  });

  test('has its state noted once the server took it', async () => {
    const server = await startMailServer();
    const provider = await through(server);
    await queue(provider);
    await server.mail(1);
    while ((await only(provider))?.sent_at === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await only(provider)).toMatchObject({ attempts: 1, next_attempt_at: null, problem: null });
  });

  test('is kept where no mail server is set, and not sent when one is set later', async () => {
    const databaseUrl = await freshDatabaseUrl('sqlite');
    const without = await start({ databaseUrl });
    await queue(without);
    expect(await only(without)).toMatchObject({ attempts: 0, next_attempt_at: null, sent_at: null });
    const server = await startMailServer();
    const settings = { ...mailSettings(server), CASTELLAN_KEYS_DIR: without.config.keysDir };
    const later = await start({ databaseUrl, settings });
    expect(await deliverMails(later.context)).toBe(0);
  });

  test('is stored with what it says sealed, which is forgotten when it is of no more use, and then itself', async () => {
    const provider = await start();
    await queue(provider, {
      code: '1234 5678',
      link: 'https://id.example/secret',
      expires_at: provider.clock.now + 60,
    });
    const stored = JSON.stringify(await provider.context.database.all(sql`SELECT * FROM outgoing_mails`));
    expect(stored).not.toMatch(/1234|secret|One\./);
    const purge = () => deleteExpiredRows.run(provider.context, new AbortController().signal);
    await purge();
    expect((await only(provider))?.sealed_content).not.toBeNull();
    provider.clock.advance(200);
    await purge();
    expect((await only(provider))?.sealed_content).toBeNull();
    provider.clock.advance(31 * day);
    await purge();
    expect(await rows(provider)).toEqual([]);
  });
});

describe('nothing that is put into a mail becomes a header or another recipient:', () => {
  test.each([
    ['a line break in the subject', { subject: 'Hello\r\nBcc: evil@example.com' }],
    ['a bare LF in the subject', { subject: 'Hello\nBcc: evil@example.com\n\nbody' }],
    ['a line separator in the subject', { subject: 'Hello\u2028Bcc: evil@example.com' }],
    ['header lines in the text', { text: 'Bcc: evil@example.com\r\n\r\nX' }],
    ['the end of a message in the text', { text: 'One\r\n.\r\nMAIL FROM:<evil@example.com>\r\n' }],
  ])('%s', async (_what, mail) => {
    const server = await startMailServer();
    await queue(await through(server), mail);
    const { headers, to } = await server.mail(1);
    expect([...headers.keys()].filter((name) => name === 'bcc' || name === 'cc')).toEqual([]);
    expect(to).toEqual(['anna@example.com']);
    expect(server.mails).toHaveLength(1);
  });

  test.each([
    'a@x.test\r\nBcc: b@x.test',
    'a@x.test\r\nRCPT TO:<b@x.test>',
    'a@x.test, b@x.test',
    'a@x.test;b@x.test',
    'Anna <a@x.test>',
    '<a@x.test>',
    '"a b"@x.test',
    'a@b@x.test',
    'a@x.test (comment)',
    'a@[127.0.0.1]',
    'group: a@x.test;',
    'a\0@x.test',
    '@x.test',
    'a@',
  ])('the recipient %j is refused before a server is asked', async (recipient) => {
    const server = await startMailServer();
    const { config } = await through(server);
    const mailer = createMailer(config.mail);
    const sent = await mailer.send({ id: 'a'.repeat(32), recipient, house, language: 'en', subject: 'x', text: 'x' });
    expect(sent.outcome).toBe('refused');
    expect(server.mails).toEqual([]);
  });
});

describe('the connection', () => {
  const { cert, key } = selfSignedCertificate(['localhost']);

  test.each([
    ['smtps://', { secure: true }],
    ['smtp:// with STARTTLS', { secure: false }],
  ])('by %s is refused with a certificate that nobody vouches for, and works with a good one', async (_how, how) => {
    const server = await startMailServer({ ...how, cert, key });
    const provider = await through(server);
    await queue(provider);
    await untilTried(provider);
    expect((await only(provider))?.problem).toMatch(/certificate/i);
    expect(server.mails).toEqual([]);
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, cert]);
    try {
      provider.clock.advance(61);
      await run(provider);
    } finally {
      setDefaultCACertificates(before);
    }
    expect(server.mails).toHaveLength(1);
  });

  test('to a server elsewhere that has no TLS is not made', async () => {
    const server = await startMailServer();
    const { config } = await through(server);
    if (!config.mail) throw new Error('mail is not configured');
    const mailer = createMailer({ ...config.mail, tls: 'required' });
    const sent = await mailer.send({
      id: 'a'.repeat(32),
      recipient: 'a@x.test',
      house,
      language: 'en',
      subject: 'x',
      text: 'x',
    });
    expect(sent.outcome).toBe('failed');
    expect(server.mails).toEqual([]);
  });

  test.each([
    ['smtps://mail.example.com', {}, 'implicit', 465],
    ['smtp://mail.example.com', {}, 'required', 587],
    ['smtp://mail.example.com:25', {}, 'required', 25],
    ['smtp://localhost:25', {}, 'offered', 25],
    ['smtp://[::1]:25', {}, 'offered', 25],
    ['smtp://mailpit:1025', { CASTELLAN_OUTBOUND_ALLOW: 'mailpit:1025' }, 'offered', 1025],
    ['smtp://10.1.2.3:25', { CASTELLAN_OUTBOUND_ALLOW: '10.0.0.0/8' }, 'offered', 25],
    ['smtp://10.1.2.3:25', {}, 'required', 25],
  ])('to %s with %j has TLS %s', (url, more, tls, port) => {
    const { mail } = readConfig({ ...mailSettings({ url }), ...more });
    expect(mail).toMatchObject({ tls, port });
  });

  test('signs in with the user and password of the address, percent-decoded', async () => {
    const seen: unknown[] = [];
    const server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, callback) {
        seen.push([username, password]);
        callback(null, { user: username });
      },
    });
    const provider = await through({ url: server.url.replace('//', '//anna%40example.com:p%3Ass%2F@') });
    await queue(provider);
    await server.mail(1);
    expect(seen).toEqual([['anna@example.com', 'p:ss/']]);
  });

  test('that is refused by password leaves the password in no log and no row', async () => {
    const log: string[] = [];
    const server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(new Error('wrong')),
    });
    const settings = mailSettings({ url: server.url.replace('//', '//anna:geheim-4711@') });
    const provider = await start({ settings, log: { write: (line: string) => void log.push(line) } });
    await queue(provider);
    await untilTried(provider);
    expect(log.join('')).toContain('a mail could not be sent');
    expect(`${log.join('')}${JSON.stringify(await rows(provider))}`).not.toContain('geheim-4711');
  });
});

describe('a mail that could not be sent', () => {
  test('is tried again after a minute, and not before', async () => {
    let isDown = true;
    const server = await startMailServer({
      onMailFrom: (_address, _session, callback) => callback(isDown ? refusal(451) : undefined),
    });
    const provider = await through(server);
    await queue(provider);
    await untilTried(provider);
    isDown = false;
    provider.clock.advance(59);
    await run(provider);
    expect(server.mails).toHaveLength(0);
    provider.clock.advance(1);
    await run(provider);
    expect(server.mails).toHaveLength(1);
    expect(await only(provider)).toMatchObject({ attempts: 2, problem: null });
  });

  test('is given up when what it says would be of no more use', async () => {
    const server = await startMailServer({ onMailFrom: (_a, _s, callback) => callback(refusal(451)) });
    const provider = await through(server);
    await queue(provider, { expires_at: provider.clock.now + 90 });
    await untilTried(provider);
    provider.clock.advance(60);
    await run(provider);
    expect(await only(provider)).toMatchObject({ attempts: 2, next_attempt_at: null, sent_at: null });
  });

  test('is given up at once when its recipient is refused for good', async () => {
    const server = await startMailServer({ onRcptTo: (_a, _s, callback) => callback(refusal(550)) });
    const provider = await through(server);
    await queue(provider);
    await untilTried(provider);
    expect(await only(provider)).toMatchObject({ attempts: 1, next_attempt_at: null, sent_at: null });
  });

  test('is tried by another process when the one that took it died', async () => {
    const server = await startMailServer();
    const provider = await start({ settings: mailSettings(server) });
    await queue(provider);
    await server.mail(1);
    const { database } = provider.context;
    while ((await only(provider))?.sent_at === null) await new Promise((resolve) => setTimeout(resolve, 5));
    await database.run(sql`UPDATE outgoing_mails SET sent_at = NULL, next_attempt_at = ${provider.clock.now + 120}`);
    await run(provider);
    expect(server.mails).toHaveLength(1);
    provider.clock.advance(120);
    await run(provider);
    expect(server.mails).toHaveLength(2);
    expect(new Set(server.mails.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
  });
});

describe.each(engines)('on %s', (engine) => {
  test('several nodes send each mail once', async () => {
    let isDown = true;
    const server = await startMailServer({
      onMailFrom: (_address, _session, callback) => callback(isDown ? refusal(451) : undefined),
    });
    const databaseUrl = await freshDatabaseUrl(engine);
    const one = await start({ databaseUrl, settings: mailSettings(server) });
    const settings = { ...mailSettings(server), CASTELLAN_KEYS_DIR: one.config.keysDir };
    const other = await start({ databaseUrl, settings });
    const subjects = Array.from({ length: 12 }, (_, index) => `Mail ${index}`);
    for (const subject of subjects) await queue(one, { subject });
    while ((await rows(one)).some(({ problem }) => problem === null))
      await new Promise((resolve) => setTimeout(resolve, 5));
    isDown = false;
    one.clock.advance(61);
    other.clock.now = one.clock.now;
    await Promise.all([run(one), run(other), run(one), run(other)]);
    expect(server.mails.map(({ headers }) => headers.get('subject')).sort()).toEqual(subjects.toSorted());
    expect((await rows(other)).every(({ sent_at }) => sent_at !== null)).toBe(true);
  });
});
