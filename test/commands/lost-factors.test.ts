import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { startMailServer } from '../support/mail-server.ts';
import { password } from '../support/provider.ts';
import { codeAt, secretOn } from '../support/second-factor.ts';

const fresh = 'seven purple otters dancing';
let castellan: Installation;

/** One that runs, for whoever has the shell of its machine. */
beforeAll(async () => {
  castellan = await newInstallation();
  await castellan.start();
});
afterAll(() => castellan.remove());

const now = () => Math.floor(Date.now() / 1000);
const isSignedIn = async (browser: HttpBrowser) => !(await browser.open('/account')).body.includes('id="login-submit"');
const isSecondStep = ({ body }: HttpAnswer) => body.includes('id="second-factor-form"');

/** Fills in the form with this action. */
function submitTo(browser: HttpBrowser, page: HttpAnswer, action: string, fields: Record<string, string>) {
  const start = page.body.indexOf(`action="${action}"`);
  return browser.submit({ ...page, body: page.body.slice(page.body.lastIndexOf('<form', start)) }, fields);
}

/** Gives user name and password, and resolves with the page after it. */
async function signIn(browser: HttpBrowser, username: string, secret = password): Promise<HttpAnswer> {
  const page = await browser.open('/login');
  const answer = await submitTo(browser, page, '/login', { username, password: secret });
  return answer.status === 303 ? browser.follow(answer) : answer;
}

async function administratorWithAuthenticator(username: string): Promise<{ browser: HttpBrowser; secret: string }> {
  const words = ['user', 'add', '--username', username, '--email', `${username}@example.com`, '--admin'];
  await castellan.run([...words, '--password-stdin'], { input: password });
  const browser = new HttpBrowser(castellan.url);
  await signIn(browser, username);
  const path = '/account/security/authenticator';
  const page = await browser.open(path);
  const secret = secretOn(page.body);
  await submitTo(browser, page, path, { code: codeAt(secret, now()) });
  return { browser, secret };
}

/** Runs the command as the operator does, as a process of its own beside the server. */
async function shell(...words: string[]): Promise<{ stdout: string; stderr: string }> {
  const { status, stdout, stderr } = await castellan.spawn(words);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return { stdout, stderr };
}

