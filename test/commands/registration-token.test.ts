import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
});
afterAll(() => castellan.remove());

test('registration-token add prints a token once, list shows how often it is good, remove ends it', async () => {
  const added = JSON.parse((await castellan.run(['registration-token', 'add', '--uses', '3', '--days', '7'])).stdout);
  expect(added).toMatchObject({ uses_left: 3, initial_access_token: expect.stringMatching(/^[\w-]{64}$/) });
  const listed = await castellan.run(['registration-token', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ id: added.id, uses_left: 3, expires_at: added.expires_at }]);
  expect(listed.stdout).not.toContain(added.initial_access_token);
  expect((await castellan.run(['registration-token', 'list'])).stdout).toMatch(new RegExp(`^${added.id} +3 +20`, 'm'));
  expect((await castellan.run(['registration-token', 'remove', added.id])).status).toBe(0);
  expect(JSON.parse((await castellan.run(['registration-token', 'list', '--json'])).stdout)).toEqual([]);
  const again = await castellan.run(['registration-token', 'remove', added.id]);
  expect(again.status).not.toBe(0);
  expect(again.stderr).toContain('There is no token');
});

test.each([
  ['--uses', '0'],
  ['--uses', 'many'],
  ['--days', '0'],
  ['--days', '1.5'],
])('registration-token add refuses %s %s', async (option, value) => {
  const { status, stderr } = await castellan.run(['registration-token', 'add', option, value]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`${option}: must be`) });
});
