/**
 * What becomes of somebody who is interrupted on the way: who reloads, goes back, sends a form twice or in another tab,
 * or comes back too late. Each request of a walk is answered by another of two nodes, which share a database and a key
 * and nothing else, so that no step stands on what a process remembers.
 */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createInvitation, invitationLink, newInvitationSchema } from '../../src/identity/invitations.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { findUserByLogin, type User } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { Authenticator } from '../support/authenticator.ts';
import { until } from '../support/castellan-process.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { addFakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import {
  actor,
  type Form,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  TestBrowser,
} from '../support/provider.ts';
import { addAuthenticator, submitTo } from '../support/second-factor.ts';

type Response = LightMyRequestResponse;

/** A way through several pages. */
interface Flow {
  readonly start: string;
  /** What is done on a page, found by what stands in it; the first that fits. */
  readonly acts: Readonly<Record<string, (page: Response) => Promise<Response>>>;
  /** What a form is refused with. */
  readonly refused?: Readonly<Record<string, Form>>;
  /** Who gets mail on the way. */
  readonly recipient?: string;
  /** How often it has come to its end; codes that the application got, unless given. */
  ends?(): Promise<number>;
}

interface Mail {
  readonly link: string;
  readonly code: string;
}

const origin = 'https://id.example';
const newPassword = 'a new horse for the battery';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const essential = { claims: '{"id_token":{"acr":{"essential":true,"values":["urn:castellan:acr:two-factors"]}}}' };

