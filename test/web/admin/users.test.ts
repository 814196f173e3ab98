import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findUser, findUserByLogin, type User } from '../../../src/identity/users.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { formFields } from '../../support/form-fields.ts';
import { type Form, locationOf, password } from '../../support/provider.ts';

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

async function saved(user: User, typed: Form) {
  const fields = formFields((await console.admin.get(pathOf(user))).body, 'user-form');
  return console.admin.post(pathOf(user), { ...fields, ...typed });
}

async function lastEvent(target: string) {
  const [event] = await listEvents(console.context, { limit: 1, target });
  return event;
}

const newPage = '/admin/users/new';

describe('adding a person', () => {
  test('with a password lets them sign in', async () => {
    const answer = await console.admin.post(newPage, {
      username: 'grace',
      name: 'Grace Hopper',
      email: 'grace@example.com',
      email_verified: 'true',
      groups: 'navy\r\nstaff\n',
      password,
      locality: 'Arlington',
      custom_claims: '{"department": "Computing"}',
    });
    const user = await findUserByLogin(console.context, 'grace');
    expect(locationOf(answer)).toBe(`/admin/users/${user?.id}/access`);
    expect(user).toMatchObject({
      email: 'grace@example.com',
      email_verified: true,
      phone_number_verified: false,
      groups: ['navy', 'staff'],
      claims: { name: 'Grace Hopper', address: { locality: 'Arlington' }, department: 'Computing' },
      administrator: false,
    });
    expect((await console.browser().signIn('grace')).statusCode).toBe(200);
    expect(await lastEvent(user?.id ?? '')).toMatchObject({ action: expect.stringMatching(/^(session|user)/) });
  });

  test('without a password leads to the recovery link', async () => {
    const answer = await console.admin.post(newPage, { username: 'alan' });
    expect(textOf(await console.admin.get(locationOf(answer) ?? ''))).toContain('Make a recovery link now');
  });

  test('as an administrator asks whoever signed in long ago once more', async () => {
    const own = await startConsole();
    const form = { username: 'second', password, administrator: 'true' };
    expect(locationOf(await own.admin.post(newPage, form))).toMatch(/\/access$/);
    expect((await findUserByLogin(own.context, 'second'))?.administrator).toBe(true);
    own.clock.advance(300);
    const answer = await own.admin.post(newPage, { ...form, username: 'third' });
    expect(locationOf(answer)).toMatch(/\/access\/administrator$/);
    expect((await findUserByLogin(own.context, 'third'))?.administrator).toBe(false);
    await own.close();
  });

  test.each<[string, Form, string]>([
    ['no user name', { username: '' }, 'username'],
    ['a user name with a blank', { username: 'a b' }, 'username'],
    ['a taken user name', { username: 'ADA' }, 'username'],
    ['an e-mail address that is none', { email: 'nobody' }, 'email'],
    ['a taken e-mail address', { email: 'Ada@Example.com' }, 'email'],
    ['a weak password', { password: 'password' }, 'password'],
    ['a phone number without a country', { phone_number: '555 1212' }, 'phone_number'],
    ['a birthdate that is no day', { birthdate: '1906-02-30' }, 'birthdate'],
    ['a language that is none', { locale: 'en_GB' }, 'locale'],
    ['a time zone that is none', { zoneinfo: 'Mars/Olympus' }, 'zoneinfo'],
    ['a picture that would run', { picture: 'javascript:alert(1)' }, 'picture'],
    ['a group without end', { groups: 'x'.repeat(129) }, 'groups'],
    ['claims that are no JSON', { custom_claims: '{' }, 'custom_claims'],
    ['claims that are no object', { custom_claims: '[1]' }, 'custom_claims'],
    ['a claim of the protocol', { custom_claims: '{"sub": "root"}' }, 'custom_claims'],
  ])('refuses %s at its field and keeps what was typed', async (_, typed, member) => {
    const answer = await console.admin.post(newPage, {
      username: `refused${count++}`,
      name: evil,
      password,
      administrator: 'true',
      ...typed,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(new RegExp(`class="problem" id="field-${member}-problem"`));
    expect(answer.body).not.toContain(evil);
    const { password: __, ...kept } = typed;
    const expected = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== ''));
    const fields = formFields(answer.body, 'user-form');
    expect(fields).toMatchObject({ name: evil, administrator: 'true', ...expected });
    // A password never comes back.
    expect(fields.password).toBe('');
  });
});

