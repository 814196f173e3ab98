/** Passkeys, with an authenticator that Chromium pretends to have: made, used in each way there is, and lost. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as openid from 'openid-client';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { type Installation, newInstallation, type RunningServer, until } from '../support/castellan-process.ts';
import { password } from '../support/provider.ts';

const screenshots = process.env.CASTELLAN_SCREENSHOTS;
const redirect_uri = 'http://127.0.0.1:7000/callback';
const phishingResistant = 'urn:castellan:acr:phishing-resistant';

let browser: Browser;
let castellan: Installation;
let server: RunningServer;
let context: BrowserContext;
let page: Page;
let device: Device;
let complaints: string[];
/** Where the browser was sent to with answers for the application, which nobody serves. */
let answers: URL[];

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

beforeEach(async () => {
  castellan = await newInstallation();
  const words = ['user', 'add', '--username', 'alice', '--email', 'alice@example.com', '--name', 'Alice Example'];
  const { status, stderr } = await castellan.run([...words, '--admin', '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
  server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn' });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  complaints = [];
  answers = [];
  await page.route(`${redirect_uri}**`, (route) => {
    answers.push(new URL(route.request().url()));
    return route.fulfill({ body: 'signed in' });
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Refused to/.test(message.text())) complaints.push(message.text());
  });
  device = await pretendDevice(page);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context?.close();
  await castellan?.remove();
});

test('made from the offer after a password, it signs in by the field for the user name and by its button, and is removed', {
  timeout: 120_000,
}, async () => {
  const problems: string[] = [];
  const look = async (name: string) => {
    problems.push(...(await accessibilityProblems(page)));
    if (screenshots !== undefined) await picture(name);
  };
  await page.goto(`${castellan.url}/login`);
  await look('1-sign-in');
  await signInWithPassword();
  await page.waitForSelector('#passkey-offer-add');
  await look('2-offer');
  await page.click('#passkey-offer-add');
  await look('3-add');
  await device.answer(true);
  await page.click('#account-passkey-submit');
  await page.waitForSelector('#account-codes');
  await page.goto(`${castellan.url}/account/security`);
  expect(await page.textContent('#account-passkeys')).toContain('Passkey (Linux)');
  await look('4-list');
  expect(await device.credentials()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

  // Where it has been made already, the browser says so beside the button.
  await page.click('#account-passkey-add');
  await page.click('#account-passkey-submit');
  await page.waitForSelector('.passkey [role=status]:not([hidden])');
  expect(await page.textContent('.passkey [role=status]')).toContain('There is a passkey for this account already');
  await look('5-made-already');

  await signOut();
  // In the field for the user name: this device answers at once.
  await page.goto(`${castellan.url}/login`);
  await page.waitForURL(`${castellan.url}/`);

  await signOut();
  await offerOnlyButton();
  await page.goto(`${castellan.url}/login`);
  expect(await page.getAttribute('#login-username', 'autocomplete')).toBe('username webauthn');
  await device.verify(false);
  await page.click('#login-passkey');
  await page.waitForSelector('.passkey [role=status]:not([hidden])');
  expect(await page.textContent('.passkey [role=status]')).toContain('No passkey was used');
  expect(new URL(page.url()).pathname).toBe('/login');
  await look('6-not-verified');

  await device.verify(true);
  await page.goto(`${castellan.url}/login`);
  await page.click('#login-passkey');
  await page.waitForURL(`${castellan.url}/`);

  await page.goto(`${castellan.url}/account/security`);
  await page.click('#account-passkeys td a');
  await look('7-one');
  await page.fill('#account-passkey-name', 'My laptop');
  await page.click('#account-passkey-rename');
  expect(await page.textContent('#account-passkeys')).toContain('My laptop');
  await page.click('#account-passkeys td a');
  await page.click('#account-passkey-remove');
  await page.waitForURL(`${castellan.url}/account/security`);
  expect(await page.textContent('main')).toContain('The passkey “My laptop” was removed.');

  // The browser was told, and has forgotten it: there is none that it could offer.
  await expect.poll(() => device.credentials()).toEqual([]);

  await signOut();
  await page.goto(`${castellan.url}/login`);
  await page.click('#login-passkey');
  await page.waitForSelector('.passkey [role=status]:not([hidden])');
  expect(await page.textContent('.passkey [role=status]')).toContain('No passkey was used');
  await look('8-removed');
  expect(problems).toEqual([]);
});

test('it is the second step after a password, and lifts a session to what an application insists on', {
  timeout: 120_000,
}, async () => {
  const problems: string[] = [];
  await page.goto(`${castellan.url}/login`);
  await signInWithPassword();
  const [code = ''] = await makePasskey();
  await signOut();
  await offerOnlyButton();

  const relyingParty = await discover();
  // The recovery code stands in for the passkey: two factors, which somebody could be talked out of.
  const first = await begin(relyingParty);
  await page.goto(first.url);
  await signInWithPassword();
  await page.waitForSelector('#second-factor-form');
  problems.push(...(await accessibilityProblems(page)));
  if (screenshots !== undefined) await picture('9-second-step');
  await page.click('#login-use-recovery-codes');
  await page.fill('#login-code', code);
  await page.click('#login-submit');
  expect(await first.claims()).toMatchObject({ acr: 'urn:castellan:acr:two-factors', amr: ['pwd', 'otp', 'mfa'] });

  const second = await begin(relyingParty, {
    claims: JSON.stringify({ id_token: { acr: { essential: true, values: [phishingResistant] } } }),
  });
  await page.goto(second.url);
  await page.waitForSelector('#login-passkey, #second-factor-form');
  await page.click('#second-factor-form #login-submit, #login-passkey');
  expect(await second.claims()).toMatchObject({ acr: phishingResistant, amr: expect.arrayContaining(['pop', 'mfa']) });
  expect(problems).toEqual([]);
});

test('after a change of the public URL it is told which address it was made for, and the password is enough', {
  timeout: 120_000,
}, async () => {
  await page.goto(`${castellan.url}/login`);
  await signInWithPassword();
  await makePasskey();
  await server.stop();
  const moved = `http://castellan.localhost:${castellan.port}`;
  server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_PUBLIC_URL: moved });
  expect(server.stdout()).toContain('Warning: passkeys made at localhost work only there, not at castellan.localhost');

  await page.goto(`${moved}/login`);
  await page.click('#login-passkey');
  await page.waitForSelector('.passkey [role=status]:not([hidden])');
  expect(await page.textContent('.passkey [role=status]')).toContain('for another address than castellan.localhost');
  await signInWithPassword();
  await page.waitForSelector('#passkey-offer-add');
  await page.goto(`${moved}/account/security`);
  expect(await page.textContent('#account-passkeys')).toContain('Created for localhost');
  expect(await accessibilityProblems(page)).toEqual([]);
  if (screenshots !== undefined) await picture('10-moved');
  await server.stop();

  // At an address that is a number the pages say why there are none.
  const number = `http://127.0.0.1:${castellan.port}`;
  server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_PUBLIC_URL: number });
  await page.goto(`${number}/login`);
  expect(await page.$('#login-passkey')).toBeNull();
});

