import { describe, expect, onTestFinished, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { newInvitationSchema } from '../../src/identity/invitation-schema.ts';
import { createInvitation, invitationLink } from '../../src/identity/invitations.ts';
import { findUser, findUserByLogin, type User, updateUser } from '../../src/identity/users.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { textOf } from '../support/console.ts';
import { type Engine, engines, freshDatabaseUrl } from '../support/database.ts';
import { signInThrough, startFederation } from '../support/federation.ts';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server.ts';
import { actor, locationOf, type Provider, password, startProvider } from '../support/provider.ts';

const address = 'victoria@example.com';
const sessionCookie = 'castellan_session';
const fresh = 'a new horse battery';

/** A house without a mail server, and the same house after one was set up. */
interface House {
  readonly before: Provider;
  readonly after: Provider;
  readonly server: MailServer;
}

async function openHouse(engine: Engine = 'sqlite'): Promise<House> {
  const server = await startMailServer();
  const databaseUrl = await freshDatabaseUrl(engine);
  const before = await startProvider({ databaseUrl, settings: { CASTELLAN_SIGN_UP: 'open' } });
  onTestFinished(() => before.close());
  const settings = {
    ...{ CASTELLAN_SIGN_UP: 'open', CASTELLAN_KEYS_DIR: before.config.keysDir },
    ...mailSettings(server),
  };
  const after = await startProvider({ databaseUrl, settings, now: before.clock.now });
  onTestFinished(() => after.close());
  await before.addUser({ username: 'root', email: 'root@example.com', administrator: true });
  return { before, after, server };
}

const invite = async ({ context }: Provider, invitation: Record<string, unknown>) => {
  const made = await createInvitation(
    context,
    newInvitationSchema.parse(invitation),
    { language: 'en', sendsMail: true },
    actor,
  );
  return new URL(invitationLink(context, made)).searchParams.get('token') ?? '';
};

const form = (username: string, email = address) => ({ username, email, name: '', password });

/** Ways to an account with somebody else's address, while nobody can prove an address. */
const roads = {
  'signing up': async ({ before }: House, username = 'mallory') => {
    await before.browser().post('/sign-up', form(username));
  },
  'an invitation that names no address': async ({ before }: House, username = 'mallory') => {
    const token = await invite(before, {});
    await before.browser().post('/invitation', { token, ...form(username) });
  },
};
const roadTable = Object.entries(roads).map(([name, walk]) => ({ name, walk }));

/** What the account of the stranger comes to. */
async function stranger({ before: { context } }: House): Promise<User> {
  const user = await findUserByLogin(context, 'mallory');
  if (!user) throw new Error('there is no mallory');
  return user;
}

/** All that was asked for before has been done once a mail to somebody else is there. */
async function mailsSoFar({ after, server }: House): Promise<readonly string[]> {
  await after.addUser({ username: 'last', email: 'last@example.com' });
  const browser = after.browser();
  await browser.submit(await browser.open('/login/email'), { email: 'last@example.com' });
  for (let seen = 1; ; seen++)
    if ((await server.mail(seen)).to[0] === 'last@example.com') return server.mails.flatMap(({ to }) => to);
}

const lostEvents = ({ after: { context } }: House, target: string) =>
  listEvents(context, { action: 'email.lost', target, limit: 10 });

describe.each(roadTable)('an address of somebody else, claimed by $name,', ({ walk }) => {
  test('is told to applications as not verified, and marked as claimed', async () => {
    const house = await openHouse();
    await walk(house);
    expect(await stranger(house)).toMatchObject({ email: address, email_verified: false, claimsEmail: true });
  });

  test('signs nobody in by mail', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    const page = await browser.submit(await browser.open('/login/email'), { email: address });
    expect(page.body).toContain('autocomplete="one-time-code"');
    expect(await mailsSoFar(house)).not.toContain(address);
  });

  test('leads nobody who has forgotten a password into the account', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    const done = await browser.submit(await browser.get('/forgot-password'), { username: address });
    expect(textOf(done)).toContain('Look at your mail');
    expect(await mailsSoFar(house)).not.toContain(address);
    const mails = await listOutgoingMails(house.after.context.database, { limit: 20 });
    expect(mails.filter(({ purpose }) => purpose === 'password-reset')).toEqual([]);
  });

  test('goes to its owner, who signs up; the stranger keeps an account without it, and is told', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    const page = await browser.post('/sign-up', form('victoria'));
    const mail = await house.server.mail(1);
    expect(mail.to).toEqual([address]);
    await browser.submit(await browser.open(locationOf(page) ?? ''), { code: mail.code });
    expect(browser.cookies.has(sessionCookie)).toBe(true);
    expect(await findUserByLogin(house.after.context, address)).toMatchObject({
      ...{ username: 'victoria', email_verified: true, claimsEmail: false },
    });
    const { id, ...left } = await stranger(house);
    expect(left).toMatchObject({ email_verified: false, claimsEmail: false });
    expect(left.email).toBeUndefined();
    expect(await lostEvents(house, id)).toMatchObject([{ actor: 'system', detail: { email: address } }]);
    const theirs = house.after.browser();
    await theirs.signIn('mallory', password);
    expect(textOf(await theirs.get('/account/activity'))).toContain('has gone to somebody who has shown');
  });

  test.each([
    ['by the link in the mail', true],
    ['by a link that was handed over', false],
  ])('goes to its owner, whom an administrator invites, %s', async (_how, isMailed) => {
    const house = await openHouse();
    await walk(house);
    const token = await invite(house.after, { email: address });
    const { link } = await house.server.mail(1);
    const mail_proof = isMailed ? (new URL(link).searchParams.get('mail_proof') ?? '') : undefined;
    const answer = await house.after
      .browser()
      .post('/invitation', { token, ...(mail_proof && { mail_proof }), ...form('victoria') });
    expect(answer.statusCode).toBe(303);
    expect(await findUserByLogin(house.after.context, address)).toMatchObject({
      ...{ username: 'victoria', email_verified: isMailed, claimsEmail: false },
    });
    expect((await stranger(house)).email).toBeUndefined();
  });

  test('goes to whom an administrator gives it, in an account that is new or not', async () => {
    const house = await openHouse();
    await walk(house);
    const { context } = house.after;
    const { id } = await house.after.addUser({ username: 'victoria', email: 'old@example.com' });
    expect((await updateUser(context, id, { email: address }, actor)).email).toBe(address);
    expect((await stranger(house)).email).toBeUndefined();
    const mallory = await stranger(house);
    expect(await lostEvents(house, mallory.id)).toHaveLength(1);
  });

  test('is confirmed by who reads its mail, and then is as any other', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    await browser.signIn('mallory', password);
    const page = await browser.get('/account/email');
    expect(page.body).toContain('id="account-email-verify"');
    const asked = await browser.post('/account/email', { email: address });
    const { code, to } = await house.server.mail(1);
    expect(to).toEqual([address]);
    await browser.open(locationOf(asked) ?? '');
    await browser.post('/account/email/code', { code });
    expect(await stranger(house)).toMatchObject({ email: address, email_verified: true, claimsEmail: false });
    // Then nobody else gets it.
    const second = house.after.browser();
    await second.post('/sign-up', form('victoria'));
    expect((await house.server.mail(2)).text).toContain('already');
    expect(await findUserByLogin(house.after.context, 'victoria')).toBeUndefined();
  });

  test('gets no notices about an account that is not its owner’s', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    await browser.signIn('mallory', password);
    await browser.post('/account/security/password', { current_password: password, password: fresh });
    expect(await mailsSoFar(house)).not.toContain(address);
  });

  test('does not keep its account from a new password: the administrator has the link', async () => {
    const house = await openHouse();
    await walk(house);
    const browser = house.after.browser();
    await browser.submit(await browser.get('/forgot-password'), { username: 'mallory' });
    expect(await mailsSoFar(house)).not.toContain(address);
    const mails = await listOutgoingMails(house.after.context.database, { limit: 20 });
    expect(mails.find(({ purpose }) => purpose === 'password-reset')).toMatchObject({ recipient: '' });
  });
});

