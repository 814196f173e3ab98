import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
});
afterAll(() => castellan.remove());

test('invitation add prints the link, list shows how it stands, remove withdraws it', async () => {
  const { stdout } = await castellan.run([
    ...['invitation', 'add', '--email', 'ada@example.com', '--group', 'staff', '--group', 'printing'],
    ...['--days', '2', '--expires', '2099-12-31', '--json'],
  ]);
  const added = JSON.parse(stdout);
  expect(added.link).toMatch(/\/invitation\?token=[\w-]{64}$/);
  const listed = JSON.parse((await castellan.run(['invitation', 'list', '--json'])).stdout);
  expect(listed).toMatchObject([
    { id: added.id, state: 'open', email: 'ada@example.com', groups: ['staff', 'printing'], link: added.link },
  ]);
  expect(listed[0].account_expires_at).toBe(Date.UTC(2100, 0, 1) / 1000);
  const table = (await castellan.run(['invitation', 'list'])).stdout;
  expect(table).toMatch(new RegExp(`^${added.id} +open +ada@example.com +staff,printing +1/1 +20`, 'm'));
  expect(table).not.toContain('token=');
  expect((await castellan.run(['invitation', 'remove', added.id])).status).toBe(0);
  expect(JSON.parse((await castellan.run(['invitation', 'list', '--json'])).stdout)).toEqual([]);
  const again = await castellan.run(['invitation', 'remove', added.id]);
  expect(again.status).not.toBe(0);
  expect(again.stderr).toContain('There is no invitation');
});

test('invitation add without options prints a link for anybody, once', async () => {
  const { stdout } = await castellan.run(['invitation', 'add']);
  expect(stdout.trim()).toMatch(/^http:\/\/\S+\/invitation\?token=[\w-]{64}$/);
});

test.each([
  ['--uses', '0', 'must be'],
  ['--days', '400', 'must be'],
  ['--expires', '31.12.2030', 'must be a day'],
  ['--expires', '2030-02-30', 'must be a day'],
  ['--language', 'xx', 'must be one of ours'],
])('invitation add refuses %s %s', async (option, value, sentence) => {
  const { status, stderr } = await castellan.run(['invitation', 'add', option, value]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`${option}: ${sentence}`) });
});

test('invitation add refuses one address for several people', async () => {
  const { status, stderr } = await castellan.run(['invitation', 'add', '--email', 'ada@example.com', '--uses', '2']);
  expect(status).not.toBe(0);
  expect(stderr).toContain('that of one person');
});
