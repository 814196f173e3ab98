import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { listEvents } from '../../src/identity/audit.ts';
import { findConsent, rememberConsent, withdrawConsent } from '../../src/identity/consents.ts';
import type { User } from '../../src/identity/users.ts';
import { newResourceSchema, registerResource, updateResource } from '../../src/protocol/resources.ts';
import { type Database, sql } from '../../src/storage/database.ts';
import { authorizationUrl, authorize, payloadOf, redeem, refresh } from '../support/code-flow.ts';
import { textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  formIn,
  type Provider,
  type RegisteredClient,
  startProvider,
  TestBrowser,
} from '../support/provider.ts';
import { push, pushedUrl } from '../support/pushed-request.ts';

const wiki = 'https://wiki.example/api';
const files = 'https://files.example/';
const open = 'https://open.example/mcp';

describe.each(engines)('consent on %s', (engine) => {
  let provider: Provider;
  let alice: User;
  let client: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    alice = await provider.addUser();
    for (const resource of [
      { identifier: wiki, name: 'Wiki & notes' },
      { identifier: files, name: 'Files' },
      { identifier: open, name: 'Open to all', open: true },
    ])
      await registerResource(provider.context, newResourceSchema.parse(resource), actor);
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());
  beforeEach(async () => {
    client = await provider.register({ client_name: 'Reader', audience: [wiki, files] });
  });

  const urlFor = (resources: readonly string[], changes = {}) =>
    authorizationUrl(client, changes) + resources.map((each) => `&resource=${encodeURIComponent(each)}`).join('');
  const silently = async (resources: readonly string[]) =>
    answerOf(await browser.get(urlFor(resources, { prompt: 'none' })));
  const theirs = () => ({ user_id: alice.id, client_id: client.client_id });
  const consent = () => findConsent(provider.context, alice.id, client.client_id);
  const allow = (scope: string[], resource: string[] = []) =>
    rememberConsent(provider.context, { ...theirs(), asked: { scope, resource } }, actor);
  const withdraw = () => withdrawConsent(provider.context, theirs(), actor);
  const alive = () =>
    provider.context.database.all(
      sql`SELECT id FROM authorizations WHERE client_id = ${client.client_id} AND revoked_at IS NULL`,
    );

  describe('for APIs that a request names', () => {
    test('is asked for by their names and identifiers', async () => {
      const page = await browser.open(urlFor([wiki, files]));
      expect(textOf(page)).toMatch(/In your name it will call: .*Wiki &amp; notes +https:\/\/wiki\.example\/api/);
      expect(textOf(page)).toMatch(/Files +https:\/\/files\.example\//);
      expect(page.body).not.toContain('Open to all');
      const tokens = await redeem(
        provider,
        client,
        answerOf(await browser.submit(page, { decision: 'allow' })).code ?? '',
      );
      expect(payloadOf(tokens.json().access_token).aud).toEqual([wiki, files]);
      const [event] = await listEvents(provider.context, { limit: 1, action: 'consent.granted' });
      expect(event?.detail).toEqual({ scope: 'openid', resource: `${wiki} ${files}` });
    });

    test('is not asked for a second time, and asked for again for one that was not allowed yet, marked as new', async () => {
      await authorize(browser, urlFor([wiki]));
      expect((await silently([wiki])).code).toBeDefined();
      expect((await silently([])).code).toBeDefined();
      expect((await silently([files])).error).toBe('consent_required');
      const page = await browser.open(urlFor([wiki, files]));
      expect(textOf(page)).toMatch(/Wiki &amp; notes +https.*Files +new/);
      expect(textOf(page)).not.toMatch(/notes +new/);
      await browser.submit(page, { decision: 'allow' });
      expect((await silently([files, wiki])).code).toBeDefined();
    });

    test('stays allowed when the API is given another name, which is then the one shown', async () => {
      const identifier = `https://renamed.example/${engine}`;
      await registerResource(provider.context, newResourceSchema.parse({ identifier, name: 'Old', open: true }), actor);
      await authorize(browser, urlFor([identifier]));
      await updateResource(provider.context, newResourceSchema.parse({ identifier, name: 'Young', open: true }), actor);
      expect((await silently([identifier])).code).toBeDefined();
      expect(textOf(await browser.open(urlFor([identifier], { prompt: 'consent' })))).toContain('Young');
    });

    test('is not asked for where the request names none', async () => {
      expect(textOf(await browser.open(urlFor([])))).not.toContain('it will call');
    });

    test('cannot be got around by naming an API at the token endpoint alone', async () => {
      const { code } = answerOf(await authorize(browser, urlFor([], { scope: 'openid offline_access' })));
      const tokens = await redeem(provider, client, code ?? '');
      expect((await refresh(provider, client, tokens.json().refresh_token, { resource: open })).json().error).toBe(
        'invalid_target',
      );
      const ofAudience = await refresh(provider, client, tokens.json().refresh_token, { resource: files });
      expect(payloadOf(ofAudience.json().access_token).aud).toBe(files);
    });

    test('is asked for on the page of a device, too', async () => {
      const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
      const device = await provider.register({ redirect_uris: [], grant_types: [grant_type] });
      const began = await provider.post('/oidc/oauth2/device/auth', { scope: 'openid', resource: open }, device);
      const page = await browser.submit(await browser.open('/device'), { user_code: began.json().user_code });
      expect(textOf(page)).toMatch(/In your name it will call: +Open to all +https:\/\/open\.example\/mcp/);
    });
  });

  describe('that is withdrawn', () => {
    test('ends what came of it, and is asked for anew', async () => {
      const { code } = answerOf(await authorize(browser, urlFor([wiki])));
      expect(await withdraw()).toBe(true);
      expect((await redeem(provider, client, code ?? '')).json().error).toBe('invalid_grant');
      expect((await silently([])).error).toBe('consent_required');
      expect(await withdraw()).toBe(false);
      const [event] = await listEvents(provider.context, { limit: 1, action: 'consent.withdrawn' });
      expect(event).toMatchObject({ target: client.client_id });
    });

    test('after its page was answered is asked for once more, before anything is given', async () => {
      const page = await browser.open(urlFor([]));
      const { action, hidden } = formIn(page.body);
      const answer = await browser.post(action, { ...hidden, decision: 'allow' });
      await withdraw();
      expect(textOf(await browser.follow(answer))).toContain('Allow Reader?');
      expect(await alive()).toEqual([]);
    });

    test.each<[string, () => Promise<string>]>([
      ['', async () => urlFor([])],
      ['of a pushed request ', async () => pushedUrl(client, (await push(provider, client)).json().request_uri)],
    ])('at the instant at which the authorization %sis written leaves none, and is asked for again', async (_, url) => {
      await allow(['openid']);
      const racing = await browserBeside(withdraw);
      const page = await racing.open(await url());
      expect(textOf(page)).toContain('Allow Reader?');
      expect(await alive()).toEqual([]);
      expect(answerOf(await racing.submit(page, { decision: 'allow' })).code).toBeDefined();
      expect(await alive()).toHaveLength(1);
    });

    test('at that instant is consent_required for prompt=none', async () => {
      await allow(['openid']);
      const racing = await browserBeside(withdraw);
      expect(answerOf(await racing.get(urlFor([], { prompt: 'none' }))).error).toBe('consent_required');
      expect(await alive()).toEqual([]);
    });

    test('and remembered at the same instant is never more than what is asked for now', async () => {
      for (let round = 0; round < 10; round++) {
        await allow(['openid', 'email'], [wiki]);
        await Promise.all([allow(['profile'], [files]), withdraw(), allow(['profile'], [files])]);
        const now = await consent();
        expect([undefined, 'profile']).toContain(now?.scope);
        expect([undefined, files]).toContain(now?.resource);
        await withdraw();
      }
    });
  });

  test('that grows at the instant at which an authorization is written is no obstacle', async () => {
    await allow(['openid']);
    const racing = await browserBeside(() => allow(['email']));
    expect(answerOf(await racing.get(urlFor([]))).code).toBeDefined();
    expect((await consent())?.scope).toBe('openid email');
  });

  test('for several things at the same instant is for all of them', async () => {
    await Promise.all([allow(['openid']), allow(['email'], [wiki]), allow(['profile'], [files]), allow(['phone'])]);
    const now = await consent();
    expect(now?.scope.split(' ').toSorted()).toEqual(['email', 'openid', 'phone', 'profile']);
    expect(now?.resource.split(' ').toSorted()).toEqual([files, wiki]);
  });

  /** The browser of alice, at a server on which something happens just before the next batch is written. */
  async function browserBeside(happens: () => Promise<unknown>): Promise<TestBrowser> {
    const { database } = provider.context;
    let left = 1;
    const beside: Database = {
      get: (statement) => database.get(statement),
      all: (statement) => database.all(statement),
      run: (statement) => database.run(statement),
      async batch(statements) {
        if (left-- > 0) await happens();
        return database.batch(statements);
      },
      script: (statements) => database.script(statements),
      listTables: () => database.listTables(),
      snapshot: (label) => database.snapshot(label),
      close: () => database.close(),
    };
    const app = await createApp({ ...provider.context, database: beside });
    onTestFinished(() => app.close());
    const racing = new TestBrowser(app, provider.config.publicUrl);
    for (const [name, value] of browser.cookies) racing.cookies.set(name, value);
    return racing;
  }
});
