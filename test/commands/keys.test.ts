import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
  await castellan.start();
  await publishedKids();
});
afterAll(() => castellan.remove());

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly state: string;
  readonly current_at: number;
}

async function keys(...words: string[]): Promise<Key[]> {
  const { status, stdout, stderr } = await castellan.run([...words, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function publishedKids(): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${castellan.port}/oidc/.well-known/jwks.json`);
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null || !('keys' in body) || !Array.isArray(body.keys)) return [];
  return body.keys.map(({ kid }) => String(kid));
}

test('keys list shows the keys that the server publishes, as a table or as JSON', async () => {
  const listed = await keys('keys', 'list');
  expect(listed.map(({ kid }) => kid).toSorted()).toEqual((await publishedKids()).toSorted());
  expect(new Set(listed.map(({ state }) => state))).toEqual(new Set(['current']));
  const { stdout } = await castellan.run(['keys', 'list']);
  for (const { kid, alg } of listed) expect(stdout).toMatch(new RegExp(`^${kid} +${alg} +current `, 'm'));
});

test('keys rotate makes next keys, which sign later and are not made twice', async () => {
  const before = await keys('keys', 'list');
  const successors = await keys('keys', 'rotate', '--alg', 'ES256');
  expect(successors).toEqual([expect.objectContaining({ alg: 'ES256', state: 'next' })]);
  expect(await keys('keys', 'rotate', '--alg', 'ES256')).toEqual(successors);
  const after = await keys('keys', 'list');
  expect(after).toHaveLength(before.length + 1);
  expect(after.find(({ state }) => state === 'next')?.current_at).toBeGreaterThan(before[0]?.current_at ?? 0);
});

test('keys rotate --immediately makes keys that sign at once', async () => {
  const { status, stdout } = await castellan.run(['keys', 'rotate', '--alg', 'RS256', '--immediately']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^[\w-]{43} \(RS256\) signs from \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.\n$/);
  const [kid = ''] = stdout.split(' ');
  expect((await keys('keys', 'list')).find((key) => key.kid === kid)).toMatchObject({ state: 'current' });
});

test('an algorithm that we do not sign with is refused', async () => {
  const { status, stderr } = await castellan.run(['keys', 'rotate', '--alg', 'HS256']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '--alg: must be one of RS256, ES256, PS256, EdDSA\n' });
});

test('setup-link prints a link that works, and the one before does not any more', async () => {
  const first = (await castellan.run(['setup-link'])).stdout.trim();
  expect(first).toMatch(new RegExp(`^${castellan.url}/setup\\?token=[\\w-]{64}$`));
  const second: unknown = JSON.parse((await castellan.run(['setup-link', '--json'])).stdout);
  expect(second).toEqual({ url: expect.stringContaining(`${castellan.url}/setup?token=`) });
  expect(second).not.toEqual({ url: first });
});
