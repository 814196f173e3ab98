import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { listSessions } from '../../../src/identity/sessions.ts';
import { findUser, type User } from '../../../src/identity/users.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { type Form, locationOf } from '../../support/provider.ts';

let console: Console;
beforeAll(async () => {
  console = await startConsole();
});
afterAll(() => console.close());

let count = 0;
function addSomebody(more: Parameters<Console['addUser']>[0] = {}): Promise<User> {
  count += 1;
  return console.addUser({ username: `person${count}`, email: `person${count}@example.com`, ...more });
}

const pathOf = ({ id }: User): string => `/admin/users/${id}`;

async function lastEvent(target: string) {
  const [event] = await listEvents(console.context, { limit: 1, target });
  return event;
}

describe('the access of a person', () => {
  test('a password that an administrator sets signs the person out and in', async () => {
    const user = await addSomebody();
    const browser = console.browser();
    await browser.signIn(user.username);
    const path = `${pathOf(user)}/access/password`;
    const weak = await console.admin.post(path, { password: 'password' });
    expect([weak.statusCode, weak.body]).toEqual([400, expect.stringContaining('id="field-password-problem"')]);
    expect(await listSessions(console.context, user.id)).toHaveLength(1);
    expect(locationOf(await console.admin.post(path, { password: 'a quite different one' }))).toBe(
      `${pathOf(user)}/access`,
    );
    expect(await listSessions(console.context, user.id)).toEqual([]);
    expect((await console.browser().signIn(user.username)).body).toContain('id="login-submit"');
    expect((await console.browser().signIn(user.username, 'a quite different one')).statusCode).toBe(200);
  });

  test('administrators who set their own password stay signed in here', async () => {
    const own = await startConsole();
    const other = own.browser();
    await other.signIn('ada');
    await own.admin.post(`/admin/users/${own.administrator.id}/access/password`, { password: 'a quite different one' });
    expect((await own.admin.get('/admin')).statusCode).toBe(200);
    expect((await other.get('/admin')).statusCode).toBe(303);
    await own.close();
  });

  test('a recovery link is shown once and works', async () => {
    const user = await addSomebody({ password: undefined });
    const path = `${pathOf(user)}/access`;
    const answer = await console.admin.post(`${path}/recovery-link`, {});
    expect([answer.statusCode, locationOf(answer), answer.body]).toEqual([303, path, '']);
    const page = await console.admin.get(path);
    const link = /<code>(http:\/\/localhost:9000\/recovery\?token=[^<]+)<\/code>/.exec(page.body)?.[1] ?? '';
    expect((await console.admin.get(path)).body).not.toContain('recovery?token');
    expect((await console.browser().get(link)).body).toContain('Choose a new password');
    expect(await lastEvent(user.id)).toMatchObject({
      action: 'recovery-link.created',
      actor: console.administrator.id,
    });
  });

  test('a disabled person gets no recovery link, which is told calmly', async () => {
    const user = await addSomebody();
    const path = `${pathOf(user)}/access`;
    await console.admin.post(`${path}/disable`, {});
    await console.admin.get(path);
    const answer = await console.admin.follow(await console.admin.post(`${path}/recovery-link`, {}));
    expect(textOf(answer)).toContain('enable the user first');
  });

  test('sessions are ended one by one and all together', async () => {
    const user = await addSomebody();
    for (let each = 0; each < 3; each++) await console.browser().signIn(user.username);
    const path = `${pathOf(user)}/access/sessions`;
    const [first] = await listSessions(console.context, user.id);
    await console.admin.post(`${path}/${first?.id}/end`, {});
    expect(await listSessions(console.context, user.id)).toHaveLength(2);
    expect(await lastEvent(first?.id ?? '')).toMatchObject({
      action: 'session.ended',
      actor: console.administrator.id,
    });
    await console.admin.post(`${path}/end`, {});
    expect(await listSessions(console.context, user.id)).toEqual([]);
  });

  test('the session of another person is not found', async () => {
    const [user, other] = [await addSomebody(), await addSomebody()];
    await console.browser().signIn(other.username);
    const [session] = await listSessions(console.context, other.id);
    const answer = await console.admin.post(`${pathOf(user)}/access/sessions/${session?.id}/end`, {});
    expect(answer.statusCode).toBe(404);
    expect(await listSessions(console.context, other.id)).toHaveLength(1);
  });

  test('is taken by disabling, given back by enabling', async () => {
    const user = await addSomebody();
    const browser = console.browser();
    await browser.signIn(user.username);
    const path = `${pathOf(user)}/access`;
    await console.admin.post(`${path}/disable`, {});
    expect((await browser.get('/')).statusCode).toBe(303);
    expect((await console.admin.get(path)).body).toContain('This person is disabled');
    await console.admin.post(`${path}/enable`, {});
    expect((await console.browser().signIn(user.username)).statusCode).toBe(200);
  });

  test('a person is removed after a question, with the administrator in the audit log', async () => {
    const user = await addSomebody();
    const path = `${pathOf(user)}/access/remove`;
    expect((await console.admin.get(path)).body).toContain('id="confirm"');
    expect(await findUser(console.context, user.id)).toBeDefined();
    expect(locationOf(await console.admin.post(path, {}))).toBe('/admin/users');
    expect(await findUser(console.context, user.id)).toBeUndefined();
    expect(await lastEvent(user.id)).toMatchObject({ action: 'user.removed', actor: console.administrator.id });
  });

  test.each<[string, Form]>([
    ['disable', {}],
    ['remove', {}],
    ['administrator', { administrator: 'false' }],
  ])('the last administrator stays one, and is told so calmly: %s', async (act, form) => {
    const path = `${pathOf(console.administrator)}/access`;
    const answer = await console.admin.post(`${path}/${act}`, form);
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, path]);
    expect(textOf(await console.admin.get(path))).toContain('This is the last administrator');
    expect(await findUser(console.context, console.administrator.id)).toMatchObject({
      administrator: true,
      disabled: false,
    });
  });
});
