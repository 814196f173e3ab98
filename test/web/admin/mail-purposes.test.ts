import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmEmailByLink, requestEmailConfirmation } from '../../../src/identity/email-address.ts';
import { createInvitation, newInvitationSchema } from '../../../src/identity/invitations.ts';
import { contentOf, type MailPurpose } from '../../../src/identity/mails.ts';
import { notifyOwner } from '../../../src/identity/notices.ts';
import { requestSignInCode } from '../../../src/identity/user-authentication/index.ts';
import { findUser, type User } from '../../../src/identity/users.ts';
import { sql } from '../../../src/storage/database.ts';
import { listOutgoingMails, type OutgoingMail } from '../../../src/storage/outgoing-mails.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { actor, locationOf, password } from '../../support/provider.ts';

/** A server that takes nothing, so that all there is of a mail is in the console. */
const unreachable = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let house: Console;
let alice: User;
async function start(settings: Record<string, string>): Promise<void> {
  house = await startConsole({ settings: { CASTELLAN_SIGN_UP: 'open', ...settings } });
  alice = await house.addUser({ email_verified: true });
}
afterEach(() => house.close());

const rows = () => listOutgoingMails(house.context.database, { limit: 20 });
async function rowOf(purpose: MailPurpose, isIt: (mail: OutgoingMail) => boolean = () => true): Promise<OutgoingMail> {
  for (;;) {
    const row = (await rows()).find((each) => each.purpose === purpose && isIt(each));
    if (row) return row;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const confirmNew = () =>
  requestEmailConfirmation(house.context, alice, { email: 'new@example.com', language: 'en' }, actor);
const signUp = (email: string) =>
  house.browser().post('/sign-up', { username: 'newcomer', email, name: 'New Comer', password });

const causes = {
  'a forgotten password': () => house.browser().post('/forgot-password', { username: 'alice' }),
  'an address to be confirmed': confirmNew,
  async 'a confirmed address that was replaced'() {
    await confirmNew();
    const { link = '' } = contentOf(house.context, await rowOf('email-confirmation')) ?? {};
    await confirmEmailByLink(house.context, alice, new URL(link).searchParams.get('token') ?? '', actor);
  },
  'a sign-in by mail': () =>
    requestSignInCode(house.context, {
      email: 'alice@example.com',
      language: 'en',
      address: '127.0.0.1',
      detail: { browser: 'this' },
    }),
  'an invitation': () =>
    createInvitation(
      house.context,
      newInvitationSchema.parse({ email: 'bea@example.com' }),
      { language: 'en', sendsMail: true },
      actor,
    ),
  'a sign-up': () => signUp('newcomer@example.com'),
  'a sign-up with an address that has an account': () => signUp('alice@example.com'),
  async 'somebody let in'() {
    await house.context.database.run(
      sql`UPDATE users SET awaits_approval_since = ${house.clock.now} WHERE id = ${alice.id}`,
    );
    await house.admin.post(`/admin/users/${alice.id}/approve`, {});
  },
  'a notice': () => notifyOwner(house.context, alice, 'newDevice', { device: 'Firefox', address: '::1' }),
  'a test': () => house.admin.post('/admin/mails/test', {}),
} as const;

/** What the console shows of this mail when its link is asked for. */
async function shown({ id }: OutgoingMail): Promise<{ link: string; text: string }> {
  const page = await house.admin.follow(await house.admin.post(`/admin/mails/${id}/show`, {}));
  return { link: /<code>(http[^<]+)<\/code>/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '', text: textOf(page) };
}

type Cause = keyof typeof causes;
const whatFor: Readonly<Record<MailPurpose, string>> = {
  'sign-in': 'Signing in',
  'password-reset': 'A new password',
  'email-confirmation': 'Confirming the address',
  invitation: 'An invitation',
  registration: 'A new account',
  notice: 'A notice',
  test: 'A test',
};

const withServer: readonly [Cause, MailPurpose, RegExp, 'code'?][] = [
  ['a forgotten password', 'password-reset', /\/recovery\?token=/],
  ['an address to be confirmed', 'email-confirmation', /\/account\/email\/confirm\?token=/, 'code'],
  ['a confirmed address that was replaced', 'notice', /\/recovery\/email\?token=/],
  ['a sign-in by mail', 'sign-in', /\/login\/email\/link\?token=/, 'code'],
  ['an invitation', 'invitation', /\/invitation\?.*token=/],
  ['a sign-up', 'registration', /\/sign-up\/link\?token=/, 'code'],
  ['a sign-up with an address that has an account', 'registration', /\/login$/],
  ['somebody let in', 'registration', /\/login$/],
  ['a notice', 'notice', /\/account$/],
  ['a test', 'test', /\/admin\/mails$/],
];

describe('where mail is sent, but the server takes none, the console has the link of', () => {
  beforeEach(() => start(unreachable));

  test.each(withServer)('%s', async (cause, purpose, link, code) => {
    await causes[cause]();
    const row = await rowOf(purpose);
    expect(textOf(await house.admin.get('/admin/mails'))).toContain(whatFor[purpose]);
    const answer = await shown(row);
    expect(answer.link).toMatch(link);
    expect(answer.text.includes('The code is')).toBe(code === 'code');
    expect((await house.browser().open(answer.link)).statusCode).toBe(200);
  });
});

test('there is no purpose of which the tests above show no mail', () => {
  expect(new Set(withServer.map(([, purpose]) => purpose))).toEqual(new Set(Object.keys(whatFor)));
});

describe('where no mail is sent', () => {
  beforeEach(() => start({}));

  test.each(withServer.filter(([, purpose], index) => index < 3 && purpose !== 'sign-in'))(
    'the console has the link of %s',
    async (cause, purpose, link) => {
      await causes[cause]();
      const answer = await shown(await rowOf(purpose, ({ next_attempt_at }) => next_attempt_at === null));
      expect(answer.link).toMatch(link);
      expect((await house.browser().open(answer.link)).statusCode).toBe(200);
    },
  );

  test('an invitation has its link on its own page', async () => {
    const { id } = await causes['an invitation']();
    expect((await house.admin.get(`/admin/invitations/${id}`)).body).toMatch(/<code>http[^<]*\/invitation\?token=/);
    expect(await rows()).toEqual([]);
  });

  test('a sign-in by mail is not offered, and nobody is made to wait for one', async () => {
    expect((await house.browser().open('/login')).body).not.toContain('login-email-code');
    const answer = await house.browser().post('/login/email', { email: 'alice@example.com' });
    expect(locationOf(answer)).toMatch(/^\/login/);
    expect(await rows()).toEqual([]);
  });

  test('a sign-up makes the account at once, with an address that nobody has confirmed', async () => {
    await causes['a sign-up']();
    const made = await house.context.database.get<{ id: string }>(
      sql`SELECT id FROM users WHERE username_key = 'newcomer'`,
    );
    expect(await findUser(house.context, made?.id ?? '')).toMatchObject({ email_verified: false });
    expect(await rows()).toEqual([]);
  });

  test.each<Cause>(['somebody let in', 'a notice', 'a test'])(
    'nothing is kept of %s, which would let nobody in',
    async (cause) => {
      await causes[cause]();
      expect(await rows()).toEqual([]);
    },
  );
});
