import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import {
  createPasswordStrength,
  type PasswordStrength,
} from '../../src/identity/user-authentication/password-strength.ts';
import { createUser, type NewUser, type User } from '../../src/identity/users.ts';
import type { FetchPublic } from '../../src/lib/outbound-fetch.ts';
import { createLog } from '../../src/log.ts';
import { openContext } from '../../src/open-context.ts';
import type { Client } from '../../src/protocol/client-metadata.ts';
import { registerClient } from '../../src/protocol/register-client.ts';

/** A whole provider with a database of its own and a clock that the test moves. */
export interface Provider {
  readonly app: FastifyInstance;
  readonly context: Context;
  readonly config: Config;
  /** Moves the clock. */
  readonly clock: { now: number; advance(seconds: number): void };
  /** Registers a client; redirect_uris is https://app.example/callback unless given. */
  register(
    metadata?: Record<string, unknown>,
    given?: { client_id?: string; client_secret?: string },
  ): Promise<RegisteredClient>;
  /** Makes a user whose password is `password`. */
  addUser(user?: Partial<NewUser>): Promise<User>;
  /** A browser: it keeps cookies and sends what browsers send with forms. */
  browser(): TestBrowser;
  /** Posts a form as a program does, with HTTP Basic when credentials are given. */
  post(
    path: string,
    form: Form,
    credentials?: RegisteredClient,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export type Form = Readonly<Record<string, string | undefined>>;
export type RegisteredClient = Client & { readonly client_secret: string };

export const password = 'correct horse battery staple';
export const redirect_uri = 'https://app.example/callback';
export const actor = { id: 'system' } as const;

const estimator = createPasswordStrength();

/** The estimator, which need not load its lists in every file of tests for the one password that they all use. */
const passwordStrength: PasswordStrength = {
  estimate: async (text, known) => (text === password ? 4 : estimator.estimate(text, known)),
};

/** Starts a provider; without a database URL it gets a SQLite file of its own. Close it after the test. */
export async function startProvider(
  options: {
    databaseUrl?: string;
    settings?: Record<string, string>;
    now?: number;
    log?: Parameters<typeof createLog>[1];
    fetchPublic?: FetchPublic;
  } = {},
): Promise<Provider> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'));
  const config = readConfig({
    CASTELLAN_DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'castellan.sqlite')}`,
    CASTELLAN_KEYS_DIR: join(folder, 'keys'),
    CASTELLAN_LOG_LEVEL: options.log ? 'debug' : 'silent',
    ...options.settings,
  });
  const clock = {
    now: options.now ?? Math.floor(Date.now() / 1000),
    advance(seconds: number) {
      clock.now += seconds;
    },
  };
  const context = await openContext({
    config,
    log: createLog(config, options.log),
    now: () => clock.now,
    randomBytes,
    passwordStrength,
    ...(options.fetchPublic ? { fetchPublic: options.fetchPublic } : {}),
  });
  const app = await createApp(context);
  await app.ready();
  return {
    app,
    context,
    config,
    clock,
    async register(metadata = {}, given = {}) {
      const whole = {
        redirect_uris: [redirect_uri],
        grant_types: ['authorization_code', 'refresh_token'],
        ...metadata,
      };
      const { client, client_secret = '' } = await registerClient(context, whole, actor, given);
      return { ...client, client_secret };
    },
    addUser: (user = {}) =>
      createUser(context, { username: 'alice', email: 'alice@example.com', password, ...user }, actor),
    browser: () => new TestBrowser(app, config.publicUrl),
    post: (url, form, credentials, headers = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(credentials ? { authorization: basic(credentials) } : {}),
          ...headers,
        },
        payload: encode(form),
      }),
    async close() {
      await app.close();
      await context.database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser as far as a provider can see one. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;
  readonly #origin: string;

  constructor(app: FastifyInstance, origin: string) {
    this.#app = app;
    this.#origin = origin;
  }

  /** Asks for an address, without following redirects. */
  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.#app.inject({ method: 'GET', url: this.#path(url), headers: { ...this.#cookie(), ...headers } }),
    );
  }

  /** Asks for an address and follows redirects as long as they stay at the provider. */
  async open(url: string): Promise<LightMyRequestResponse> {
    return this.follow(await this.get(url));
  }

  /** Sends a form of one of the provider's own pages, without following redirects. */
  async post(url: string, form: Form, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.#app.inject({
        method: 'POST',
        url: this.#path(url),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: this.#origin,
          'sec-fetch-site': 'same-origin',
          ...this.#cookie(),
          ...headers,
        },
        payload: encode(form),
      }),
    );
  }

  /** Follows redirects as long as they stay at the provider. */
  async follow(response: LightMyRequestResponse): Promise<LightMyRequestResponse> {
    let current = response;
    for (let hops = 0; hops < 10; hops++) {
      const location = locationOf(current);
      if (location === undefined || !(location.startsWith('/') || location.startsWith(`${this.#origin}/`)))
        return current;
      current = await this.get(location);
    }
    throw new Error('the provider redirects without end');
  }

  /** Fills in and sends the form of a page, its hidden fields as they are, and follows redirects within the provider. */
  async submit(page: LightMyRequestResponse, fields: Form): Promise<LightMyRequestResponse> {
    const form = formIn(page.body);
    return this.follow(await this.post(form.action, { ...form.hidden, ...fields }));
  }

  /** Signs in on the sign-in page. */
  async signIn(username = 'alice', secret = password): Promise<LightMyRequestResponse> {
    return this.submit(await this.open('/login'), { username, password: secret });
  }

  #path(url: string): string {
    return url.startsWith(this.#origin) ? url.slice(this.#origin.length) : url;
  }

  #cookie(): Record<string, string> {
    return this.cookies.size === 0
      ? {}
      : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const cookie of response.cookies)
      if (cookie.maxAge === 0) this.cookies.delete(cookie.name);
      else this.cookies.set(cookie.name, cookie.value);
    return response;
  }
}

/** The first posting form of a page: where it goes and what it sends without anybody's doing. */
export function formIn(body: string): { action: string; hidden: Record<string, string> } {
  const form = /<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/.exec(body)?.[0];
  if (form === undefined)
    throw new Error(
      `there is no form in: ${body
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 500)}`,
    );
  const hidden: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    hidden[attribute(input, 'name')] = attribute(input, 'value');
  return { action: attribute(form, 'action'), hidden };
}

/** Where a response redirects to. */
export function locationOf(response: LightMyRequestResponse): string | undefined {
  const { location } = response.headers;
  return typeof location === 'string' ? location : undefined;
}

/** The parameters of an authorization response, from the query or the fragment of the redirect. */
export function answerOf(response: LightMyRequestResponse): Record<string, string> {
  const location = locationOf(response);
  if (location === undefined)
    throw new Error(`no redirect but ${response.statusCode}: ${response.body.slice(0, 2000)}`);
  const { search, hash } = new URL(location);
  return Object.fromEntries(new URLSearchParams(search || hash.slice(1)));
}

export function basic({ client_id, client_secret }: { client_id: string; client_secret: string }): string {
  const half = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${half(client_id)}:${half(client_secret)}`).toString('base64')}`;
}

export function encode(form: Form): string {
  const given = Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}

function attribute(markup: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(markup)?.[1] ?? '';
  return value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
