import type { LightMyRequestResponse } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import type { Form, Provider, TestBrowser } from './provider.ts';

/** The code that an authenticator app with this secret shows at a time, epoch seconds. */
export function codeAt(secret: string, now: number): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now * 1000 });
}

/** An authenticator app that was set up on the account pages, and the recovery codes that came with it. */
export interface AuthenticatorApp {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The code that it shows now. */
  code(): string;
  /** Waits for the next code, and shows it: each works once. */
  next(): string;
}

/** The secret on the page that sets an authenticator app up. */
export function secretOn(body: string): string {
  const secret = /id="account-secret">([A-Z2-7 ]+)</.exec(body)?.[1]?.replaceAll(' ', '');
  if (secret === undefined) throw new Error(`there is no secret in: ${body.slice(0, 500)}`);
  return secret;
}

/** Sends the form with this action on a page with several, its hidden fields as they are. */
export function submitTo(
  browser: TestBrowser,
  page: LightMyRequestResponse,
  action: string,
  fields: Form,
): Promise<LightMyRequestResponse> {
  const start = page.body.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`no form leads to ${action}: ${page.statusCode} ${page.body.slice(0, 500)}`);
  const form = page.body.slice(page.body.lastIndexOf('<form', start));
  return browser.submit({ ...page, body: form }, fields);
}

/** Sets an authenticator app up in a browser that is signed in. */
export async function addAuthenticator(provider: Provider, browser: TestBrowser): Promise<AuthenticatorApp> {
  const page = await browser.open('/account/security/authenticator');
  const secret = secretOn(page.body);
  const code = () => codeAt(secret, provider.clock.now);
  const shown = await submitTo(browser, page, '/account/security/authenticator', { code: code() });
  const recoveryCodes = [...shown.body.matchAll(/<li><code>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/g)].map(
    ([, each = '']) => each,
  );
  const next = () => {
    provider.clock.advance(30);
    return code();
  };
  return { secret, recoveryCodes, code, next };
}
