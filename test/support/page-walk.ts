/**
 * A walk past every page that people see, the console and the playground apart, for whoever looks at them: the test of
 * all pages, and the pictures in docs. A new page gets its line here.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, removeBrand, saveBrand, setBrandImage } from '../../src/identity/brands/index.ts';
import { createInvitation, invitationLink, newInvitationSchema } from '../../src/identity/invitations.ts';
import { contentOf, type MailPurpose } from '../../src/identity/mails.ts';
import { createRecoveryLink } from '../../src/identity/recovery.ts';
import { createSetupLink } from '../../src/identity/setup.ts';
import { disableUser } from '../../src/identity/users.ts';
import {
  addIdentityProvider,
  removeIdentityProvider,
} from '../../src/protocol/identity-providers/registered-providers.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { freePort } from './castellan-process.ts';
import { authorizationUrl, obtainTokens } from './code-flow.ts';
import { actor, type Provider, password, type RegisteredClient, startProvider } from './provider.ts';
import { printedRoutes } from './routes.ts';
import { codeAt } from './second-factor.ts';

export interface WalkOptions {
  readonly browser: Browser;
  /** What the person, the application, one of the identity providers, and once the house are called. */
  readonly names: Readonly<Record<'person' | 'application' | 'provider' | 'house', string>>;
  /** The language of the browser; English unless given. */
  readonly locale?: string;
  /** Is given every window before anything is opened in it. */
  readonly watch?: (page: Page) => void;
  /** Looks at a page. */
  readonly look: (name: string, page: Page) => Promise<void>;
}

/** Walks; resolves once all pages were looked at, with the routes that answer GET and were not among them. */
export async function walkPages(options: WalkOptions): Promise<string[]> {
  const port = await freePort();
  const provider = await startProvider({
    settings: {
      CASTELLAN_PUBLIC_URL: `http://localhost:${port}`,
      CASTELLAN_SIGN_UP: 'approval',
      CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1',
      // Nobody listens there: the walk reads the mails where the console would show them.
      CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9',
      CASTELLAN_MAIL_FROM: 'id@example.com',
    },
  });
  const walk = new Walk(provider, options);
  try {
    await provider.app.listen({ host: '127.0.0.1', port });
    for (const part of parts) await part(walk);
    return walk.unseen();
  } finally {
    await walk.close();
    await provider.close();
  }
}

const parts = [
  ...[setUp, signIn, consent, secondFactor, passkey, byMail, changedAddress, newcomers, elsewhere],
  ...[device, account, branded, errors],
];

/** A window, and what the parts of the walk do in it. */
class Walk {
  readonly provider: Provider;
  readonly options: WalkOptions;
  page!: Page;
  #context: BrowserContext | undefined;
  readonly #seen = new Set<string>();
  /** The application of the walk. */
  client!: RegisteredClient;

  constructor(provider: Provider, options: WalkOptions) {
    this.provider = provider;
    this.options = options;
  }

  /** Begins in a browser that knows nothing of what was before. */
  async fresh(): Promise<void> {
    await this.#context?.close();
    const { browser, locale = 'en' } = this.options;
    this.#context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
    await this.#openWindow();
  }

  async #openWindow(): Promise<void> {
    if (this.#context) this.page = await this.#context.newPage();
    this.options.watch?.(this.page);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.provider.config.publicUrl).href);
  }

  look(name: string): Promise<void> {
    this.#seen.add(new URL(this.page.url()).pathname);
    return this.options.look(name, this.page);
  }

  /** The routes that answer GET at none of whose addresses anybody has looked. */
  unseen(): string[] {
    const routes = printedRoutes(this.provider.app.printRoutes({ commonPrefix: false }));
    const paths = routes.flatMap((route) => (route.startsWith('GET ') ? [route.slice('GET '.length)] : []));
    const isSeen = (path: string) => {
      const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$`);
      return [...this.#seen].some((seen) => pattern.test(seen));
    };
    return paths.filter((path) => !isSeen(path));
  }

  async at(path: string, name: string): Promise<void> {
    await this.open(path);
    await this.look(name);
  }

  async fill(fields: Readonly<Record<string, string>>, submit: string): Promise<void> {
    for (const [id, value] of Object.entries(fields)) await this.page.fill(`#${id}`, value);
    await this.click(submit);
  }

  async click(id: string): Promise<void> {
    await this.page.click(`#${id}`);
    await this.page.waitForLoadState();
  }

  /** Goes where the application lives, and finds nobody there. */
  async leave(id: string): Promise<void> {
    await Promise.all([this.page.waitForEvent('requestfailed'), this.page.click(`#${id}`)]);
    await this.page.close();
    await this.#openWindow();
  }

  signIn(username: string): Promise<void> {
    return this.fill({ 'login-username': username, 'login-password': password }, 'login-submit');
  }

  /** The newest mail for this purpose, or the newest of those with a link to this path. */
  async mail(purpose: MailPurpose, path = ''): Promise<{ link: string; code: string }> {
    const { context } = this.provider;
    const mails = await listOutgoingMails(context.database, { limit: 50 });
    for (const mail of mails.filter((each) => each.purpose === purpose)) {
      const { link = '', code = '' } = contentOf(context, mail) ?? {};
      if (link.includes(path)) return { link, code };
    }
    throw new Error(`nobody was sent a mail for ${purpose}`);
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }
}

