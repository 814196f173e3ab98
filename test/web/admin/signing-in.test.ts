import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { listSessions } from '../../../src/identity/sessions.ts';
import { findUser, type User } from '../../../src/identity/users.ts';
import { disableIdentityProvider } from '../../../src/protocol/identity-providers/registered-providers.ts';
import { listFederatedIdentities } from '../../../src/storage/federated-identities.ts';
import { listPasskeys } from '../../../src/storage/passkeys.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { type MailServer, mailSettings, startMailServer } from '../../support/mail-server.ts';
import { actor, locationOf } from '../../support/provider.ts';
import {
  addAuthenticatorRow,
  addPasskeyRow,
  addProvider,
  addRecoveryCodes,
  connect,
  takePassword,
} from '../../support/ways-in.ts';

let house: Console;
let mails: MailServer;
let count = 0;
function newcomer(more: Parameters<Console['addUser']>[0] = {}): Promise<User> {
  count += 1;
  return house.addUser({ username: `person${count}`, email: `person${count}@example.com`, ...more });
}
const accessOf = ({ id }: User): string => `/admin/users/${id}/access`;
const page = async (user: User) => textOf(await house.admin.get(accessOf(user)));
const subjects = () => mails.mails.map(({ headers }) => headers.get('subject'));

