/** Random lives of tokens, step by step beside a small model of what must be alive; a failure prints its shortest life. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser, enableUser } from '../../src/identity/users.ts';
import { obtainCode, redeem, refresh, type Tokens, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, type RegisteredClient, startProvider, type TestBrowser } from '../support/provider.ts';

const codeSeconds = 60;
const accessSeconds = 3600;
const idleSeconds = 7200;
const absoluteSeconds = 9000;
const retrySeconds = 30;

interface RefreshToken {
  readonly token: string;
  readonly expiresAt: number;
  isEnded: boolean;
  spentAt?: number;
  successor?: RefreshToken;
}

/** One act of allowing, and what came of it. */
interface Family {
  readonly code: { readonly value: string; readonly expiresAt: number; isBurnt: boolean };
  readonly isOffline: boolean;
  readonly session: number;
  readonly expiresAt: number;
  isRevoked: boolean;
  readonly refreshTokens: RefreshToken[];
  readonly accessTokens: { readonly token: string; readonly expiresAt: number; isRevoked: boolean }[];
}

interface Model {
  now: number;
  /** The number of the present session, or undefined. */
  session: number | undefined;
  sessions: number;
  readonly families: Family[];
}

interface Real {
  readonly provider: Provider;
  readonly client: RegisteredClient;
  readonly user_id: string;
  browser: TestBrowser;
}

const stands = (model: Model, family: Family) =>
  !family.isRevoked && model.now < family.expiresAt && (family.isOffline || family.session === model.session);

type Step = fc.AsyncCommand<Model, Real>;
const step = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Step => ({
  check,
  run,
  toString: () => name,
});

const tick = (seconds: number) =>
  step(
    `${seconds} seconds pass`,
    () => true,
    async (model, { provider }) => {
      model.now += seconds;
      provider.clock.advance(seconds);
    },
  );

const signIn = step(
  'sign in',
  ({ session }) => session === undefined,
  async (model, real) => {
    real.browser = real.provider.browser();
    await real.browser.signIn();
    model.session = model.sessions++;
  },
);

const signOut = step(
  'sign out',
  ({ session }) => session !== undefined,
  async (model, { browser }) => {
    await browser.post('/logout', {});
    model.session = undefined;
  },
);

const disable = step(
  'disable and enable the account',
  () => true,
  async (model, { provider, user_id }) => {
    await disableUser(provider.context, user_id, actor);
    await enableUser(provider.context, user_id, actor);
    model.session = undefined;
    for (const family of model.families) family.isRevoked = true;
  },
);

const authorize = (isOffline: boolean) =>
  step(
    `authorize${isOffline ? ' offline' : ''}`,
    ({ session }) => session !== undefined,
    async (model, real) => {
      const scope = isOffline ? 'openid offline_access' : 'openid';
      const value = await obtainCode(real.browser, real.client, { scope });
      model.families.push({
        code: { value, expiresAt: model.now + codeSeconds, isBurnt: false },
        isOffline,
        session: model.session ?? -1,
        expiresAt: model.now + absoluteSeconds,
        isRevoked: false,
        refreshTokens: [],
        accessTokens: [],
      });
    },
  );

const keep = (model: Model, family: Family, tokens: Tokens, given: RefreshToken): RefreshToken => {
  expect(tokens.expires_in).toBe(Math.min(accessSeconds, family.expiresAt - model.now));
  family.accessTokens.push({ token: tokens.access_token, expiresAt: model.now + tokens.expires_in, isRevoked: false });
  if (!family.refreshTokens.includes(given)) family.refreshTokens.push(given);
  return given;
};
const newToken = (model: Model, family: Family, token: string): RefreshToken => ({
  token,
  expiresAt: Math.min(model.now + idleSeconds, family.expiresAt),
  isEnded: false,
});

const redeemCode = (which: number) =>
  step(
    `redeem code ${which}`,
    ({ families }) => families.length > 0,
    async (model, { provider, client }) => {
      const family = pick(model.families, which);
      const { code } = family;
      const response = await redeem(provider, client, code.value);
      const isGood =
        !code.isBurnt && model.now < code.expiresAt && stands(model, family) && family.session === model.session;
      expect(response.statusCode).toBe(isGood ? 200 : 400);
      if (code.isBurnt) family.isRevoked = true;
      code.isBurnt = true;
      if (!isGood) return;
      const tokens = response.json<Tokens>();
      keep(model, family, tokens, newToken(model, family, tokens.refresh_token ?? ''));
    },
  );

