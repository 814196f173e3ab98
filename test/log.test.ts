import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { basic, startProvider } from './support/provider.ts';

/** What must never be in a log, in one place each: query, header, cookie, body. */
const secrets = {
  code: 'c0de-in-the-query-of-the-request',
  state: 'state-in-the-query',
  accessToken: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg',
  splitToken: `${'Ab3_'.repeat(15)}Zz-9`,
  cookie: 'c00kie-value-of-a-session',
  password: 'pa55word-in-the-body',
  clientSecret: 'client-s3cret-of-the-wiki',
};

function capture(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const log = createLog({ logLevel: level }, { write: (line) => void lines.push(line) });
  return { log, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

function expectNoSecretIn(lines: readonly string[]): void {
  const text = lines.join('');
  for (const [name, secret] of Object.entries(secrets)) expect([name, text.includes(secret)]).toEqual([name, false]);
  expect(text).not.toContain(basic({ client_id: 'wiki', client_secret: secrets.clientSecret }).slice(6));
}

describe('of a request', () => {
  const lines: string[] = [];
  const requests = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => /^request( failed)?$/.test(msg));

  async function withProvider(work: (provider: Awaited<ReturnType<typeof startProvider>>) => Promise<void>) {
    lines.length = 0;
    const provider = await startProvider({ log: { write: (line) => void lines.push(line) } });
    try {
      await work(provider);
    } finally {
      await provider.close();
    }
  }

  test('there is one line with its method, path, status, duration, id and address, and no query string', async () => {
    await withProvider(async ({ app }) => {
      await app.inject({ url: `/oidc/oauth2/auth?code=${secrets.code}`, remoteAddress: '192.0.2.7' });
      expect(requests()).toEqual([
        {
          level: 'info',
          time: expect.stringMatching(/^\d{4}-.*Z$/),
          request_id: expect.stringMatching(/^\S{8,}$/),
          method: 'GET',
          path: '/oidc/oauth2/auth',
          address: '192.0.2.7',
          status: 400,
          milliseconds: expect.any(Number),
          msg: 'request',
        },
      ]);
    });
  });

  test('no secret of its query, headers, cookies or body is logged, whatever becomes of it', async () => {
    await withProvider(async ({ app, post, browser }) => {
      const query = `code=${secrets.code}&state=${secrets.state}&token=${secrets.splitToken}`;
      const headers = {
        authorization: `Bearer ${secrets.accessToken}`,
        cookie: `castellan_session=${secrets.cookie}; castellan_browser=${secrets.splitToken}`,
        referer: `https://app.example/?code=${secrets.code}`,
        'user-agent': secrets.cookie,
      };
      const credentials = basic({ client_id: 'wiki', client_secret: secrets.clientSecret });
      for (const path of [
        '/',
        '/login',
        '/setup',
        '/recovery',
        '/oidc/oauth2/auth',
        '/oidc/userinfo',
        '/nowhere',
        `/${secrets.splitToken}`,
      ])
        await app.inject({ url: `${path}?${query}`, headers });
      for (const path of [
        '/oidc/oauth2/token',
        '/oidc/oauth2/introspect',
        '/oidc/oauth2/revoke',
        '/oidc/userinfo',
        '/nowhere',
      ]) {
        const form = {
          grant_type: 'authorization_code',
          code: secrets.code,
          token: secrets.splitToken,
          client_secret: secrets.clientSecret,
        };
        await post(path, form);
        await post(path, { ...form, client_secret: undefined }, undefined, { authorization: credentials });
        await app.inject({
          method: 'POST',
          url: `${path}?${query}`,
          headers: { ...headers, 'content-type': 'application/json' },
          payload: JSON.stringify(form),
        });
      }
      await browser().post('/login', { username: secrets.password, password: secrets.password });
      await app.inject({ url: `/%zz?${query}`, headers });
      expect(requests().length).toBeGreaterThan(20);
      expectNoSecretIn(lines);
    });
  });

  test('an error of ours is logged whole with the id of its request, and still without its secrets', async () => {
    await withProvider(async ({ app, context }) => {
      await context.database.close();
      const { body } = await app.inject({
        method: 'POST',
        url: `/oidc/oauth2/token?code=${secrets.code}`,
        headers: {
          authorization: basic({ client_id: 'wiki', client_secret: secrets.clientSecret }),
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: `grant_type=authorization_code&code=${secrets.code}`,
      });
      expect(body).not.toMatch(/sql|\.ts/i);
      const errors = lines.map((line) => JSON.parse(line)).filter(({ level, err }) => level === 'error' && err);
      expect(errors[0]).toMatchObject({ err: { message: expect.any(String), stack: expect.any(String) } });
      expect(errors[0].request_id).toBe(requests()[0].request_id);
      expectNoSecretIn(lines);
    });
  });
});

describe('of an error', () => {
  test('its type, message, code, stack and causes are logged, and nothing else of it', () => {
    const { log, lines, last } = capture();
    const cause = Object.assign(new TypeError('underneath'), { detail: secrets.password });
    log.error(
      { err: Object.assign(new Error('above', { cause }), { code: 'E_ABOVE', body: secrets.password }) },
      'failed',
    );
    expect(last().err).toEqual({
      type: 'Error',
      message: 'above',
      code: 'E_ABOVE',
      stack: expect.stringContaining('log.test.ts'),
      cause: { type: 'TypeError', message: 'underneath', stack: expect.any(String) },
    });
    expectNoSecretIn(lines);
  });

  test('something thrown that is no error is logged as text', () => {
    const { log, last } = capture();
    log.error({ err: 'a word' }, 'failed');
    expect(last()).toMatchObject({ err: { message: 'a word' }, msg: 'failed' });
  });

  test('causes without end come to an end', () => {
    const { log, last } = capture();
    const error = new Error('circle');
    error.cause = error;
    log.error({ err: error }, 'failed');
    expect(last()).toMatchObject({ err: { cause: { message: 'circle' } } });
  });
});

describe('of a message', () => {
  test.each([
    ['a split token', `the token ${secrets.splitToken} is old`, 'the token [token] is old'],
    ['a JWT', `got ${secrets.accessToken} just now`, 'got [token] just now'],
    ['a bearer token', 'with Bearer abcdefgh.ijk~', 'with Bearer [secret]'],
    ['basic credentials', 'with basic d2lraTpzZWNyZXQ=', 'with basic [secret]'],
    [
      'the password of a database',
      'postgres://castellan:pa55@db/castellan is away',
      'postgres://[secret]@db/castellan is away',
    ],
    ['a query', 'to https://app.example/callback?code=abc&state=x now', 'to https://app.example/callback?[query] now'],
    ['a fragment', 'to https://app.example/#access_token=abc', 'to https://app.example/?[query]'],
  ])('%s in it is left out', (_title, text, logged) => {
    const { log, last } = capture();
    log.info(text);
    expect(last().msg).toBe(logged);
  });

  test('names, ids and thumbprints stay readable', () => {
    const { log, last } = capture();
    const text =
      'client wiki-1, user 0198f2d1c0de7aaabbbbccccddddeeee, kid AQIEwsIEOJv2pA1x8jXWfgXwwUShTCAYGOCA5TR58-U';
    log.info(text);
    expect(last().msg).toBe(text);
  });

  test('no line is longer than 8 KiB, and each is JSON', () => {
    const { log, lines, last } = capture();
    log.warn({ text: 'x"\n'.repeat(100_000) }, 'long');
    expect(lines.at(-1)?.length).toBeLessThanOrEqual(8192);
    expect(last()).toMatchObject({
      msg: expect.stringContaining('was cut'),
      beginning: expect.stringContaining('x'),
    });
  });

  test('line ends and escapes cannot make up a line', () => {
    const { log, lines } = capture();
    log.info({ user_agent: 'a\n{"level":"fatal"}\u001b[2J\u2028' }, 'b\r\n{"level":"fatal"}');
    expect(lines).toHaveLength(1);
    for (const character of ['\r', '\n', '\u001b']) expect(lines[0]?.trimEnd()).not.toContain(character);
  });

  test('what is below the level is not written', () => {
    const { log, lines } = capture('info');
    log.debug('quiet');
    expect(lines).toEqual([]);
  });
});
