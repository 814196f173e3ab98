/** What a sign-in through another provider is refused for, with a provider that says whatever a test wants. */
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disableUser, listUsers } from '../../src/identity/users.ts';
import { createFetchPublic } from '../../src/lib/outbound-fetch.ts';
import { disableIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../src/storage/database.ts';
import { evil, textOf } from '../support/console.ts';
import { addFakeProvider, type FakeProvider, sentTo, startFakeProvider } from '../support/fake-provider.ts';
import { actor, locationOf, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';

const settings = { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' };
const sessionCookie = '__Host-castellan_session';

let ours: Provider;
let fake: FakeProvider;
let browser: TestBrowser;

beforeEach(async () => {
  ours = await startProvider({ settings });
  fake = await startFakeProvider();
  await addFakeProvider(ours, fake);
  const alice = await ours.addUser();
  await connect(alice.id, 'person-1');
  browser = ours.browser();
});
afterEach(() => ours.close());

async function connect(user_id: string, sub: string, provider = 'fake'): Promise<void> {
  await ours.context.database.run(sql`
    INSERT INTO federated_identities (provider, sub, user_id, label, created_at)
    VALUES (${provider}, ${sub}, ${user_id}, 'label', 0)`);
}

const isSignedIn = ({ cookies }: TestBrowser) => cookies.has(sessionCookie);

test('whoever the provider says is connected is signed in, for the sign-in that they began', async () => {
  const answer = await browser.get(fake.answer(await sentTo(browser)));
  expect([answer.statusCode, locationOf(answer)]).toEqual([303, '/']);
  expect(isSignedIn(browser)).toBe(true);
});

describe('refused, with a sentence on the sign-in page:', () => {
  test.each<[string, Partial<FakeProvider>, Record<string, string | undefined>?]>([
    ['an ID Token for another client', { idToken: { aud: 'somebody-else' } }],
    [
      'an ID Token for several whose authorized party is another',
      { idToken: { aud: ['ours', 'other'], azp: 'other' } },
    ],
    ['an ID Token of another issuer', { idToken: { iss: 'https://other.example' } }],
    ['an ID Token with another nonce', { idToken: { nonce: 'another' } }],
    ['an ID Token without a nonce', { idToken: { nonce: undefined } }],
    ['an ID Token that has expired', { idToken: { exp: 1_000_000_000 } }],
    ['an ID Token without a sub', { idToken: { sub: undefined } }],
    ['an ID Token whose sub is too long', { idToken: { sub: 'x'.repeat(256) } }],
    ['an ID Token that somebody else signed', { signer: 'somebody' }],
    ['an ID Token that nobody signed', { signer: 'nobody' }],
    ['an answer without an ID Token', { withoutIdToken: true }],
    ['an answer that names another issuer', {}, { iss: 'https://other.example' }],
    ['an answer that names no issuer, of a provider that does', {}, { iss: undefined }],
    ['an answer without a code', {}, { code: undefined }],
    ['a code that the provider did not give', {}, { code: 'made-up' }],
    ['an error of the provider', {}, { code: undefined, error: 'server_error' }],
  ])('%s', async (_what, lie, changes) => {
    const sent = await sentTo(browser);
    Object.assign(fake, lie);
    const page = await browser.get(fake.answer(sent, changes));
    expect(page.statusCode).toBe(403);
    expect(textOf(page)).toContain('Big Corp could not sign you in.');
    expect(page.body).toContain('id="login-username"');
    expect(isSignedIn(browser)).toBe(false);
  });

  test.each([
    ['a provider whose token endpoint fails', 500],
    ['a provider that is busy', 503],
  ])('%s', async (_what, tokenStatus) => {
    const sent = await sentTo(browser);
    fake.tokenStatus = tokenStatus;
    const page = await browser.get(fake.answer(sent));
    expect(page.statusCode).toBe(502);
    expect(textOf(page)).toContain('Big Corp does not answer at the moment.');
    expect(isSignedIn(browser)).toBe(false);
  });

  test('a provider that never answers, once the time for it is over', async () => {
    const patient = await startProvider({
      settings,
      fetchPublic: createFetchPublic({ allow: ['127.0.0.1'], timeoutMilliseconds: 300 }),
    });
    await addFakeProvider(patient, fake);
    browser = patient.browser();
    const sent = await sentTo(browser);
    fake.isSilent = true;
    const page = await browser.get(fake.answer(sent));
    expect(page.statusCode).toBe(502);
    expect(textOf(page)).toContain('Big Corp does not answer at the moment.');
    await patient.close();
  });

  test('a provider that is gone, before and after the visit', async () => {
    const sent = await sentTo(browser);
    await fake.stop();
    expect(textOf(await browser.get(fake.answer(sent)))).toContain('Big Corp does not answer at the moment.');
    ours.context.memos.upstreams.clear();
    const page = await browser.get('/login/with/fake');
    expect(page.statusCode).toBe(502);
    expect(textOf(page)).toContain('Big Corp does not answer at the moment.');
  });

  test('who cancels at the provider reads so, and can go on in another way', async () => {
    const page = await browser.get(fake.answer(await sentTo(browser), { code: undefined, error: 'access_denied' }));
    expect(page.statusCode).toBe(200);
    expect(textOf(page)).toContain('Signing in with Big Corp was cancelled.');
    const answer = await browser.submit(page, { username: 'alice', password: 'correct horse battery staple' });
    expect(answer.statusCode).toBe(200);
    expect(isSignedIn(browser)).toBe(true);
  });
});

describe('refused as begun elsewhere:', () => {
  test.each<[string, (address: URL, sent: URL) => Promise<void> | void]>([
    ['no state', (address) => address.searchParams.delete('state')],
    ['a made-up state', (address) => address.searchParams.set('state', 'made-up')],
    ['a state that was altered', (address) => alter(address)],
    ['a state of another browser', async (address) => copyState(await sentTo(ours.browser()), address)],
    ['a state of another installation', async (address) => copyState(await stateElsewhere(), address)],
  ])('%s', async (_what, change) => {
    const sent = await sentTo(browser);
    const address = new URL(fake.answer(sent));
    await change(address, new URL(sent));
    const page = await browser.get(address.href);
    expect(page.statusCode).toBe(400);
    expect(textOf(page)).toContain('This sign-in was started in another browser, or too long ago.');
    expect(isSignedIn(browser)).toBe(false);
    expect(fake.asked).not.toContain('/token');
  });

  test('the answer of one provider at the address of another', async () => {
    const other = await startFakeProvider();
    await addFakeProvider(ours, other, {}, 'other');
    const address = fake.answer(await sentTo(browser)).replace('/with/fake/', '/with/other/');
    const page = await browser.get(address);
    expect(page.statusCode).toBe(400);
    expect([...fake.asked, ...other.asked]).not.toContain('/token');
  });

  test('an answer more than an hour after the question', async () => {
    const address = fake.answer(await sentTo(browser));
    ours.clock.advance(3600);
    expect((await browser.get(address)).statusCode).toBe(400);
  });

  test('an answer with its state twice', async () => {
    const address = fake.answer(await sentTo(browser));
    expect((await browser.get(`${address}&state=again`)).statusCode).toBe(400);
  });

  const alter = ({ searchParams }: URL) => {
    const state = searchParams.get('state') ?? '';
    searchParams.set('state', `${state.slice(0, 40)}${state[40] === 'A' ? 'B' : 'A'}${state.slice(41)}`);
  };
  const copyState = (from: string, { searchParams }: URL) =>
    searchParams.set('state', new URL(from).searchParams.get('state') ?? '');
  const stateElsewhere = async () => {
    const elsewhere = await startProvider({ settings });
    try {
      await addFakeProvider(elsewhere, fake);
      return await sentTo(elsewhere.browser());
    } finally {
      await elsewhere.close();
    }
  };
});

test.each([
  ['a provider that takes a code once', false],
  ['a provider that takes codes again', true],
])('an address signs in once, and leads on when it comes again: %s', async (_what, takesCodesAgain) => {
  fake.takesCodesAgain = takesCodesAgain;
  const address = fake.answer(await sentTo(browser));
  const answers = await Promise.all([browser.get(address), browser.get(address)]);
  const starts = (answer: LightMyRequestResponse) => answer.cookies.some(({ name }) => name === sessionCookie);
  expect(answers.filter(starts)).toHaveLength(1);
  const again = await browser.get(address);
  expect(starts(again)).toBe(false);
  expect(locationOf(again)).toBe('/');
});

test('an e-mail address signs nobody in: not one that is verified, nor one that the provider changes to that of another', async () => {
  const victim = await ours.addUser({ username: 'victor', email: 'victor@example.com', email_verified: true });
  fake.idToken = { sub: 'person-2', email: 'victor@example.com', email_verified: true, name: 'Victor' };
  const page = await browser.open(fake.answer(await sentTo(browser)));
  expect(textOf(page)).toContain('There is no account for you here yet');
  expect(isSignedIn(browser)).toBe(false);
  fake.idToken = { email: 'victor@example.com', email_verified: true, name: 'Victor' };
  await browser.open(fake.answer(await sentTo(browser)));
  expect(textOf(await browser.get('/account'))).toContain('alice');
  const users = await listUsers(ours.context, { limit: 10 });
  expect(users.map(({ username, email }) => [username, email])).toEqual([
    ['alice', 'alice@example.com'],
    ['victor', victim.email],
  ]);
});

test('the account of a person who is disabled stays closed', async () => {
  const [alice] = await listUsers(ours.context, { limit: 1 });
  await ours.addUser({ username: 'ada', email: 'ada@example.com', administrator: true });
  await disableUser(ours.context, alice?.id ?? '', actor);
  await browser.open(fake.answer(await sentTo(browser)));
  expect(isSignedIn(browser)).toBe(false);
});

test('a provider that is disabled has no button, and takes nobody in who is on the way', async () => {
  expect((await browser.get('/login')).body).toContain('id="login-with-fake"');
  const address = fake.answer(await sentTo(browser));
  await disableIdentityProvider(ours.context, 'fake', { disabled: true }, actor);
  expect((await browser.get('/login')).body).not.toContain('login-with-fake');
  expect((await browser.get('/login/with/fake')).statusCode).toBe(404);
  expect((await browser.get(address)).statusCode).toBe(404);
  expect(isSignedIn(browser)).toBe(false);
});

test('what a provider says is text: nothing of it becomes markup', async () => {
  fake.idToken = { sub: 'person-2', name: evil, email: `"${evil}"@example.com`, preferred_username: evil };
  const page = await browser.open(fake.answer(await sentTo(browser)));
  expect(page.body).not.toContain('<img src=x');
  expect(page.body).toContain('&lt;img src=x');
});

test('what is told of a person has a bound, and only texts count', async () => {
  fake.idToken = { sub: 'person-2', name: 'x'.repeat(5000), email: { a: 1 }, preferred_username: 7 };
  const page = await browser.open(fake.answer(await sentTo(browser)));
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('x'.repeat(256));
  expect(page.body).not.toContain('x'.repeat(257));
});

describe('the provider is asked', () => {
  const discoveries = () => fake.asked.filter((path) => path.includes('well-known')).length;

  test('not for the sign-in page, once for many sign-ins, and again after an hour', async () => {
    await browser.get('/login');
    expect(fake.asked).toEqual([]);
    await Promise.all([sentTo(browser), sentTo(browser), sentTo(ours.browser())]);
    await sentTo(browser);
    expect(discoveries()).toBe(1);
    ours.clock.advance(3600);
    await sentTo(browser);
    expect(discoveries()).toBe(2);
  });

  test('anew after its answer was refused, and what was known serves when it is away', async () => {
    const sent = await sentTo(browser);
    fake.signer = 'somebody';
    await browser.get(fake.answer(sent));
    await sentTo(browser);
    expect(discoveries()).toBe(2);
    await fake.stop();
    ours.clock.advance(7200);
    expect(await sentTo(browser)).toContain(fake.issuer);
    ours.clock.advance(86_400);
    expect((await browser.get('/login/with/fake')).statusCode).toBe(502);
  });

  test('never at a private address that the operator has not listed', async () => {
    const strict = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
    await addFakeProvider(strict, fake);
    expect((await strict.browser().get('/login/with/fake')).statusCode).toBe(502);
    expect(fake.asked).toEqual([]);
    await strict.close();
  });

  test.each([
    ['another issuer', { issuer: 'https://other.example' }],
    ['no authorization endpoint', { authorization_endpoint: undefined }],
  ])('and not believed when its configuration has %s', async (_what, configuration) => {
    fake.configuration = configuration;
    expect((await browser.get('/login/with/fake')).statusCode).toBeGreaterThanOrEqual(403);
  });
});
