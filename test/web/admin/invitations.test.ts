import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { contentOf } from '../../../src/identity/mails.ts';
import { findUserByLogin } from '../../../src/identity/users.ts';
import { sql } from '../../../src/storage/database.ts';
import { listOutgoingMails } from '../../../src/storage/outgoing-mails.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { formFields, unescaped } from '../../support/form-fields.ts';
import { locationOf, password } from '../../support/provider.ts';

const path = '/admin/invitations';
const mailSettings = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let provider: Console;
const start = async (options: Parameters<typeof startConsole>[0] = {}) => {
  provider = await startConsole(options);
};
beforeEach(() => start());
afterEach(() => provider.close());

const count = async () =>
  (await provider.context.database.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM invitations`))?.n;
const form = async () => formFields((await provider.admin.get(`${path}/new`)).body, 'invitation-form');
const linkIn = (body: string) => unescaped(/data-copy="([^"]*\/invitation\?token=[^"]*)"/.exec(body)?.[1] ?? '');
const importList = (list: string, more: Record<string, string> = {}) =>
  provider.admin.post(`${path}/import`, { list, days: '7', decision: 'check', ...more });

test('an invitation is made, shown with link and QR code, shown again, and withdrawn', async () => {
  await provider.addUser({ groups: ['staff'] });
  const fields = await form();
  expect(fields).toMatchObject({ days: '7', uses: '1' });
  const made = await provider.admin.post(`${path}/new`, {
    ...fields,
    email: 'anna@example.com',
    name: evil,
    'group:staff': 'true',
    groups: 'printing\nstaff',
    account_expires_at: '2099-12-31',
  });
  expect(made.statusCode).toBe(303);
  const address = locationOf(made) ?? '';
  for (const page of [await provider.admin.get(address), await provider.admin.get(address)]) {
    expect(page.body).not.toContain(evil);
    expect(linkIn(page.body)).toMatch(/\/invitation\?token=[\w-]{64}$/);
    expect(page.body).toMatch(/role="img" aria-label="QR code of the link"><svg/);
    expect(textOf(page)).toContain('staff, printing');
  }
  const list = await provider.admin.get(path);
  expect(list.body).not.toContain(evil);
  expect(textOf(list)).toContain('1 of 1');
  const [token] = linkIn((await provider.admin.get(address)).body)
    .split('token=')
    .slice(1);
  const accepted = await provider.browser().post('/invitation', { token, username: 'anna', password });
  expect(accepted.statusCode).toBe(303);
  expect(await findUserByLogin(provider.context, 'anna')).toMatchObject({
    groups: ['printing', 'staff'],
    expires_at: Date.UTC(2100, 0, 1) / 1000,
  });
  expect(textOf(await provider.admin.get(address))).toContain('used');
  const removed = await provider.admin.post(`${address}/remove`, {});
  expect(locationOf(removed)).toBe(path);
  expect((await provider.admin.get(address)).statusCode).toBe(404);
  const actions = (await listEvents(provider.context, { limit: 20 })).map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['invitation.added', 'invitation.accepted', 'invitation.removed']));
});

test.each<[string, Record<string, string>, string]>([
  ['no address', { email: 'anna' }, 'This is not an e-mail address'],
  ['an address that has an account', { email: 'ADA@example.com' }, 'There is an account with this e-mail address'],
  ['a taken user name', { username: 'Ada' }, 'This user name is taken'],
  ['one name for several people', { name: 'Anna', uses: '2' }, 'that of one person'],
  ['nobody who may use it', { uses: '0' }, 'At least 1'],
  ['more people than may use one link', { uses: '1001' }, 'At most 1000'],
  ['no days', { days: 'soon' }, 'number of days'],
  ['a day that is none', { account_expires_at: '2030-02-30' }, 'An expiry is a date'],
  ['a day that is over', { account_expires_at: '2001-01-01' }, 'would have expired already'],
  ['an overlong group', { groups: 'g'.repeat(129) }, 'at most 128 characters'],
])('the form refuses %s beside the field, and makes nothing', async (_, change, sentence) => {
  const response = await provider.admin.post(`${path}/new`, { ...(await form()), ...change });
  expect(response.statusCode).toBe(400);
  expect(response.body).toMatch(new RegExp(`class="problem"[^>]*>[^<]*${sentence}`));
  expect(await count()).toBe(0);
});

test('with a mail server the link goes to the address, unless it is unticked', async () => {
  await provider.close();
  await start({ settings: mailSettings });
  const fields = { ...(await form()), language: 'fr' };
  await provider.admin.post(`${path}/new`, { ...fields, email: 'anna@example.com', send: 'true' });
  await provider.admin.post(`${path}/new`, { ...fields, email: 'bea@example.com', send: undefined });
  const mails = await listOutgoingMails(provider.context.database, { limit: 10 });
  expect(mails).toMatchObject([{ recipient: 'anna@example.com', purpose: 'invitation' }]);
  expect(mails[0] && contentOf(provider.context, mails[0])?.language).toBe('fr');
});

describe('a list of people', () => {
  const list =
    'email,name,username,groups,expires\nanna@example.com,Anna,anna,staff|printing,2099-12-31\nbea@example.com,Bea,,,\n';

  test('is shown first and makes nothing, then makes all links at once, which can be fetched as a file', async () => {
    const checked = await importList(list);
    expect(checked.statusCode).toBe(200);
    expect(textOf(checked)).toContain('Nothing stands against these 2 invitations');
    expect(await count()).toBe(0);
    const made = await importList(list, { decision: 'make' });
    expect(made.statusCode).toBe(303);
    const address = locationOf(made) ?? '';
    const page = await provider.admin.get(address);
    expect(textOf(page)).toContain('2 invitations');
    const file = await provider.admin.get(`${address}/links.csv`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toBe('attachment; filename="invitations.csv"');
    const lines = file.body.split('\r\n');
    expect(lines[0]).toBe('\u{feff}email,name,username,groups,expires,link');
    expect(lines[1]).toMatch(/^anna@example\.com,Anna,anna,staff\|printing,2099-12-31,http\S+token=[\w-]{64}$/);
    expect(lines[2]).toMatch(/^bea@example\.com,Bea,,,,http/);
    const [event] = await listEvents(provider.context, { action: 'invitation.added', limit: 1 });
    expect(event?.detail).toMatchObject({ people: 2 });
  });

  test.each([
    ['semicolons', 'email;name\nanna@example.com;"Lee; Anna"\n'],
    ['tabs', 'email\tname\nanna@example.com\tLee; Anna\n'],
    ['a byte order mark and other line ends', '\u{feff}EMAIL,Name\r\nanna@example.com,"Lee; Anna"\r\n'],
    ['empty lines', 'email,name\n\n,\nanna@example.com,"Lee; Anna"\n\n'],
    ['quotation marks', 'email,name\n"anna@example.com","Lee; Anna"'],
  ])('may be written with %s', async (_, text) => {
    expect((await importList(text, { decision: 'make' })).statusCode).toBe(303);
    const rows = await provider.context.database.all(sql`SELECT profile FROM invitations`);
    expect(rows).toEqual([{ profile: JSON.stringify({ email: 'anna@example.com', name: 'Lee; Anna' }) }]);
  });

  test.each([
    ['a wrong address', 'email\nanna\n', 'This is not an e-mail address'],
    ['an address that has an account', 'email\nada@example.com\n', 'There is an account with this e-mail address'],
    ['the same address twice', 'email\nanna@example.com\nANNA@example.com\n', 'Another line of the list has the same'],
    ['a taken user name', 'username\nada\n', 'This user name is taken'],
    ['a wrong day', 'email,expires\nanna@example.com,31.12.2030\n', 'holds a day such as'],
    ['too many cells', 'email,name\nanna@example.com,Anna,more\n', 'The line has 3 cells'],
    ['too long a name', `email,name\nanna@example.com,${'a'.repeat(300)}\n`, 'A name has at most 256'],
    ['a control character in a group', 'email,groups\nanna@example.com,"a\u{7}"\n', 'control characters'],
  ])('with %s makes nothing, and says which line it is', async (_, text, sentence) => {
    const response = await importList(text, { decision: 'make' });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain(sentence);
    expect(await count()).toBe(0);
  });

  test.each([
    ['nothing', '', 'The first line names the columns'],
    ['no names of columns', 'anna@example.com,Anna\n', 'The first line names the columns'],
    ['an unknown column', 'email,password\nanna@example.com,x\n', 'The first line names the columns'],
    ['a column twice', 'email,email\na@example.com,b@example.com\n', 'names a column twice'],
    ['nobody in it', 'email,name\n', 'There is nobody in the list'],
    ['a quotation mark that is not closed', 'email,name\nanna@example.com,"Anna\n', 'look at its quotation marks'],
    [
      '1001 people',
      `email\n${Array.from({ length: 1001 }, (_, n) => `a${n}@example.com`).join('\n')}`,
      'more than 1000',
    ],
  ])('with %s is refused as a whole', async (_, text, sentence) => {
    const response = await importList(text, { decision: 'make' });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain(sentence);
    expect(await count()).toBe(0);
  });

  test.each(engines)('of 1000 people is made at once on %s', async (engine) => {
    await provider.close();
    await start({ databaseUrl: await freshDatabaseUrl(engine), settings: mailSettings });
    const text = `email,name\n${Array.from({ length: 1000 }, (_, n) => `a${n}@example.com,Ärger ${n}`).join('\n')}`;
    const made = await importList(text, { decision: 'make', send: 'true' });
    expect(made.statusCode).toBe(303);
    expect(await count()).toBe(1000);
    const mails = await provider.context.database.get(sql`SELECT COUNT(*) AS n FROM outgoing_mails`);
    expect(mails).toEqual({ n: 1000 });
  });

  test('of ten megabytes is refused before it is read', async () => {
    const response = await importList('email\n'.padEnd(10_000_000, 'a'));
    expect(response.statusCode).toBe(413);
  });

  test('with markup shows it as text, and no cell of the file is a formula', async () => {
    const text = `email,name,groups\n+anna@example.com,"=cmd|' /C calc'!A0",@sum\nbea@example.com,"${evil}",-1\n`;
    expect((await importList(text)).body).not.toContain(evil);
    const address = locationOf(await importList(text, { decision: 'make' })) ?? '';
    expect((await provider.admin.get(address)).body).not.toContain(evil);
    const { body } = await provider.admin.get(`${address}/links.csv`);
    const cells = body
      .slice(1)
      .split(/,|\r\n/)
      .map((cell) => cell.replace(/^"/, ''));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(body).toContain("'+anna@example.com");
  });

  test('that became impossible since it was checked makes nothing', async () => {
    await importList(list);
    await provider.addUser({ username: 'anna', email: 'other@example.com' });
    const made = await importList(list, { decision: 'make' });
    expect(made.statusCode).toBe(400);
    expect(textOf(made)).toContain('This user name is taken');
    expect(await count()).toBe(0);
  });
});

test('a list that never was has no page, and no file', async () => {
  for (const id of ['0'.repeat(32), 'x', "'; DROP TABLE invitations"])
    for (const end of ['', '/links.csv'])
      expect((await provider.admin.get(`${path}/lists/${encodeURIComponent(id)}${end}`)).statusCode).toBe(404);
});