describe.each(engines)('on %s', (engine) => {
  let node: Provider;
  let other: Provider;
  let client: RegisteredClient;
  let people = 0;
  /** The browser, and what was answered to it. */
  let tab: TestBrowser;
  let answers: Response[];
  /** A mail that somebody reads too late. */
  let kept: Mail | undefined;
  /** What the nodes still do after they have answered. */
  const running = new Set<Promise<unknown>>();
  const noteRunning = (work: Promise<unknown>) => {
    running.add(work);
    return work.finally(() => running.delete(work));
  };

  beforeAll(async () => {
    const databaseUrl = await freshDatabaseUrl(engine);
    const settings = {
      CASTELLAN_PUBLIC_URL: origin,
      CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1',
      CASTELLAN_SIGN_UP: 'open',
      CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9',
      CASTELLAN_MAIL_FROM: 'id@example.com',
    };
    node = await startProvider({ databaseUrl, settings });
    other = await startProvider({ databaseUrl, settings: { ...settings, CASTELLAN_KEYS_DIR: node.config.keysDir } });
    other.clock.now = node.clock.now;
    for (const { context } of [node, other]) {
      const { inBackground } = context;
      const start: typeof inBackground = (work) => inBackground(() => noteRunning(work()));
      Object.assign(context, { inBackground: start });
    }
    client = await node.register({ client_name: 'Wiki', optional_scope: 'email' });
  });
  afterAll(async () => {
    await other.close();
    await node.close();
  });
  beforeEach(async () => {
    await node.context.database.run(sql`DELETE FROM throttles`);
    tab = newBrowser();
  });

  /** A browser whose requests are answered by the nodes in turn. */
  function newBrowser(): TestBrowser {
    const mine: Response[] = [];
    answers = mine;
    let turn = 0;
    const app: FastifyInstance = new Proxy(node.app, {
      get(_app, name) {
        const { app: answering } = turn++ % 2 === 0 ? node : other;
        if (name !== 'inject') return Reflect.get(answering, name);
        return async (request: InjectOptions) => {
          const response = await answering.inject(request);
          mine.push(response);
          return response;
        };
      },
    });
    return new TestBrowser(app, origin);
  }

  const advance = (seconds: number) => {
    node.clock.advance(seconds);
    other.clock.now = node.clock.now;
  };
  const person = (): Promise<User> => {
    const username = `person-${++people}`;
    return node.addUser({ username, email: `${username}@example.com`, email_verified: true });
  };
  const hrefOf = ({ body }: Response, id: string) =>
    new RegExp(`<a[^>]* id="${id}" href="([^"]+)"`).exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const open = (id: string) => (page: Response) => tab.open(hrefOf(page, id));
  const addressOf = ({ raw }: Response) => raw.req.url ?? '';
  const codes = () => answers.filter((answer) => locationOf(answer)?.startsWith(`${redirect_uri}?code=`)).length;
  /** The newest mail to an address that is still good for something, once it is there. */
  async function mailTo(recipient: string): Promise<Mail> {
    if (kept) return kept;
    let mail = await lookFor(recipient);
    await until(async () => {
      mail = await lookFor(recipient);
      return mail !== undefined;
    });
    return mail ?? { link: '', code: '' };
  }
  const lookFor = async (recipient: string): Promise<Mail | undefined> => (await mailsTo(recipient))[0];
  async function mailsTo(recipient: string): Promise<Mail[]> {
    while (running.size > 0) await Promise.allSettled(running);
    const mails = await listOutgoingMails(node.context.database, { limit: 5, recipient });
    return mails
      .filter(({ expires_at }) => expires_at > node.clock.now)
      .map((mail) => ({ link: '', code: '', ...contentOf(node.context, mail) }));
  }
  /** Opens the links of the mails, the newest first, until one is good: of two that were asked for at once one is dead. */
  async function openLink(recipient: string): Promise<Response> {
    let page = await tab.open((await mailTo(recipient)).link);
    for (const { link } of kept ? [] : await mailsTo(recipient)) if (isDead(page)) page = await tab.open(link);
    return page;
  }
  const isDead = ({ body }: Response) => body.includes('This link no longer works');
  /** Whoever has two mails, and the code of the other one, opens a link. */
  const byCodeOrLink = async (page: Response, recipient: string) =>
    page.statusCode === 200 ? tab.submit(page, { code: (await mailTo(recipient)).code }) : openLink(recipient);

  const fill = (fields: Form) => (page: Response) => tab.submit(page, fields);
  const allow = { 'id="consent-allow"': fill({ decision: 'allow', 'optional_scope:email': 'true' }) };
  const start = (changes: Form = {}) => authorizationUrl(client, { scope: 'openid profile email', ...changes });
  const signIn = ({ username }: Pick<User, 'username'>, secret = password) => ({
    'id="login-password"': fill({ username, password: secret }),
  });
  const refusedAtSignIn = { 'id="login-password"': { username: 'nobody', password: 'wrong' } };

  /** An account with an authenticator app, set up at another browser. */
  async function withAuthenticator() {
    const user = await person();
    const elsewhere = node.browser();
    await elsewhere.signIn(user.username);
    const app = await addAuthenticator(node, elsewhere);
    const next = () => {
      advance(30);
      return app.code();
    };
    return { user, next, recoveryCodes: [...app.recoveryCodes] };
  }

  const flows: Readonly<Record<string, () => Promise<Flow>>> = {
    'password, consent to a part': async () => ({
      start: start(),
      acts: { ...signIn(await person()), ...allow },
      refused: refusedAtSignIn,
    }),
    'password, app, a device to trust': async () => {
      const { user, next } = await withAuthenticator();
      return {
        start: start({ prompt: 'login' }),
        acts: {
          ...signIn(user),
          'value="totp"': (page) => tab.submit(page, { code: next(), trust: 'true' }),
          ...allow,
        },
        refused: { ...refusedAtSignIn, 'value="totp"': { code: '000000' } },
      };
    },
    'password, recovery code': async () => {
      const { user, recoveryCodes } = await withAuthenticator();
      return {
        start: start(),
        acts: {
          ...signIn(user),
          'value="totp"': open('login-use-recovery-codes'),
          'value="recovery-codes"': (page) => tab.submit(page, { code: recoveryCodes.pop() ?? '' }),
          ...allow,
        },
        refused: { 'value="recovery-codes"': { code: 'aaaaa-aaaaa' } },
      };
    },
    'a password that must be changed': async () => {
      const user = await person();
      await node.context.database.run(sql`UPDATE users SET password_expired_at = 1 WHERE id = ${user.id}`);
      const secret = async () =>
        (await findUserByLogin(node.context, user.username))?.mustChangePassword ? password : newPassword;
      return {
        start: start(),
        acts: {
          'id="login-new-password"': fill({ password: newPassword }),
          'id="login-password"': async (page) =>
            tab.submit(page, { username: user.username, password: await secret() }),
          ...allow,
        },
        refused: { 'id="login-new-password"': { password: 'short' } },
      };
    },
    'a code by mail': async () => {
      const { email = '' } = await person();
      return {
        start: start(),
        recipient: email,
        acts: {
          'id="login-password"': open('login-email-code'),
          'id="login-email"': fill({ email }),
          'id="login-code"': (page) => byCodeOrLink(page, email),
          ...allow,
        },
        refused: { 'id="login-email"': { email: 'nothing' }, 'id="login-code"': { code: '00000000' } },
      };
    },
    'a link by mail': async () => {
      const { email = '' } = await person();
      return {
        start: start(),
        recipient: email,
        acts: {
          'id="login-password"': open('login-email-code'),
          'id="login-email"': fill({ email }),
          'id="login-code"': () => openLink(email),
          ...allow,
        },
      };
    },
    passkey: async () => {
      const user = await person();
      const elsewhere = node.browser();
      await elsewhere.signIn(user.username);
      const page = '/account/security/passkeys/new';
      const passkey = new Authenticator(origin);
      const creation = (await elsewhere.post(`${page}/options`, {})).json();
      await elsewhere.post(page, { credential: passkey.create(creation) });
      return {
        start: start(),
        acts: {
          'id="login-password"': async (at) => {
            const options = (await tab.post('/login/passkey/options', {})).json();
            return submitTo(tab, at, '/login/passkey', { credential: passkey.get(options) });
          },
          ...allow,
        },
      };
    },
    'another provider': async () => {
      const user = await person();
      const fake = await startFakeProvider();
      const name = `fake${people}`;
      await addFakeProvider(node, fake, {}, name);
      await node.context.database.run(sql`
        INSERT INTO federated_identities (provider, sub, user_id, label, created_at)
        VALUES (${name}, 'person-1', ${user.id}, 'label', 0)`);
      return {
        start: start(),
        acts: {
          'id="login-password"': async (page) => {
            fake.idToken = { iat: node.clock.now, exp: node.clock.now + 300 };
            const sent = await tab.open(hrefOf(page, `login-with-${name}`));
            return locationOf(sent) === undefined ? sent : tab.open(fake.answer(locationOf(sent) ?? ''));
          },
          ...allow,
        },
      };
    },
    'an account of one’s own': async () => {
      const username = `fresh-${++people}`;
      const email = `${username}@example.com`;
      return {
        start: start({ prompt: 'create' }),
        recipient: email,
        acts: {
          'This user name is taken': open('sign-up-have-account'),
          'id="sign-up-password"': fill({ username, email, name: '', password }),
          'id="sign-up-code"': (page) => byCodeOrLink(page, email),
          'Confirm your e-mail address': fill({}),
          'id="error-sign-in"': open('error-sign-in'),
          ...signIn({ username }),
          ...allow,
        },
        refused: {
          'id="sign-up-password"': { username, email: 'nothing', password },
          'id="sign-up-code"': { code: '00000000' },
        },
      };
    },
    'a forgotten password': async () => {
      const { username, email = '' } = await person();
      let isForgotten = true;
      return {
        start: start(),
        recipient: email,
        acts: {
          'id="recovery-password"': async (page) => {
            const answer = await tab.submit(page, { password: newPassword });
            if (answer.body.includes('id="recovery-sign-in"')) isForgotten = false;
            return answer;
          },
          'id="recovery-sign-in"': open('recovery-sign-in'),
          'id="error-sign-in"': open('error-sign-in'),
          'id="forgot-username"': fill({ username }),
          'id="login-password"': (page) =>
            isForgotten ? open('login-forgotten')(page) : tab.submit(page, { username, password: newPassword }),
          'Look at your mail': () => openLink(email),
          ...allow,
        },
        refused: { 'id="forgot-username"': { username: '' }, 'id="recovery-password"': { password: 'short' } },
      };
    },
    'one of several accounts': async () => {
      const [first, second] = [await person(), await person()];
      await tab.signIn(first.username);
      await tab.submit(await tab.open(start({ prompt: 'login' })), { username: second.username, password });
      answers.length = 0;
      advance(1);
      return {
        start: start({ prompt: 'select_account' }),
        acts: {
          'id="account-other"': (page) => tab.submit(page, { user: first.id, decision: 'continue' }),
          ...signIn(first),
          ...allow,
        },
      };
    },
    'a second factor on top': async () => {
      const { user, next } = await withAuthenticator();
      await node.context.database.run(sql`DELETE FROM trusted_devices`);
      await tab.submit(await tab.signIn(user.username), { code: next(), trust: 'true' });
      await tab.post('/logout', {});
      await tab.signIn(user.username);
      answers.length = 0;
      return {
        start: start(essential),
        acts: { 'value="totp"': (page) => tab.submit(page, { code: next() }), ...signIn(user), ...allow },
        refused: { 'value="totp"': { code: '000000' } },
      };
    },
    'an invitation': async () => {
      const username = `invited-${++people}`;
      const invitation = newInvitationSchema.parse({});
      const made = await createInvitation(node.context, invitation, { language: 'en', sendsMail: false }, actor);
      const form = { username, email: `${username}@example.com`, name: '', password };
      return {
        start: invitationLink(node.context, made),
        acts: { 'id="invitation-password"': fill(form) },
        refused: { 'id="invitation-password"': { ...form, email: 'nothing' } },
        ends: async () => ((await findUserByLogin(node.context, username)) ? 1 : 0),
      };
    },
    'a device': async () => {
      const user = await person();
      const television = await node.register({
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: [deviceGrant],
        redirect_uris: [],
      });
      const asked = await node.post('/oidc/oauth2/device/auth', { client_id: television.client_id, scope: 'openid' });
      const { user_code, device_code } = asked.json<{ user_code: string; device_code: string }>();
      return {
        start: `/device?user_code=${user_code}`,
        acts: { ...signIn(user), 'id="device-code"': fill({ user_code }), ...allow },
        refused: { 'id="device-code"': { user_code: 'BCDF-BCDF' } },
        async ends() {
          const { client_id } = television;
          const { error } = (
            await node.post('/oidc/oauth2/token', { grant_type: deviceGrant, device_code, client_id })
          ).json();
          return error === 'authorization_pending' || error === 'slow_down' ? 0 : 1;
        },
      };
    },
    'another address': async () => {
      const user = await person();
      await tab.signIn(user.username);
      const email = `moved-${people}@example.com`;
      return {
        start: '/account/email',
        recipient: email,
        acts: {
          ...signIn(user),
          'action="/account/email/confirm"': (page) => submitTo(tab, page, '/account/email/confirm', {}),
          'id="account-email-code"': async (page) =>
            page.statusCode === 200
              ? submitTo(tab, page, '/account/email/code', { code: (await mailTo(email)).code })
              : openLink(email),
          'id="account-email"': (page) => submitTo(tab, page, '/account/email', { email }),
        },
        ends: async () => ((await findUserByLogin(node.context, email))?.email_verified ? 1 : 0),
      };
    },
    'a sign-out': async () => {
      const user = await person();
      const back = 'https://app.example/bye';
      const app = await node.register({ post_logout_redirect_uris: [back] });
      await tab.signIn(user.username);
      return {
        start: `/oidc/oauth2/logout?client_id=${app.client_id}&post_logout_redirect_uri=${encodeURIComponent(back)}`,
        acts: { 'id="logout-confirm"': fill({ decision: 'allow' }) },
        ends: async () => (tab.cookies.has('__Host-castellan_session') ? 0 : 1),
      };
    },
  };

  const endsOf = async (flow: Flow): Promise<number> => (flow.ends ? flow.ends() : codes());
  const actOn = (flow: Flow, { body }: Response) => Object.keys(flow.acts).find((mark) => body.includes(mark));
  const act = (flow: Flow, mark: string, page: Response) => flow.acts[mark]?.(page) ?? Promise.reject(new Error(mark));

  /** A page that says what happened, and has a way on: nothing of ours failed, and it is no dead end. */
  function expectWayOn(response: Response): void {
    expect(response.statusCode, response.body.slice(0, 300)).toBeLessThan(500);
    if (locationOf(response) !== undefined) return;
    const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(response.body) ?? [];
    expect(main).toMatch(/<h1>[^<]+<\/h1>/);
    expect(main.replaceAll(/<[^>]+>/g, ' '), 'a way on').not.toBe('');
    expect(/<a [^>]*href="|<button /.test(main), main).toBe(true);
  }

  /** Walks a flow to its end; `step` does what is to be done on a page. */
  async function walk(flow: Flow, step: (mark: string, page: Response) => Promise<Response>): Promise<Response> {
    let page = await tab.open(flow.start);
    for (let pages = 0; (await endsOf(flow)) === 0; pages++) {
      const mark = actOn(flow, page);
      if (mark === undefined && page.body.includes('id="error-again"')) {
        page = await open('error-again')(page);
        continue;
      }
      if (mark === undefined || pages > 12)
        throw new Error(`lost at ${page.statusCode} ${page.body.replaceAll(/<[^>]+>|\s+/g, ' ').slice(-900)}`);
      // Of two attempts at the same instant one may have to wait.
      if (page.statusCode === 429) advance(Number(page.headers['retry-after']));
      page = await step(mark, page);
    }
    return page;
  }

  test.each(Object.entries(flows))(
    '%s: pages reloaded, forms refused before, and all of it sent and opened again when done',
    async (_name, make) => {
      const flow = await make();
      const seen: { readonly mark: string; readonly page: Response }[] = [];
      await walk(flow, async (mark, page) => {
        const wrong = flow.refused?.[mark];
        let at = page.raw.req.method === 'GET' ? await tab.open(addressOf(page)) : page;
        expect(actOn(flow, at)).toBe(mark);
        if (wrong) {
          for (const _again of [1, 2]) expectWayOn(await tab.submit(page, wrong));
          at = await tab.submit(at, wrong);
          expect(at.statusCode, at.body).toBeGreaterThanOrEqual(400);
          expect(actOn(flow, at)).toBe(mark);
          await node.context.database.run(sql`DELETE FROM throttles`);
        }
        seen.push({ mark, page });
        return act(flow, mark, at);
      });
      expect(await endsOf(flow)).toBe(1);
      const addresses = answers.filter(({ raw }) => raw.req.method === 'GET').map(addressOf);
      for (const { mark, page } of seen.toReversed()) expectWayOn(await act(flow, mark, page));
      for (const address of new Set(addresses)) {
        if (address === flow.start) continue;
        expectWayOn(await tab.get(address));
      }
      expect(await endsOf(flow)).toBe(1);
    },
  );

  test.each(Object.entries(flows))('%s: each form sent twice at the same instant', async (_name, make) => {
    const flow = await make();
    const last = await walk(flow, async (mark, page) => {
      const [first, second] = await Promise.all([act(flow, mark, page), act(flow, mark, page)]);
      expectWayOn(first);
      expectWayOn(second);
      // What the window shows is the answer to the second click; a link that is opened twice has two windows.
      return isDead(second) ? first : second;
    });
    expectWayOn(last);
    expect(await endsOf(flow)).toBe(1);
  });

  // Time is the same for every database.
  test.each(engine === 'sqlite' ? Object.entries(flows) : [])(
    '%s: an hour late at each page, with the way on that is offered there',
    async (_name, make) => {
      for (let lateAt = 0; ; lateAt++) {
        const flow = await make();
        let pages = 0;
        let isLate = false;
        await walk(flow, async (mark, page) => {
          if (pages++ !== lateAt) return act(flow, mark, page);
          isLate = true;
          if (flow.recipient !== undefined && /code"|mail$/.test(mark)) kept = await mailTo(flow.recipient);
          advance(3601);
          const late = await act(flow, mark, page);
          kept = undefined;
          expectWayOn(late);
          return late;
        });
        expect(await endsOf(flow)).toBe(1);
        if (!isLate) return;
        tab = newBrowser();
      }
    },
  );
});