describe('the profile of a person', () => {
  test('stays as it is when the form is sent untouched, whatever it is', async () => {
    const user = await addSomebody({
      email_verified: true,
      phone_number: '+1 425 555 1212',
      phone_number_verified: true,
      groups: ['one', 'two'],
      claims: {
        name: evil,
        given_name: 'Given',
        family_name: 'Family',
        middle_name: 'Middle',
        nickname: 'Nick',
        profile: 'https://example.com/profile',
        picture: 'https://example.com/picture.png',
        website: 'https://example.com/',
        gender: 'female',
        birthdate: '0000-12-09',
        zoneinfo: 'Europe/Paris',
        locale: 'en-GB',
        address: {
          formatted: 'One\nTwo',
          street_address: 'Street 1',
          locality: 'City',
          region: 'R',
          postal_code: '1',
          country: 'C',
        },
        department: 'Physics',
        region: 'a custom claim with the name of a part of the address',
        nested: { list: [1, 'two', true] },
      },
    });
    const answer = await saved(user, {});
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, pathOf(user)]);
    expect({ ...(await findUser(console.context, user.id)), updated_at: 0 }).toEqual({ ...user, updated_at: 0 });
  });

  test('is changed and emptied by the form, and the audit log tells by whom', async () => {
    const user = await addSomebody({ phone_number: '+1 425 555 1212', claims: { name: 'Old', nickname: 'Nick' } });
    await saved(user, { name: 'New', nickname: '', phone_number: '', email: '', groups: 'staff' });
    const after = await findUser(console.context, user.id);
    expect(after).toMatchObject({ claims: { name: 'New' }, groups: ['staff'] });
    expect([after?.claims.nickname, after?.phone_number, after?.email]).toEqual([undefined, undefined, undefined]);
    expect(await lastEvent(user.id)).toMatchObject({
      action: 'user.updated',
      actor: console.administrator.id,
      address: '127.0.0.1',
      request_id: expect.any(String),
    });
  });

  test('cannot smuggle rights in, nor change another person', async () => {
    const [user, other] = [await addSomebody(), await addSomebody()];
    await saved(user, { administrator: 'true', disabled: 'true', id: other.id, user_id: other.id, name: 'Named' });
    expect(await findUser(console.context, user.id)).toMatchObject({
      administrator: false,
      disabled: false,
      claims: { name: 'Named' },
    });
    expect(await findUser(console.context, other.id)).toEqual(other);
  });

  test('a change that is refused changes nothing and keeps what was typed', async () => {
    const user = await addSomebody();
    const answer = await saved(user, { username: 'ada', nickname: 'typed' });
    expect(answer.statusCode).toBe(400);
    expect(formFields(answer.body, 'user-form')).toMatchObject({ username: 'ada', nickname: 'typed' });
    expect(await findUser(console.context, user.id)).toEqual(user);
  });

  test('shows names, groups and browsers as text, whatever they are', async () => {
    const user = await addSomebody({ claims: { name: evil }, groups: [evil] });
    const browser = console.browser();
    const page = await browser.open('/login');
    const headers = { 'user-agent': evil };
    await browser.post('/login', { username: user.username, password }, headers);
    expect(page.statusCode).toBe(200);
    const pages = [
      pathOf(user),
      `${pathOf(user)}/access`,
      `${pathOf(user)}/access/remove`,
      `/admin/users?search=${user.username}`,
      '/admin/audit',
      '/admin',
    ];
    for (const path of pages) expect((await console.admin.get(path)).body).not.toContain('<img src=x');
    expect((await console.admin.get(`${pathOf(user)}/access`)).body).toContain(
      '&lt;img src=x onerror=alert(1)&gt;</small>',
    );
  });
});