describe('an administrator who lost phone and password gets in with two commands', () => {
  test.each([
    ['the link first', 'first'],
    ['the second factors first', 'second'],
  ])('%s, and what was begun with them is worth nothing', async (_title, order) => {
    const username = `ada-${order}`;
    const { browser: signedIn, secret } = await administratorWithAuthenticator(username);
    const halfway = new HttpBrowser(castellan.url);
    const secondStep = await signIn(halfway, username);
    expect(isSecondStep(secondStep)).toBe(true);

    const makeLink = async () => (await shell('user', 'recovery-link', username)).stdout.trim();
    let url = '';
    if (order === 'first') url = await makeLink();
    const { stdout } = await shell('user', 'remove-second-factors', username);
    expect(stdout).toBe(`Removed the second factors of ${username}.\n`);
    if (order === 'second') url = await makeLink();
    expect(await isSignedIn(signedIn)).toBe(false);

    const owner = new HttpBrowser(castellan.url);
    const page = await owner.open(url);
    expect((await owner.follow(await submitTo(owner, page, '/recovery', { password: fresh }))).body).toContain(
      '<h1>Your password is changed</h1>',
    );
    await submitTo(halfway, secondStep, '/login/second-factor', { code: codeAt(secret, now() + 30) });
    expect(await isSignedIn(halfway)).toBe(false);
    const withOldPassword = new HttpBrowser(castellan.url);
    await signIn(withOldPassword, username);
    expect(await isSignedIn(withOldPassword)).toBe(false);

    await signIn(owner, username, fresh);
    expect((await owner.open('/admin')).body).toContain('<h1>Overview</h1>');
  });

  test('the link alone does not do away with the second factor, and says so', async () => {
    const { secret } = await administratorWithAuthenticator('bea');
    const { stdout, stderr } = await shell('user', 'recovery-link', 'bea');
    expect(stderr).toContain('castellan user remove-second-factors bea');
    const owner = new HttpBrowser(castellan.url);
    await submitTo(owner, await owner.open(stdout.trim()), '/recovery', { password: fresh });
    const step = await signIn(owner, 'bea', fresh);
    expect(isSecondStep(step)).toBe(true);
    await submitTo(owner, step, '/login/second-factor', { code: codeAt(secret, now() + 30) });
    expect(await isSignedIn(owner)).toBe(true);
  });

  test('setup-link makes another one while there is one', async () => {
    const { stdout } = await shell('setup-link');
    const browser = new HttpBrowser(castellan.url);
    const page = await browser.open(stdout.trim());
    const fields = { username: 'carla', email: 'carla@example.com', password: fresh };
    await browser.follow(await submitTo(browser, page, '/setup', fields));
    expect((await browser.open('/admin')).body).toContain('<h1>Overview</h1>');
  });

  test('somebody with a passkey alone gets a recovery link with it', async () => {
    await castellan.run(['user', 'add', '--username', 'dora']);
    const database = await openDatabase(`sqlite:${castellan.folder}/data/castellan.sqlite`);
    await database.run(sql`
      INSERT INTO passkeys (id, user_id, rp_id, public_key, sign_count, transports, aaguid, device_type, name, created_at)
      SELECT 'doras', id, 'localhost', 'AAAA', 0, '[]', '', 'multiDevice', 'Phone', ${now()}
        FROM users WHERE username = 'dora'`);
    await database.close();
    const shown = await castellan.run(['user', 'show', 'dora']);
    expect(shown.stdout).toMatch(/^signs in with +Passkey \(only one\)$/m);
    expect(shown.stdout).toMatch(/^passkey +Phone at localhost, since .*Z, not used yet$/m);
    const { stdout, stderr } = await shell('user', 'remove-second-factors', 'dora');
    expect(stderr).toContain('There is no other way to sign in left');
    const url = stdout.split('\n')[1] ?? '';
    const browser = new HttpBrowser(castellan.url);
    await submitTo(browser, await browser.open(url), '/recovery', { password: fresh });
    await signIn(browser, 'dora', fresh);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('where an account is not open, the command says what opens it', () => {
  const commands = ['recovery-link', 'remove-second-factors'];
  const states: readonly [string, string, string, string[]][] = [
    ['disabled', 'disabled_at = 1', 'is disabled; "castellan user enable NAME"', []],
    ['waiting', 'awaits_approval_since = 1', 'waits for approval; "castellan user enable NAME"', []],
    ['expired', 'expires_at = 1', '"castellan user enable NAME --expires <day>"', ['--expires', '2030-12-31']],
  ];
  test.each(states.flatMap((state) => commands.map((command) => [command, ...state] as const)))(
    'user %s of somebody who is %s',
    async (command, state, column, sentence, options) => {
      const username = `${state}-${command}`;
      await castellan.run(['user', 'add', '--username', username, '--password-stdin'], { input: password });
      const database = await openDatabase(`sqlite:${castellan.folder}/data/castellan.sqlite`);
      await database.script(`UPDATE users SET ${column} WHERE username = '${username}'`);
      await database.close();
      const refused = await castellan.run(['user', command, username]);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toContain(sentence.replace('NAME', username));
      expect(await castellan.run(['user', 'enable', username, ...options])).toEqual({
        status: 0,
        stdout: `Enabled ${username}.\n`,
        stderr: '',
      });
      expect((await castellan.run(['user', command, username])).status).toBe(0);
    },
  );

  test('user enable of an account that has expired asks for a later last day, and takes it away with never', async () => {
    await castellan.run(['user', 'add', '--username', 'erin', '--expires', '2000-01-01']);
    expect((await castellan.run(['user', 'enable', 'erin'])).stderr).toContain('user enable erin --expires <day>');
    expect((await castellan.run(['user', 'enable', 'erin', '--expires', 'soon'])).stderr).toContain('is not a day');
    expect((await castellan.run(['user', 'enable', 'erin', '--expires', '2001-01-01'])).status).toBe(1);
    expect((await castellan.run(['user', 'enable', 'erin', '--expires', 'never'])).status).toBe(0);
    expect((await castellan.run(['user', 'show', 'erin'])).stdout).not.toContain('expires_at');
  });
});

test.each([
  ['user remove-second-factors', ['user', 'remove-second-factors', 'frida'], 'Your second steps were removed'],
  ['user set-password', ['user', 'set-password', 'frida'], 'Your password was changed'],
])('%s tells the owner by mail', async (_command, words, subject) => {
  const mailing = await newInstallation();
  try {
    const server = await startMailServer();
    const settings = { CASTELLAN_SMTP_URL: server.url, CASTELLAN_MAIL_FROM: 'id@example.com' };
    const add = ['user', 'add', '--username', 'frida', '--email', 'frida@example.com', '--password-stdin'];
    await mailing.run(add, { input: password, settings });
    expect((await mailing.run(words, { input: fresh, settings })).status).toBe(0);
    const running = await mailing.start(settings);
    const mail = await server.mail(1);
    expect([mail.to, mail.headers.get('subject')]).toEqual([['frida@example.com'], subject]);
    await running.stop();
  } finally {
    await mailing.remove();
  }
});
