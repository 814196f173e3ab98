import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findUser, findUserByLogin } from '../../../src/identity/users.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { formFields } from '../../support/form-fields.ts';
import { password } from '../../support/provider.ts';
import { addAuthenticator } from '../../support/second-factor.ts';

let console: Console;
beforeAll(async () => {
  console = await startConsole();
});
afterAll(() => console.close());

describe('the console', () => {
  test('gives an account a last day, shows it in the list, and takes it away again', async () => {
    const { id } = await console.addUser({ username: 'guest', email: 'guest@example.com' });
    const path = `/admin/users/${id}`;
    const fields = formFields((await console.admin.get(path)).body, 'user-form');
    await console.admin.post(path, { ...fields, expires_at: '2030-12-31' });
    expect((await findUser(console.context, id))?.expires_at).toBe(Date.UTC(2031, 0, 1) / 1000);
    expect((await console.admin.get(path)).body).toContain('value="2030-12-31"');
    expect(textOf(await console.admin.get('/admin/users'))).toContain('2030-12-31');
    await console.admin.post(path, { ...fields, expires_at: '2020-01-01' });
    expect(textOf(await console.admin.get(path))).toContain('This account has expired');
    await console.admin.post(path, { ...fields, expires_at: '' });
    expect((await findUser(console.context, id))?.expires_at).toBeUndefined();
  });

  test.each(['2030-02-30', 'tomorrow', '31.12.2030'])(
    'refuses %j as a last day, and says how one is written',
    async (day) => {
      const { id } = await console.addUser({ username: `on-${day}`, email: undefined });
      const fields = formFields((await console.admin.get(`/admin/users/${id}`)).body, 'user-form');
      const response = await console.admin.post(`/admin/users/${id}`, { ...fields, expires_at: day });
      expect(response.statusCode).toBe(400);
      expect(textOf(response)).toContain('This is not a day such as 2030-12-31.');
    },
  );

  test('gives no last day to an administrator', async () => {
    const path = `/admin/users/${console.administrator.id}`;
    const fields = formFields((await console.admin.get(path)).body, 'user-form');
    const response = await console.admin.post(path, { ...fields, expires_at: '2030-12-31' });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain('The account of an administrator does not expire');
  });

  test('adds people whose password is good for one time', async () => {
    const form = { username: 'novice', email: 'novice@example.com', password, must_change_password: 'true' };
    await console.admin.post('/admin/users/new', form);
    const user = await findUserByLogin(console.context, 'novice');
    expect(user?.mustChangePassword).toBe(true);
    expect((await console.browser().signIn('novice')).body).toContain('id="login-new-password"');
    await console.admin.post(`/admin/users/${user?.id}/access/password`, { password: 'a quite different one' });
    expect((await findUser(console.context, user?.id ?? ''))?.mustChangePassword).toBe(false);
    const again = { password: 'another quite different one', must_change_password: 'true' };
    await console.admin.post(`/admin/users/${user?.id}/access/password`, again);
    expect((await findUser(console.context, user?.id ?? ''))?.mustChangePassword).toBe(true);
  });

  test('removes the second factors of somebody who lost them, and the audit log says who did', async () => {
    const { id } = await console.addUser({ username: 'loser', email: 'loser@example.com' });
    const browser = console.browser();
    await browser.signIn('loser');
    const { recoveryCodes } = await addAuthenticator(console, browser);
    expect((await console.browser().signIn('loser')).body).toContain('id="second-factor-form"');
    const path = `/admin/users/${id}/access/second-factors`;
    expect((await console.admin.get(`/admin/users/${id}/access`)).body).toContain(path);
    expect(textOf(await console.admin.get(path))).toContain('Remove the second factors of loser?');
    await console.admin.post(path, {});
    expect((await console.browser().signIn('loser')).body).not.toContain('id="second-factor-form"');
    const [event] = await listEvents(console.context, { limit: 1, target: id, action: 'user.second-factors-removed' });
    expect(event?.actor).toBe(console.administrator.id);
    const back = console.browser();
    await back.signIn('loser');
    await addAuthenticator(console, back);
    const page = await console.browser().signIn('loser');
    expect(page.body).toContain('id="second-factor-form"');
    expect(recoveryCodes).toHaveLength(10);
  });
});