async function setUp(walk: Walk): Promise<void> {
  const { provider, options } = walk;
  const { person, application } = options.names;
  await walk.fresh();
  await walk.at('/', 'not-set-up');
  await walk.at('/setup', 'setup-without-link');
  await walk.at(await createSetupLink(provider.context), 'setup');
  await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
  const claims = { name: person };
  await provider.addUser({ username: 'ada', email: 'ada@example.com', phone_number: '+1 425 555 1212', claims });
  await provider.addUser({ username: 'ben', email: 'ben@example.com', claims });
  walk.client = await provider.register({
    client_name: application,
    policy_uri: 'https://app.example/privacy',
    tos_uri: 'https://app.example/terms',
    optional_scope: 'email phone',
    client_uri: 'https://app.example',
    post_logout_redirect_uris: ['https://app.example/out'],
  });
  for (const [name, label] of [
    ['google', 'Google'],
    ['github', options.names.provider],
  ] as const)
    await addIdentityProvider(
      provider.context,
      { name, settings: { kind: name, label, client_id: 'ours' }, client_secret: 'a secret of theirs' },
      actor,
    );
}

async function signIn(walk: Walk): Promise<void> {
  await walk.fresh();
  await walk.at('/login', 'sign-in');
  await walk.fill({ 'login-username': 'ada', 'login-password': 'a wrong one' }, 'login-submit');
  await walk.look('sign-in-refused');
}

async function consent(walk: Walk): Promise<void> {
  const { client } = walk;
  await walk.fresh();
  const url = (changes = {}) =>
    authorizationUrl(client, { scope: 'openid profile email phone offline_access', ...changes });
  await walk.at(url(), 'sign-in-for-application');
  await walk.signIn('ada');
  await walk.look('consent');
  await walk.leave('consent-allow');
  await walk.at('/', 'launcher');
  await walk.open(url({ prompt: 'select_account' }));
  await walk.click('account-other');
  await walk.signIn('ben');
  await walk.at(url({ prompt: 'select_account' }), 'account-chooser');
  await walk.at('/oidc/oauth2/logout', 'sign-out');
  await walk.click('logout-confirm');
  await walk.look('signed-out');
}

async function secondFactor(walk: Walk): Promise<void> {
  const { provider } = walk;
  await provider.addUser({ username: 'cid', email: 'cid@example.com', claims: { name: walk.options.names.person } });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('cid');
  await walk.at('/account/security/password', 'account-password');
  await walk.at('/account/security/authenticator', 'account-authenticator');
  const secret = ((await walk.page.textContent('#account-secret')) ?? '').replaceAll(' ', '');
  await walk.page.fill('input[name=code]', codeAt(secret, provider.clock.now));
  await walk.page.press('input[name=code]', 'Enter');
  await walk.page.waitForLoadState();
  await walk.look('account-recovery-codes');
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('cid');
  await walk.look('second-factor');
  await walk.page.fill('#login-code', '000000');
  await walk.click('login-submit');
  await walk.look('second-factor-refused');
  await walk.click('login-use-recovery-codes');
  await walk.look('second-factor-recovery-code');
  await walk.fresh();
  const acr_values = 'urn:castellan:acr:two-factors';
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: acr_values } } });
  await walk.open(authorizationUrl(walk.client, { claims }));
  await walk.signIn('ada');
  await walk.look('second-factor-missing');
}