const authorizeAndRedeem = (isOffline: boolean) =>
  step(
    `authorize${isOffline ? ' offline' : ''} and redeem`,
    ({ session }) => session !== undefined,
    async (model, real) => {
      await authorize(isOffline).run(model, real);
      await redeemCode(model.families.length - 1).run(model, real);
    },
  );

const refreshTokens = (which: number, whichToken: number) =>
  step(`refresh with token ${whichToken} of ${which}`, hasTokens, async (model, { provider, client }) => {
    const family = pick(
      model.families.filter((each) => each.refreshTokens.length > 0),
      which,
    );
    const used = pick(family.refreshTokens, whichToken);
    const response = await refresh(provider, client, used.token);
    if (used.isEnded || model.now >= used.expiresAt || !stands(model, family)) {
      if (model.now >= used.expiresAt) used.isEnded = true;
      expect(response.statusCode).toBe(400);
      return;
    }
    const isRetry =
      used.spentAt !== undefined && model.now < used.spentAt + retrySeconds && used.successor?.spentAt === undefined;
    if (used.spentAt !== undefined && !isRetry) {
      family.isRevoked = true;
      expect(response.json()).toMatchObject({ error: 'invalid_grant' });
      return;
    }
    expect(response.statusCode).toBe(200);
    const tokens = response.json<Tokens>();
    if (isRetry) expect(tokens.refresh_token).toBe(used.successor?.token);
    else used.successor = newToken(model, family, tokens.refresh_token ?? '');
    used.spentAt ??= model.now;
    if (used.successor) keep(model, family, tokens, used.successor);
  });

const revoke = (kind: 'access' | 'refresh', which: number, whichToken: number) =>
  step(`revoke ${kind} token ${whichToken} of ${which}`, hasTokens, async (model, { provider, client }) => {
    const family = pick(
      model.families.filter((each) => each.refreshTokens.length > 0),
      which,
    );
    const access = pick(family.accessTokens, whichToken);
    const { token } = kind === 'access' ? access : pick(family.refreshTokens, whichToken);
    const response = await provider.post('/oidc/oauth2/revoke', { token, client_id: client.client_id });
    expect(response.statusCode).toBe(200);
    if (kind === 'refresh') family.isRevoked = true;
    else access.isRevoked = true;
  });

const lookAtAll = step('look at every access token', hasTokens, async (model, { provider }) => {
  for (const family of model.families)
    for (const { token, expiresAt, isRevoked } of family.accessTokens) {
      const isAlive = stands(model, family) && !isRevoked && model.now < expiresAt;
      expect((await userinfo(provider, token)).statusCode).toBe(isAlive ? 200 : 401);
    }
});

function hasTokens({ families }: Model): boolean {
  return families.some(({ refreshTokens }) => refreshTokens.length > 0);
}

function pick<Item>(items: readonly Item[], which: number): Item {
  const item = items[which % items.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

describe.each(engines)('on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let user_id: string;
  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    user_id = (await provider.addUser()).id;
    client = await provider.register({
      first_party: true,
      token_endpoint_auth_method: 'none',
      refresh_token_idle_seconds: idleSeconds,
      refresh_token_seconds: absoluteSeconds,
    });
  });
  afterAll(() => provider.close());

  test('tokens live and die as the model says', { timeout: 60_000 }, async () => {
    const family = fc.constantFrom(0, 0, 0, 1, 2);
    const token = fc.constantFrom(0, 0, 0, 1, 1, 2);
    const whole = fc.boolean().map(authorizeAndRedeem);
    const use = fc.tuple(family, token).map((at) => refreshTokens(...at));
    const steps = [
      fc.constantFrom(1, 29, 30, 59, 60, 3599, 3600, 7199, 7200).map(tick),
      fc.constantFrom(29, 30).map(tick),
      fc.constant(signIn),
      fc.constant(signOut),
      fc.constant(disable),
      fc.boolean().map(authorize),
      family.map(redeemCode),
      ...[whole, whole, use, use, use, use],
      fc.tuple(fc.constantFrom('access' as const, 'refresh' as const), family, token).map((at) => revoke(...at)),
      fc.constant(lookAtAll),
    ];
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 20, size: 'max' }), async (life) => {
        const setup = async () => {
          const real: Real = { provider, client, user_id, browser: provider.browser() };
          const model: Model = { now: provider.clock.now, session: undefined, sessions: 0, families: [] };
          await signIn.run(model, real);
          return { model, real };
        };
        await fc.asyncModelRun(setup, [...life, lookAtAll]);
      }),
      { numRuns: 30 },
    );
  });
});