/** What Chromium pretends to be: a laptop that knows its owner. */
interface Device {
  /** Whether its owner touches it when asked. */
  answer(isTouched: boolean): Promise<void>;
  /** Whether it recognises its owner. */
  verify(isVerified: boolean): Promise<void>;
  credentials(): Promise<readonly unknown[]>;
}

async function pretendDevice(page: Page): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  return {
    answer: async (enabled) => {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    verify: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

async function signInWithPassword(): Promise<void> {
  await page.fill('#login-username', 'alice');
  await page.fill('#login-password', password);
  await page.click('#login-submit');
}

/** Makes a passkey, and returns the recovery codes that come with the first one. */
async function makePasskey(): Promise<string[]> {
  await page.waitForSelector('#passkey-offer-add');
  await page.goto(new URL('/account/security/passkeys/new', page.url()).href);
  await device.answer(true);
  await page.click('#account-passkey-submit');
  await page.waitForSelector('#account-codes');
  return page.$$eval('#account-codes code', (codes) => codes.map(({ textContent }) => textContent));
}

/** From now on the browser is one that does not offer passkeys in fields. */
async function offerOnlyButton(): Promise<void> {
  await page.addInitScript(
    'if (globalThis.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false',
  );
}

async function signOut(): Promise<void> {
  await context.clearCookies();
}

async function discover(): Promise<openid.Configuration> {
  const metadata = {
    client_name: 'Wiki',
    redirect_uris: [redirect_uri],
    token_endpoint_auth_method: 'client_secret_basic',
  };
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  const { client_id, client_secret }: { client_id: string; client_secret: string } = JSON.parse(stdout);
  return openid.discovery(
    new URL(`${castellan.url}/oidc`),
    client_id,
    undefined,
    openid.ClientSecretBasic(client_secret),
    { execute: [openid.allowInsecureRequests] },
  );
}

/** An authorization request, and the claims of the ID Token that comes of it. */
async function begin(
  relyingParty: openid.Configuration,
  more: Record<string, string> = {},
): Promise<{ url: string; claims(): Promise<openid.IDToken | undefined> }> {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const url = openid.buildAuthorizationUrl(relyingParty, {
    redirect_uri,
    scope: 'openid',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state,
    ...more,
  });
  return {
    url: url.href,
    async claims() {
      const arrived = () => answers.find((answer) => answer.searchParams.get('state') === state);
      await until(
        async () =>
          arrived() !== undefined ||
          (await page
            .locator('#consent-allow')
            .count()
            .catch(() => 0)) > 0,
      );
      if (arrived() === undefined) await page.click('#consent-allow');
      await until(() => arrived() !== undefined);
      const tokens = await openid.authorizationCodeGrant(relyingParty, arrived() ?? new URL(redirect_uri), {
        pkceCodeVerifier,
        expectedState: state,
      });
      return tokens.claims();
    },
  };
}

async function picture(name: string): Promise<void> {
  const folder = join(screenshots ?? '', 'passkeys');
  mkdirSync(folder, { recursive: true });
  await takeScreenshots(page, join(folder, name));
  await page.setViewportSize({ width: 1280, height: 800 });
}