describe('a claim', () => {
  test.each(roadTable)('to an address that another has is left out without a word, by $name', async ({ walk }) => {
    const house = await openHouse();
    await house.before.addUser({ username: 'victoria', email: address });
    await walk(house);
    const mallory = await stranger(house);
    expect(mallory.email).toBeUndefined();
    expect(mallory.claimsEmail).toBe(false);
    expect(await findUserByLogin(house.before.context, address)).toMatchObject({ username: 'victoria' });
  });

  test.each(roadTable)('gives nobody a user name with an @, by $name', async ({ walk }) => {
    const house = await openHouse();
    await walk(house, address);
    expect(await findUserByLogin(house.before.context, address)).toBeUndefined();
  });

  test('ends when an administrator says that the address is verified, and not with other changes', async () => {
    const house = await openHouse();
    await roads['signing up'](house);
    const { id } = await stranger(house);
    const { context } = house.after;
    const root = house.after.browser();
    await root.signIn('root', password);
    expect(textOf(await root.get(`/admin/users/${id}`))).toContain(
      `Nobody but the person says that ${address} is theirs`,
    );
    expect(await updateUser(context, id, { groups: ['staff'] }, actor)).toMatchObject({ claimsEmail: true });
    expect(await updateUser(context, id, { email_verified: true }, actor)).toMatchObject({
      ...{ email: address, email_verified: true, claimsEmail: false },
    });
    expect(textOf(await root.get(`/admin/users/${id}`))).not.toContain('Nobody but the person says');
  });

  test('comes with an account that a provider told of whose word on addresses is not taken', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await upstream.addUser({ username: 'mallory', email: address, email_verified: true });
    const browser = ours.browser();
    await browser.submit(await signInThrough(federation, browser, { username: 'mallory' }), { username: 'mallory' });
    expect(await findUserByLogin(ours.context, 'mallory')).toMatchObject({ email: address, claimsEmail: true });
  });

  test('gives way to who comes through a provider that is believed, and has no say in that page', async () => {
    const federation = await startFederation({ settings: { creates_users: true, trusts_email_verified: true } });
    const { ours, upstream } = federation;
    await upstream.addUser({ username: 'mallory', email: address, email_verified: false });
    const theirs = ours.browser();
    await theirs.submit(await signInThrough(federation, theirs, { username: 'mallory' }), { username: 'mallory' });
    expect(await findUserByLogin(ours.context, 'mallory')).toMatchObject({ email: address, claimsEmail: true });
    const there = await findUserByLogin(upstream.context, 'mallory');
    await updateUser(upstream.context, there?.id ?? '', { email: null }, actor);
    await upstream.addUser({ username: 'victoria', email: address, email_verified: true });
    const browser = ours.browser();
    const page = await signInThrough(federation, browser, { username: 'victoria' });
    expect(textOf(page)).not.toContain('You have an account here already');
    await browser.submit(page, { username: 'victoria' });
    expect(await findUserByLogin(ours.context, address)).toMatchObject({ username: 'victoria', email_verified: true });
    expect((await findUserByLogin(ours.context, 'mallory'))?.email).toBeUndefined();
  });

  test('through a provider to an address that an account has is left out, and tells nothing of that account', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await ours.addUser({ username: 'victoria', email: address });
    await upstream.addUser({ username: 'mallory', email: address });
    const browser = ours.browser();
    const page = await signInThrough(federation, browser, { username: 'mallory' });
    await browser.submit(page, { username: 'mallory' });
    expect(browser.cookies.has(`__Host-${sessionCookie}`)).toBe(true);
    expect((await findUserByLogin(ours.context, 'mallory'))?.email).toBeUndefined();
  });
});

