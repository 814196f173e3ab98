import type { LightMyRequestResponse } from 'fastify';
import type { User } from '../../src/identity/users.ts';
import { type Provider, startProvider, type TestBrowser } from './provider.ts';

/** A provider with an administrator whose browser is signed in. */
export interface Console extends Provider {
  readonly administrator: User;
  readonly admin: TestBrowser;
}

/** Text that would run, were it ever taken for markup. */
export const evil = '<img src=x onerror=alert(1)>';

/** Starts a provider and signs its administrator `ada` in. Close it after the test. */
export async function startConsole(options?: Parameters<typeof startProvider>[0]): Promise<Console> {
  const provider = await startProvider(options);
  const administrator = await provider.addUser({
    username: 'ada',
    email: 'ada@example.com',
    claims: { name: 'Ada Lovelace' },
    administrator: true,
  });
  const admin = provider.browser();
  await admin.signIn('ada');
  return { ...provider, administrator, admin };
}

/** What a page says, without its markup. */
export function textOf({ body }: LightMyRequestResponse): string {
  return body
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}