/** With a device that says yes whenever it is asked. */
async function passkey(walk: Walk): Promise<void> {
  await walk.provider.addUser({
    username: 'joe',
    email: 'joe@example.com',
    claims: { name: walk.options.names.person },
  });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('joe');
  const devices = await walk.page.context().newCDPSession(walk.page);
  await devices.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  const answers = { isUserVerified: true, automaticPresenceSimulation: true };
  await devices.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...answers } });
  await walk.at('/account/security/passkeys/new', 'account-new-passkey');
  await walk.click('account-passkey-submit');
  await walk.page.waitForSelector('#account-codes');
  await walk.at('/account/security', 'account-security-strong');
  await walk.page.click('#account-passkeys td a.button');
  await walk.look('account-passkey');
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('joe');
  await walk.look('second-factor-passkey');
}

async function byMail(walk: Walk): Promise<void> {
  const { provider } = walk;
  await walk.fresh();
  await walk.at('/forgot-password', 'forgot-password');
  await walk.fill({ 'forgot-username': 'ada' }, 'forgot-submit');
  await walk.look('forgot-password-done');
  const dora = await provider.addUser({ username: 'dora', email: 'dora@example.com' });
  await walk.at(await createRecoveryLink(provider.context, dora, actor), 'recovery');
  await walk.fill({ 'recovery-password': 'password' }, 'recovery-submit');
  await walk.look('recovery-refused');
  await walk.at('/recovery/done', 'recovery-done');
  await walk.at('/recovery?token=none', 'recovery-link-dead');
  await walk.at('/login/email', 'sign-in-by-mail');
  await walk.fill({ 'login-email': 'ben@example.com' }, 'login-email-submit');
  await walk.look('sign-in-by-mail-code');
  await walk.fresh();
  await walk.at((await walk.mail('sign-in')).link, 'sign-in-by-mail-link');
  await provider.addUser({ username: 'eve', email: 'eve@example.com', must_change_password: true });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('eve');
  await walk.look('new-password');
}

async function changedAddress(walk: Walk): Promise<void> {
  await walk.provider.addUser({ username: 'ivy', email: 'ivy@example.com', email_verified: true });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('ivy');
  await walk.open('/account/email');
  await walk.fill({ 'account-email': `ivy@${'a-rather-long-name.'.repeat(6)}example.org` }, 'account-email-submit');
  await walk.look('account-email-code');
  await walk.at((await walk.mail('email-confirmation')).link, 'account-email-confirm');
  await walk.click('account-email-confirm');
  await walk.fresh();
  await walk.at((await walk.mail('notice', '/recovery/email')).link, 'undo-email');
}

async function newcomers(walk: Walk): Promise<void> {
  const { context } = walk.provider;
  await walk.fresh();
  const invitation = newInvitationSchema.parse({ email: 'fay@example.com' });
  const made = await createInvitation(context, invitation, { language: 'en', sendsMail: false }, actor);
  await walk.at(invitationLink(context, made), 'invitation');
  await walk.at('/invitation?token=none', 'invitation-dead');
  await walk.at('/sign-up', 'sign-up');
  for (const [name, value] of Object.entries({ username: 'gil', email: 'gil@example.com', name: 'Gil', password }))
    if ((await walk.page.locator(`input[name=${name}]`).count()) > 0)
      await walk.page.fill(`input[name=${name}]`, value);
  await walk.click('sign-up-submit');
  await walk.look('sign-up-code');
  await walk.at((await walk.mail('registration')).link, 'sign-up-link');
  await walk.at('/sign-up/waiting', 'sign-up-waiting');
}

/** Through an identity provider, which is another Castellan. */
async function elsewhere(walk: Walk): Promise<void> {
  const { provider, options } = walk;
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const upstream = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: publicUrl } });
  try {
    await upstream.app.listen({ port, host: '127.0.0.1' });
    await upstream.addUser({ username: 'zoe', email: 'zoe@example.com', claims: { name: options.names.person } });
    const { client_id, client_secret } = await upstream.register({
      first_party: true,
      redirect_uris: [`${provider.config.publicUrl}/login/with/elsewhere/callback`],
    });
    const settings = { kind: 'openid-connect', label: 'Example Ltd', issuer: `${publicUrl}/oidc`, client_id };
    await addIdentityProvider(provider.context, { name: 'elsewhere', settings, client_secret }, actor);
    await walk.fresh();
    await walk.open('/login');
    await walk.click('login-with-elsewhere');
    await walk.signIn('zoe');
    await walk.look('newcomer');
    await walk.click('login-connect');
    await walk.signIn('ben');
    await walk.look('connect');
  } finally {
    await removeIdentityProvider(provider.context, 'elsewhere', actor);
    await upstream.close();
  }
}