describe.each(engines)('at the same instant, on %s,', (engine) => {
  test('of several who claim an address one gets it, and all get their account', async () => {
    const house = await openHouse(engine);
    const names = ['mallory', 'mallory2', 'mallory3', 'mallory4', 'mallory5', 'mallory6'];
    await Promise.all(names.map((name) => roads['an invitation that names no address'](house, name)));
    const made = await Promise.all(names.map((name) => findUserByLogin(house.before.context, name)));
    expect(made.filter((user) => user !== undefined)).toHaveLength(names.length);
    expect(made.filter((user) => user?.email === address)).toHaveLength(1);
  });

  test('who claims an address and who is given it: whoever is given it has it', async () => {
    const house = await openHouse(engine);
    for (let round = 0; round < 5; round++) {
      const email = `victoria${round}@example.com`;
      const token = await invite(house.before, {});
      await Promise.all([
        house.before.browser().post('/invitation', { token, ...form(`mallory${round}`, email) }),
        house.after.addUser({ username: `victoria${round}`, email }),
      ]);
      expect(await findUserByLogin(house.after.context, email)).toMatchObject({ username: `victoria${round}` });
      expect((await findUserByLogin(house.after.context, `mallory${round}`))?.email).toBeUndefined();
    }
  });

  test('who confirms a claim and who is given the address: one has it, and the other never in part', async () => {
    const house = await openHouse(engine);
    await roads['signing up'](house);
    const { id } = await stranger(house);
    const browser = house.after.browser();
    await browser.signIn('mallory', password);
    await browser.post('/account/email', { email: address });
    const { code } = await house.server.mail(1);
    const given = house.after.addUser({ username: 'victoria', email: address }).catch(() => undefined);
    await Promise.all([given, browser.post('/account/email/code', { code })]);
    const owner = await findUserByLogin(house.after.context, address);
    const isStranger = owner?.id === id;
    expect(owner).toMatchObject({ claimsEmail: false, email_verified: isStranger });
    expect(await given).toEqual(isStranger ? undefined : expect.objectContaining({ username: 'victoria' }));
    const left = await findUser(house.after.context, id);
    expect(left?.email).toBe(isStranger ? address : undefined);
    expect(await lostEvents(house, id)).toHaveLength(isStranger ? 0 : 1);
  });
});

test('whether an address has an account cannot be read from what an invitation or a sign-up answers', async () => {
  const { before } = await openHouse();
  await before.addUser({ username: 'victoria', email: address });
  for (const path of ['/sign-up', '/invitation']) {
    const answers = await Promise.all(
      [address, 'nobody@example.com'].map(async (email, at) => {
        const token = await invite(before, {});
        const answer = await before.browser().post(path, { token, ...form(`new${path.length}${at}`, email) });
        return [answer.statusCode, locationOf(answer), answer.body];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  }
});