describe.each(engines)('how a person signs in, in the console on %s', (engine) => {
  beforeAll(async () => {
    mails = await startMailServer({ keep: true });
    house = await startConsole({ databaseUrl: await freshDatabaseUrl(engine), settings: mailSettings(mails) });
    for (const name of ['one', 'two', 'three', 'off']) await addProvider(house, name);
    await disableIdentityProvider(house.context, 'off', { disabled: true }, actor);
  });
  afterAll(async () => {
    await house.close();
    await mails.stop();
  });

  test('is shown with everything that was set up, and nothing that would sign in', async () => {
    const user = await newcomer({ claims: { name: evil } });
    await addPasskeyRow(house, user);
    await addPasskeyRow(house, user, 'former.example');
    await addAuthenticatorRow(house, user);
    await addRecoveryCodes(house, user);
    const sub = await connect(house, user, 'one');
    await connect(house, user, 'off');
    const text = await page(user);
    expect(text).toContain('Password, Passkey, Identity provider');
    expect(text).toContain('works only at former.example');
    expect(text).toMatch(/Authenticator app Since .* not used yet/);
    expect(text).toContain('Recovery codes left 10');
    expect(text).toContain('At one');
    expect(text).toContain(`${sub}@one`);
    expect(text).toMatch(/At off\s+disabled/);
    expect((await house.admin.get(accessOf(user))).body).not.toContain(evil);
  });

  test.each<[string, string, (user: User) => Promise<unknown>]>([
    ['nothing', 'no way to sign in yet', (user) => takePassword(house, user)],
    ['a password', 'only one way into this account', async () => undefined],
    ['a password and a passkey without recovery codes', 'hangs on one thing', (user) => addPasskeyRow(house, user)],
  ])('warns where there is %s', async (_what, warning, give) => {
    const user = await newcomer();
    await give(user);
    expect(await page(user)).toContain(warning);
  });

  test('an administrator disconnects an account, which the owner is told and the audit log keeps', async () => {
    const user = await newcomer();
    const sub = await connect(house, user, 'one');
    const before = mails.mails.length;
    const answer = await house.admin.post(`${accessOf(user)}/providers/disconnect`, { provider: 'one', sub });
    expect(locationOf(answer)).toBe(accessOf(user));
    expect(await page(user)).toContain('is disconnected');
    expect(await listFederatedIdentities(house.context.database, user.id)).toEqual([]);
    const mail = await mails.mail(before + 1);
    expect([mail.to, mail.headers.get('subject')]).toEqual([[user.email], 'Another account was unlinked']);
    const [event] = await listEvents(house.context, { target: user.id, limit: 1 });
    expect(event).toMatchObject({ action: 'federated-identity.disconnected', actor: house.administrator.id });
  });

  test('but not the last way to sign in, nor the account of somebody else', async () => {
    const [user, other] = [await newcomer(), await newcomer()];
    const sub = await connect(house, user, 'one');
    await house.admin.post(`${accessOf(other)}/providers/disconnect`, { provider: 'one', sub });
    await takePassword(house, user);
    await house.admin.post(`${accessOf(user)}/providers/disconnect`, { provider: 'one', sub });
    expect(await page(user)).toContain('This is the last way to sign in to this account.');
    expect(await listFederatedIdentities(house.context.database, user.id)).toHaveLength(1);
  });

  test('second factors that are removed leave the password, end all sessions, and the owner is told once', async () => {
    const user = await newcomer({ claims: { locale: 'de' } });
    const browser = house.browser();
    await browser.signIn(user.username);
    await addAuthenticatorRow(house, user);
    await addPasskeyRow(house, user);
    const before = mails.mails.length;
    await house.admin.post(`${accessOf(user)}/second-factors`, {});
    expect(await page(user)).toContain('the first one alone is enough');
    expect(await listSessions(house.context, user.id)).toEqual([]);
    expect((await house.browser().signIn(user.username)).statusCode).toBe(200);
    const mail = await mails.mail(before + 1);
    expect(mail.text).toContain(`Die Administration hat alle zweiten Schritte Ihres Kontos ${user.username}`);
    expect(
      subjects()
        .slice(before)
        .filter((each) => each === mail.headers.get('subject')),
    ).toHaveLength(1);
  });

  test('who had a passkey alone gets a recovery link in its place, which works', async () => {
    const user = await newcomer();
    await addPasskeyRow(house, user);
    await takePassword(house, user);
    await house.admin.post(`${accessOf(user)}/second-factors`, {});
    const shown = await house.admin.get(accessOf(user));
    const link = /<code>(http:[^<]*\/recovery\?token=[^<]+)<\/code>/.exec(shown.body)?.[1] ?? '';
    expect(await listPasskeys(house.context.database, user.id)).toEqual([]);
    const browser = house.browser();
    await browser.submit(await browser.get(link), { password: 'seven purple otters dancing' });
    expect((await house.browser().signIn(user.username, 'seven purple otters dancing')).statusCode).toBe(200);
  });

  test('a passkey alone is not taken from somebody who could not use a link', async () => {
    const user = await newcomer();
    await addPasskeyRow(house, user);
    await takePassword(house, user);
    await house.admin.post(`${accessOf(user)}/disable`, {});
    await house.admin.get(accessOf(user));
    await house.admin.post(`${accessOf(user)}/second-factors`, {});
    expect(await page(user)).toContain('enable the user first');
    expect(await listPasskeys(house.context.database, user.id)).toHaveLength(1);
  });

  test('a provider is disabled or removed only after the number of people was read who have nothing else', async () => {
    for (let each = 0; each < 3; each++) {
      const user = await newcomer();
      await connect(house, user, 'two');
      if (each < 2) await takePassword(house, user);
      if (each === 0) await connect(house, user, 'off');
    }
    const alsoElsewhere = await newcomer();
    await takePassword(house, alsoElsewhere);
    await connect(house, alsoElsewhere, 'two');
    await connect(house, alsoElsewhere, 'three');
    const path = '/admin/identity-providers/two';
    expect(textOf(await house.admin.get(`${path}/remove`))).toContain('2 people have no other way to sign in');
    const answer = await house.admin.post(`${path}/disable`, {});
    expect(locationOf(answer)).toBe(`${path}/disable`);
    const question = await house.admin.get(`${path}/disable`);
    expect(textOf(question)).toContain('2 people have no other way to sign in');
    expect((await house.browser().get('/login')).body).toContain('At two');
    await house.admin.post(`${path}/disable`, { asked: 'true' });
    expect((await house.browser().get('/login')).body).not.toContain('At two');
  });

  test('a password is to be changed at the next sign-in, unless it is one’s own', async () => {
    const user = await newcomer();
    const { body } = await house.admin.get(`${accessOf(user)}/password`);
    expect(/<input[^>]*name="must_change_password"[^>]*>/.exec(body)?.[0]).toContain('checked');
    const own = accessOf(house.administrator);
    expect((await house.admin.get(`${own}/password`)).body).not.toContain('must_change_password');
    await house.admin.post(`${own}/password`, { password: 'seven purple otters dancing' });
    expect(await findUser(house.context, house.administrator.id)).toMatchObject({ mustChangePassword: false });
  });
});
