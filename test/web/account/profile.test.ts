import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { updateOwnProfile } from '../../../src/identity/own-profile.ts';
import {
  disableUser,
  findUser,
  findUserByLogin,
  removeUser,
  type User,
  updateUser,
} from '../../../src/identity/users.ts';
import { sql } from '../../../src/storage/database.ts';
import { obtainTokens, userinfo } from '../../support/code-flow.ts';
import { evil, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { formFields } from '../../support/form-fields.ts';
import { photographs } from '../../support/photographs.ts';
import { jpeg, png, sendFile, webp } from '../../support/pictures.ts';
import { actor, locationOf, type Provider, password, startProvider, type TestBrowser } from '../../support/provider.ts';

describe.each(engines)('the profile on %s', (engine) => {
  let provider: Provider;
  let user: User;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    user = await provider.addUser({
      claims: { name: 'Alice', department: 'Physics', profile: 'https://alice.example' },
      groups: ['staff'],
      phone_number: '+49 30 901820',
      phone_number_verified: true,
    });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const known = async () => (await findUser(provider.context, user.id)) ?? user;
  const fields = async () => formFields((await browser.get('/account')).body, 'account-profile');

  test('shows what is known of the person, filled in', async () => {
    const page = await browser.get('/account');
    expect(page.statusCode).toBe(200);
    expect(await fields()).toMatchObject({ name: 'Alice', phone_number: '+49 30 901820', locale: '' });
    expect(textOf(page)).toContain('staff');
    expect(textOf(page)).toContain('This number is confirmed');
  });

  test('saves what is theirs, and leaves what is not as it was', async () => {
    const response = await browser.post('/account', {
      ...(await fields()),
      name: 'Alice Liddell',
      given_name: 'Alice',
      birthdate: '1852-05-04',
      zoneinfo: 'Europe/London',
      website: 'https://wonderland.example',
      street_address: 'Christ Church',
      locality: 'Oxford',
    });
    expect(response.statusCode).toBe(303);
    expect(locationOf(response)).toBe('/account');
    expect(textOf(await browser.get('/account'))).toContain('Your changes are saved.');
    expect(textOf(await browser.get('/account'))).not.toContain('Your changes are saved.');
    expect(await known()).toMatchObject({
      username: 'alice',
      groups: ['staff'],
      phone_number_verified: true,
      claims: {
        name: 'Alice Liddell',
        birthdate: '1852-05-04',
        department: 'Physics',
        profile: 'https://alice.example',
        address: { street_address: 'Christ Church', locality: 'Oxford' },
      },
    });
    const [event] = await listEvents(provider.context, { action: 'user.profile-changed', limit: 1 });
    expect(event).toMatchObject({ actor: user.id, target: user.id });
    expect(event?.detail.changed).toContain('birthdate');
  });

  test('takes away what is left empty', async () => {
    await browser.post('/account', { ...(await fields()), given_name: '', website: '' });
    const { claims } = await known();
    expect(claims.given_name).toBeUndefined();
    expect(claims.website).toBeUndefined();
    expect(claims.name).toBe('Alice Liddell');
  });

  test('a new phone number is not confirmed', async () => {
    await browser.post('/account', { ...(await fields()), phone_number: '+44 20 7946 0000' });
    expect(await known()).toMatchObject({ phone_number: '+44 20 7946 0000', phone_number_verified: false });
  });

  test('the language is that of the pages from then on', async () => {
    await browser.post('/account', { ...(await fields()), locale: 'de' });
    const page = await browser.get('/account');
    expect(page.body).toContain('<html lang="de"');
    expect((await known()).claims.locale).toBe('de');
    await browser.post('/account', { ...(await fields()), locale: 'en' });
    expect((await browser.get('/account')).body).toContain('<html lang="en"');
  });

  test('without one it is again what the browser asks for', async () => {
    await browser.post('/account', { ...(await fields()), locale: 'de' });
    await browser.post('/account', { ...(await fields()), locale: '' });
    expect((await browser.get('/account', { 'accept-language': 'nl' })).body).toContain('<html lang="nl"');
    expect((await known()).claims.locale).toBeUndefined();
  });

  test.each([
    ['', 'en', /\d{1,2} \w+ \d{4}, \d{2}:\d{2} UTC</],
    ['Asia/Tokyo', 'en', /\d{1,2} \w+ \d{4}, \d{2}:\d{2} GMT\+9</],
    ['Asia/Tokyo', 'ja', /\d{4}\/\d{2}\/\d{2} \d{1,2}:\d{2} GMT\+9</],
    ['America/New_York', 'fr', /\d{1,2} \S+ \d{4}, \d{2}:\d{2} UTC−[45]</],
    ['Europe/Lisbon', 'pt', /\d{2}\/\d{2}\/\d{4}, \d{2}:\d{2} GMT\+[01]</],
  ])('the time zone %j is that of times, in the customs of the language %s', async (zoneinfo, locale, form) => {
    await browser.post('/account', { ...(await fields()), zoneinfo, locale });
    const { body } = await browser.get('/account/sessions');
    const written = [...body.matchAll(/<time datetime="([^"]+)">([^<]+)</g)];
    expect(written.length).toBeGreaterThan(0);
    for (const [, , text] of written) expect(`${text}<`).toMatch(form);
    await browser.post('/account', { ...(await fields()), zoneinfo: '', locale: 'en' });
  });

  test.each([
    ['a birthday that is none', { birthdate: '1990-02-30' }, 'account-birthdate'],
    ['a website with a script', { website: 'javascript:alert(1)' }, 'account-website'],
    ['a time zone that is none', { zoneinfo: 'Mars/Base' }, 'account-zoneinfo'],
    ['a phone number without a country', { phone_number: '030 901820' }, 'account-phone_number'],
    ['a name that is too long', { name: 'x'.repeat(300) }, 'account-name'],
  ])('refuses %s, says where, and keeps what was typed', async (_title, typed, id) => {
    const before = await known();
    const response = await browser.post('/account', { ...(await fields()), ...typed });
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain(`href="#${id}"`);
    expect(response.body).toMatch(new RegExp(`id="${id}"[^>]*aria-invalid="true"`));
    expect(formFields(response.body, 'account-profile')).toMatchObject(typed);
    expect(await known()).toEqual(before);
  });

  test.each<Record<string, string>>([
    { username: 'root' },
    { groups: 'admins' },
    { administrator: 'true' },
    { email: 'root@example.org' },
    { email_verified: 'true' },
    { phone_number_verified: 'true' },
    { department: 'Chemistry' },
    { picture: 'https://evil.example/x.png' },
    { sub: 'somebody-else' },
    { constructor: 'y' },
  ])('refuses a form with what only an administrator may change: %j', async (typed) => {
    const before = await known();
    const response = await browser.post('/account', { ...(await fields()), ...typed });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain('Only an administrator can change this.');
    expect(await known()).toEqual(before);
  });

  test('a name that looks like markup is text', async () => {
    await browser.post('/account', { ...(await fields()), name: evil, nickname: evil });
    const page = await browser.get('/account');
    expect(page.body).not.toContain(evil);
    expect((await fields()).name).toBe(evil);
    await browser.post('/account', { ...(await fields()), name: 'Alice' });
  });

  test('people who save while an administrator takes rights from them do not get them back', async () => {
    const eve = await provider.addUser({
      username: 'eve',
      email: 'eve@example.com',
      administrator: true,
      groups: ['staff', 'admins'],
    });
    await Promise.all([
      updateUser(provider.context, eve.id, { administrator: false, groups: ['staff'] }, actor),
      updateOwnProfile(provider.context, eve.id, { claims: { name: 'Eve' } }, { id: eve.id }),
      updateOwnProfile(provider.context, eve.id, { claims: { name: 'Eve' } }, { id: eve.id }),
    ]);
    expect(await findUser(provider.context, eve.id)).toMatchObject({ administrator: false, groups: ['staff'] });
  });

  describe('the picture', () => {
    /** The address of the picture, on our own pages. */
    const pictureOf = async () => (await known()).claims.picture ?? '';

    test.each([
      ['image/png', png()],
      ['image/jpeg', jpeg()],
      ['image/webp', webp()],
    ])('is taken as %s by what is in it, whatever the form says', async (content_type, bytes) => {
      const response = await sendFile(browser, provider, bytes, { filename: 'me.html', type: 'text/html' });
      expect(response.statusCode).toBe(303);
      const address = await pictureOf();
      expect(address).toMatch(/^\/picture\/[0-9a-f]{32}$/);
      const picture = await provider.browser().get(address);
      expect(picture.statusCode).toBe(200);
      expect(picture.rawPayload.equals(bytes)).toBe(true);
      expect(picture.headers).toMatchObject({
        'content-type': content_type,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      expect((await browser.get('/account')).body).toContain(`<img src="${address}"`);
    });

    test('is told to applications as the picture claim', async () => {
      const client = await provider.register({ first_party: true });
      const { access_token } = await obtainTokens(provider, browser, client, { scope: 'openid profile' });
      const picture = `http://localhost:9000${await pictureOf()}`;
      expect((await userinfo(provider, access_token)).json()).toMatchObject({ picture });
    });

    test.each(Object.entries(photographs))('loses what the camera wrote into it: %s', async (_name, { content }) => {
      expect((await sendFile(browser, provider, content)).statusCode).toBe(303);
      const { rawPayload } = await browser.get(await pictureOf());
      expect(rawPayload.includes('Secret')).toBe(false);
      expect(rawPayload.length).toBeGreaterThan(50);
    });

    test.each(Object.entries(photographs))(
      'that breaks off anywhere is kept or refused: %s',
      async (_name, { content }) => {
        const before = await pictureOf();
        for (let length = 0; length < content.length; length += 40) {
          const { statusCode } = await sendFile(browser, provider, content.subarray(0, length));
          expect([303, 400]).toContain(statusCode);
          expect((await browser.get(await pictureOf())).statusCode).toBe(200);
        }
        expect(before).not.toBe('');
      },
    );

    test('is told under the new address after a change of the public URL, and one from elsewhere as it was given', async () => {
      const databaseUrl = await freshDatabaseUrl(engine);
      const before = await startProvider({ databaseUrl });
      onTestFinished(() => before.close());
      await before.addUser();
      const client = await before.register({ first_party: true });
      const first = before.browser();
      await first.signIn();
      await sendFile(first, before, png());
      const settings = {
        CASTELLAN_PUBLIC_URL: 'https://new.example',
        CASTELLAN_KEYS_DIR: before.config.keysDir,
      };
      const after = await startProvider({ databaseUrl, settings });
      onTestFinished(() => after.close());
      const tell = async () => {
        const { access_token } = await obtainTokens(after, after.browser(), client, { scope: 'openid profile' });
        return (await userinfo(after, access_token)).json().picture;
      };
      const told = await tell();
      expect(told).toMatch(/^https:\/\/new\.example\/picture\/[0-9a-f]{32}$/);
      expect((await after.browser().get(new URL(told).pathname)).statusCode).toBe(200);
      const alice = await findUserByLogin(after.context, 'alice');
      const elsewhere = 'https://pictures.example/alice.png';
      await updateUser(after.context, alice?.id ?? '', { claims: { picture: elsewhere } }, actor);
      expect(await tell()).toBe(elsewhere);
      expect((await after.browser().get(new URL(told).pathname)).statusCode).toBe(404);
    });

    test('stays when an administrator saves the form of the person', async () => {
      await sendFile(browser, provider, png());
      const address = await pictureOf();
      const { claims } = await known();
      await updateUser(provider.context, user.id, { claims: { ...claims, nickname: 'Al' } }, actor);
      expect((await browser.get(address)).statusCode).toBe(200);
    });

    test('of several that are sent at the same instant one stays, whole', async () => {
      const racing = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
      onTestFinished(() => racing.close());
      const { id } = await racing.addUser();
      const hers = racing.browser();
      await hers.signIn();
      const sides = [32, 33, 34, 35, 36];
      const answers = await Promise.all(sides.map((side) => sendFile(hers, racing, png(side, side))));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(sides.map(() => 303));
      const picture = (await findUser(racing.context, id))?.claims.picture ?? '';
      const { rawPayload } = await hers.get(picture);
      expect(sides.filter((side) => rawPayload.equals(png(side, side)))).toHaveLength(1);
      expect(await racing.context.database.all(sql`SELECT id FROM user_pictures`)).toEqual([{ id: picture.slice(9) }]);
    });

    test.each<[string, (id: string) => Promise<unknown>]>([
      ['is removed', (id) => removeUser(provider.context, id, actor)],
      ['is disabled', (id) => disableUser(provider.context, id, actor)],
    ])('is gone at once when its person %s', async (_what, end) => {
      const { id } = await provider.addUser({ username: 'gone', email: 'gone@example.com' });
      const theirs = provider.browser();
      await theirs.signIn('gone', password);
      await sendFile(theirs, provider, png());
      const picture = (await findUser(provider.context, id))?.claims.picture ?? '';
      expect((await theirs.get(picture)).statusCode).toBe(200);
      await end(id);
      const answer = await theirs.get(picture);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['cache-control']).toBe('no-store');
      await removeUser(provider.context, id, actor).catch(() => undefined);
    });

    test('is gone from its address once there is another, or none', async () => {
      const first = await pictureOf();
      await sendFile(browser, provider, png());
      const second = await pictureOf();
      expect(second).not.toBe(first);
      expect((await browser.get(first)).statusCode).toBe(404);
      const response = await browser.post('/account/picture/remove', {});
      expect(response.statusCode).toBe(303);
      expect(await pictureOf()).toBe('');
      expect((await browser.get(second)).statusCode).toBe(404);
    });

    test('is shown no more when an administrator takes it out of the profile', async () => {
      await sendFile(browser, provider, png());
      const address = await pictureOf();
      const { picture: _gone, ...claims } = (await known()).claims;
      await updateUser(provider.context, user.id, { claims }, actor);
      expect((await browser.get(address)).statusCode).toBe(404);
    });

    test.each([
      ['SVG, which could run scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
      ['GIF', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
      ['nothing', Buffer.alloc(0)],
      ['half a header', png().subarray(0, 20)],
      ['a JPEG without a frame', Buffer.from('ffd8ffe000104a46494600', 'hex')],
    ])('refuses %s', async (_title, bytes) => {
      const before = await pictureOf();
      const response = await sendFile(browser, provider, bytes, { filename: 'me.png', type: 'image/png' });
      expect(response.statusCode).toBe(400);
      expect(textOf(response)).toContain('This is no picture that can be used here.');
      expect(await pictureOf()).toBe(before);
    });

    test.each([
      ['5000 pixels wide', png(5000, 100)],
      ['4294967295 pixels high', png(100, 0xffffffff)],
      ['one pixel', png(1, 1)],
    ])('refuses a picture of %s', async (_title, bytes) => {
      const response = await sendFile(browser, provider, bytes);
      expect(response.statusCode).toBe(400);
      expect(textOf(response)).toContain('The picture is too small or too large.');
    });

    test('refuses a file over 1 MB, and a body that is larger still', async () => {
      const large = await sendFile(browser, provider, Buffer.concat([png(), Buffer.alloc(1_048_577)]));
      expect(large.statusCode).toBe(400);
      const huge = await sendFile(browser, provider, Buffer.concat([png(), Buffer.alloc(1_200_000)]));
      expect(huge.statusCode).toBe(413);
    });

    test.each([
      ['two files', `${part('picture', 'a.png')}${part('picture', 'b.png')}--x--\r\n`],
      ['a field instead of a file', '--x\r\nContent-Disposition: form-data; name="picture"\r\n\r\ntext\r\n--x--\r\n'],
      ['what is no form', 'nothing of the kind'],
    ])('refuses %s', async (_title, payload) => {
      const response = await browser.post('/account/picture', {}, { 'content-type': 'text/plain' });
      expect(response.statusCode).toBe(415);
      const refused = await sendBody(payload);
      expect(refused.statusCode).toBe(400);
    });

    test('refuses a file that another site sends, before it reads it', async () => {
      const response = await sendFile(browser, provider, png(), { headers: { 'sec-fetch-site': 'cross-site' } });
      expect(response.statusCode).toBe(403);
      const nobody = await sendFile(provider.browser(), provider, png());
      expect(nobody.statusCode).toBe(303);
      expect(locationOf(nobody)).toMatch(/^\/login/);
    });

    function sendBody(payload: string) {
      return provider.app.inject({
        method: 'POST',
        url: '/account/picture',
        headers: {
          'content-type': 'multipart/form-data; boundary=x',
          'sec-fetch-site': 'same-origin',
          cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
        },
        payload,
      });
    }
  });
});

describe('where people may not change their profile', () => {
  let provider: Provider;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ settings: { CASTELLAN_PROFILE_EDITING: 'off' } });
    await provider.addUser({ claims: { name: 'Alice' }, phone_number: '+49 30 901820' });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  test('they see what is known, and choose their language and time zone', async () => {
    const page = await browser.get('/account');
    expect(Object.keys(formFields(page.body, 'account-profile')).sort()).toEqual(['locale', 'zoneinfo']);
    expect(textOf(page)).toContain('+49 30 901820');
    expect((await browser.post('/account', { locale: 'fr', zoneinfo: 'Europe/Paris' })).statusCode).toBe(303);
    expect((await browser.get('/account')).body).toContain('<html lang="fr"');
    await browser.post('/account', { locale: 'en' });
  });

  test.each<Record<string, string>>([{ name: 'Bob' }, { phone_number: '+1 425 555 1212' }, { locality: 'Oxford' }])(
    'refuses %j',
    async (typed) => {
      const response = await browser.post('/account', typed);
      expect(response.statusCode).toBe(400);
      expect(textOf(response)).toContain('Only an administrator can change this.');
    },
  );

  test('refuses a picture, and its removal', async () => {
    expect((await sendFile(browser, provider, png())).statusCode).toBe(400);
    expect((await browser.post('/account/picture/remove', {})).statusCode).toBe(400);
  });
});

function part(name: string, filename: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: image/png\r\n\r\nabc\r\n`;
}