async function device(walk: Walk): Promise<void> {
  const { provider } = walk;
  const television = await provider.register({
    client_name: walk.options.names.application,
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'none',
  });
  const begun = await provider.post('/oidc/oauth2/device/auth', {
    client_id: television.client_id,
    scope: 'openid profile',
  });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('ben');
  await walk.at('/device', 'device');
  await walk.fill({ 'device-code': 'BBBB-BBBB' }, 'device-submit');
  await walk.look('device-refused');
  await walk.open(begun.json().verification_uri_complete);
  await walk.click('device-submit');
  await walk.look('device-confirm');
  await walk.click('consent-allow');
  await walk.look('device-done');
}

async function account(walk: Walk): Promise<void> {
  const { provider, client } = walk;
  const other = provider.browser();
  await other.signIn('ben');
  await obtainTokens(provider, other, client, { scope: 'openid profile email offline_access', prompt: 'consent' });
  await walk.fresh();
  await walk.open('/login');
  await walk.signIn('ben');
  await walk.open('/account');
  const paths = await walk.page.evaluate<string[]>(
    '[...document.querySelectorAll("nav.side a")].map((one) => one.getAttribute("href"))',
  );
  for (const path of paths) await walk.at(path, `account${path.replace('/account', '').replaceAll('/', '-')}`);
  await walk.open('/account/sessions');
  await walk.click('account-end-others');
  await walk.look('account-sessions-ended');
  await walk.open('/account/applications');
  await walk.page.click('main a.button');
  await walk.look('account-withdraw');
  await walk.open('/account/data');
  await walk.click('account-delete');
  await walk.look('account-delete');
  await walk.fill({ 'account-delete-username': 'ben' }, 'account-delete-confirm');
  await walk.look('account-deleted');
}

/** With everything that a brand may say. */
async function branded(walk: Walk): Promise<void> {
  const { context } = walk.provider;
  const help_uri = 'https://example.com/help';
  const brand = { name: walk.options.names.house, accent: '#7a1fa2', background: '#efe3f5', corners: 'round' };
  await saveBrand(context, house, { ...brand, help_uri, imprint_uri: help_uri, note: walk.options.names.house }, actor);
  await walk.fresh();
  await setBrandImage(context, house, 'logo', await logo(walk.page, '#7a1fa2', '#ffffff'), actor);
  await setBrandImage(context, house, 'logo_dark', await logo(walk.page, '#e0b3f5', '#2b0a3a'), actor);
  await walk.at('/login', 'sign-in-branded');
  await walk.signIn('ada');
  await walk.at('/account/security', 'account-branded');
  await removeBrand(context, house, actor);
}

/** A tile in two colours, drawn where pictures can be drawn. */
async function logo(page: Page, ground: string, ink: string): Promise<Buffer> {
  const url = await page.evaluate<string>(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 96, height: 96 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '${ground}';
    pen.roundRect(0, 0, 96, 96, 28);
    pen.fill();
    pen.strokeStyle = '${ink}';
    pen.lineWidth = 10;
    pen.lineCap = 'round';
    pen.stroke(new Path2D('M30 68V44l18-16 18 16v24M30 68h36'));
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function errors(walk: Walk): Promise<void> {
  const { provider } = walk;
  await walk.fresh();
  await walk.at('/nothing/here', 'not-found');
  await walk.at(authorizationUrl({ client_id: 'none' }), 'request-error');
  await walk.at(authorizationUrl(walk.client, { redirect_uri: 'https://elsewhere.example/' }), 'request-error-address');
  const hal = await provider.addUser({ username: 'hal', email: 'hal@example.com' });
  await disableUser(provider.context, hal.id, actor);
  await walk.open('/login');
  await walk.signIn('hal');
  await walk.look('account-closed');
}
