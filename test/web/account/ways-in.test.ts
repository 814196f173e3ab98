import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUser, type User } from '../../../src/identity/users.ts';
import { disableIdentityProvider } from '../../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../../src/storage/database.ts';
import { listFederatedIdentities } from '../../../src/storage/federated-identities.ts';
import { listPasskeys } from '../../../src/storage/passkeys.ts';
import { textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { actor, type Provider, startProvider, type TestBrowser } from '../../support/provider.ts';
import {
  addAuthenticatorRow,
  addPasskeyRow,
  addProvider,
  addRecoveryCodes,
  connect,
  takePassword,
} from '../../support/ways-in.ts';

const page = '/account/security';
const withMail = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let count = 0;
/** Somebody who has just signed in with two factors, so that the forms ask for no more. */
async function newcomer(provider: Provider, more: Parameters<Provider['addUser']>[0] = {}) {
  count += 1;
  const username = `person${count}`;
  const user = await provider.addUser({ username, email: `${username}@example.com`, ...more });
  const browser = provider.browser();
  await browser.signIn(username);
  await provider.context.database.run(sql`
    UPDATE sessions SET amr = ${JSON.stringify(['pop', 'user', 'mfa'])}, acr = 'urn:castellan:acr:phishing-resistant'
     WHERE user_id = ${user.id}`);
  return { user, browser };
}

type Thing =
  | 'password'
  | 'proven address'
  | 'passkey'
  | 'passkey of a former host'
  | 'account at one'
  | 'account at two'
  | 'account at one that is off'
  | 'authenticator app'
  | 'recovery codes';

const gifts: Readonly<Record<Thing, (provider: Provider, user: User) => Promise<unknown>>> = {
  password: async () => undefined,
  'proven address': async () => undefined,
  passkey: addPasskeyRow,
  'passkey of a former host': (provider, user) => addPasskeyRow(provider, user, 'former.example'),
  'account at one': (provider, user) => connect(provider, user, 'one'),
  'account at two': (provider, user) => connect(provider, user, 'two'),
  'account at one that is off': (provider, user) => connect(provider, user, 'off'),
  'authenticator app': addAuthenticatorRow,
  'recovery codes': addRecoveryCodes,
};

describe('the page of the ways to sign in warns of what must not get lost', () => {
  let mailing: Provider;
  let quiet: Provider;
  beforeAll(async () => {
    mailing = await startProvider({ settings: withMail });
    quiet = await startProvider();
    for (const provider of [mailing, quiet]) {
      for (const name of ['one', 'two', 'off']) await addProvider(provider, name);
      await disableIdentityProvider(provider.context, 'off', { disabled: true }, actor);
    }
  });
  afterAll(async () => {
    await mailing.close();
    await quiet.close();
  });

  const oneWay = 'There is only one way into your account';
  const secondStep = 'Your second step hangs on one thing';
  test.each<[Thing[], string | undefined, 'without mail'?]>([
    [['password'], oneWay],
    [['password', 'proven address'], undefined],
    [['password', 'proven address'], oneWay, 'without mail'],
    [['proven address'], oneWay],
    [['password', 'passkey', 'recovery codes'], undefined],
    [['password', 'passkey'], secondStep],
    [['password', 'passkey', 'passkey'], undefined],
    [['passkey'], oneWay],
    [['passkey', 'passkey'], undefined],
    [['passkey', 'passkey of a former host'], oneWay],
    [['password', 'passkey of a former host'], oneWay],
    [['password', 'account at one'], undefined],
    [['account at one'], oneWay],
    [['account at one', 'account at one'], oneWay],
    [['account at one', 'account at two'], undefined],
    [['password', 'account at one that is off'], oneWay],
    [['passkey', 'account at one that is off'], oneWay],
    [['password', 'authenticator app', 'recovery codes'], oneWay],
    [['password', 'proven address', 'authenticator app', 'recovery codes'], undefined],
    [['password', 'proven address', 'authenticator app'], secondStep],
    [['password', 'account at one', 'authenticator app'], secondStep],
    [['password', 'authenticator app', 'passkey'], undefined],
    [['passkey', 'passkey', 'authenticator app'], undefined],
  ])('%j: %s %s', async (things, warning, mail) => {
    const provider = mail === 'without mail' ? quiet : mailing;
    const { user, browser } = await newcomer(provider, { email_verified: things.includes('proven address') });
    for (const thing of things) await gifts[thing](provider, user);
    if (!things.includes('password')) await takePassword(provider, user);
    const text = textOf(await browser.get(page));
    for (const each of [oneWay, secondStep])
      if (each === warning) expect(text).toContain(each);
      else expect(text).not.toContain(each);
  });
});

describe.each(engines)('the last way to sign in stays, on %s', (engine) => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await addProvider(provider, 'one');
    await addProvider(provider, 'off');
    await disableIdentityProvider(provider.context, 'off', { disabled: true }, actor);
  });
  afterAll(() => provider.close());

  const removePasskey = (browser: TestBrowser, id: string) => browser.post(`${page}/passkeys/${id}/remove`, {});
  const disconnect = (browser: TestBrowser, sub: string) =>
    browser.post(`${page}/providers/disconnect`, { provider: 'one', sub });
  const left = async ({ id }: User) => ({
    passkeys: (await listPasskeys(provider.context.database, id)).length,
    accounts: (await listFederatedIdentities(provider.context.database, id)).length,
    password: (await findUser(provider.context, id))?.hasPassword,
  });

  test('a passkey is not removed when nothing else would be left that works here now', async () => {
    const { user, browser } = await newcomer(provider, { email_verified: true });
    const id = await addPasskeyRow(provider, user);
    await addPasskeyRow(provider, user, 'former.example');
    await connect(provider, user, 'off');
    await takePassword(provider, user);
    const answer = await removePasskey(browser, id);
    expect([answer.statusCode, textOf(answer)]).toEqual([403, expect.stringContaining('last way to sign in')]);
    expect(await left(user)).toEqual({ passkeys: 2, accounts: 1, password: false });
  });

  test('an account at a provider is not disconnected when nothing else would be left', async () => {
    const { user, browser } = await newcomer(provider);
    const sub = await connect(provider, user, 'one');
    await takePassword(provider, user);
    await disconnect(browser, sub);
    expect(textOf(await browser.get(page))).toContain('This is the only way to sign in to your account.');
    expect(await left(user)).toEqual({ passkeys: 0, accounts: 1, password: false });
  });

  test('of two ways that are taken at the same instant one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const { user, browser } = await newcomer(provider);
      const ids = [await addPasskeyRow(provider, user), await addPasskeyRow(provider, user)];
      const sub = await connect(provider, user, 'one');
      await takePassword(provider, user);
      await Promise.all([...ids.map((id) => removePasskey(browser, id)), disconnect(browser, sub)]);
      const { passkeys, accounts } = await left(user);
      expect(passkeys + accounts).toBe(1);
    }
  });

  test('with a password everything else may go', async () => {
    const { user, browser } = await newcomer(provider);
    const id = await addPasskeyRow(provider, user);
    const sub = await connect(provider, user, 'one');
    await removePasskey(browser, id);
    await disconnect(browser, sub);
    expect(await left(user)).toEqual({ passkeys: 0, accounts: 0, password: true });
  });
});
