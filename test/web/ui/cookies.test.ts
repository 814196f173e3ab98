import { describe, expect, test } from 'vitest';
import { browserId, clearCookie, currentSession, readCookie, setCookie } from '../../../src/web/ui/browser-session.ts';
import { servePages } from '../../support/page-server.ts';

const https = { CASTELLAN_PUBLIC_URL: 'https://id.example.com' };

describe('our cookies', () => {
  test('are for this host alone, out of reach of scripts, under https', async () => {
    const { app } = await serveCookies(https);
    expect((await app.inject('/set')).headers['set-cookie']).toEqual([
      '__Host-castellan_session=abc_-9; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax',
    ]);
    expect((await app.inject('/clear')).headers['set-cookie']).toEqual([
      '__Host-castellan_session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax',
    ]);
  });

  test('have a plain name and no Secure under http, where browsers would refuse both', async () => {
    const { app } = await serveCookies();
    expect((await app.inject('/set')).headers['set-cookie']).toEqual([
      'castellan_session=abc_-9; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    ]);
  });

  test('are set once each, the last word counting', async () => {
    const { app } = await serveCookies();
    expect((await app.inject('/set-twice')).headers['set-cookie']).toEqual([
      'castellan_other=x; Path=/; Max-Age=5; HttpOnly; SameSite=Lax',
      'castellan_session=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    ]);
  });

  test.each(['a b', 'a;b', 'a\r\nSet-Cookie: x', 'ä', ''])('cannot be set to %j', async (value) => {
    const { app } = await servePages((routes, context) => {
      routes.get('/', (_request, reply) => {
        setCookie(context, reply, 'session', value, 60);
        return 'set';
      });
    });
    const response = await app.inject('/');
    expect(response.statusCode).toBe(500);
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  const many = Array.from({ length: 1200 }, (_, index) => `c${index}=v${index}`).join('; ');

  test.each([
    ['alone', 'castellan_session=abc', 'abc'],
    ['among others', 'a=b; castellan_session=abc; c=d', 'abc'],
    ['without blanks', 'a=b;castellan_session=abc;c=d', 'abc'],
    ['among 1200 others', `${many}; castellan_session=abc`, 'abc'],
    ['beside broken percent escapes', 'x=%zz; y=%; castellan_session=abc; z=%E0%A4%A', 'abc'],
    ['beside quotes, control bytes and nameless ones', 'x="a; =; ;; \x01=\x02; castellan_session=abc; "', 'abc'],
    ['beside names of objects', '__proto__=x; constructor=y; castellan_session=abc', 'abc'],
  ])('are read %s', async (_case, cookie, value) => {
    expect(await read(cookie)).toBe(value);
  });

  test.each([
    ['there is none', undefined],
    ['it is empty', 'castellan_session='],
    ['two have one name', 'castellan_session=abc; castellan_session=def'],
    ['two have one name and value', 'castellan_session=abc; a=b; castellan_session=abc'],
    ['the name only ends so', 'xcastellan_session=abc'],
    ['the case differs', 'Castellan_session=abc'],
    ['the value is quoted', 'castellan_session="abc"'],
    ['the value has a percent escape', 'castellan_session=a%62c'],
    ['the value has a blank', 'castellan_session=a bc'],
    ['the value is endless', `castellan_session=${'a'.repeat(5000)}`],
  ])('are none when %s', async (_case, cookie) => {
    expect(await read(cookie)).toBe('none');
  });

  test('without the __Host- prefix are none under https, for a sibling domain may have set them', async () => {
    const cookie = 'castellan_session=abc';
    expect(await read(cookie, https)).toBe('none');
    expect(await read(`__Host-${cookie}`, https)).toBe('abc');
  });
});

describe('a browser', () => {
  test('gets one random name, however often it is asked for in one request', async () => {
    const { app } = await serveCookies();
    const first = await app.inject('/browser');
    const [id, again] = first.json();
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(again).toBe(id);
    expect(first.headers['set-cookie']).toEqual([
      `castellan_browser=${id}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`,
    ]);
    expect((await app.inject('/browser')).json()[0]).not.toBe(id);
  });

  test('keeps its name', async () => {
    const { app } = await serveCookies();
    const id = 'a'.repeat(43);
    const response = await app.inject({ url: '/browser', headers: { cookie: `castellan_browser=${id}` } });
    expect(response.json()[0]).toBe(id);
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  test.each(['short', 'a'.repeat(44), `${'a'.repeat(42)}%`])('gets another name for %j', async (id) => {
    const { app } = await serveCookies();
    const response = await app.inject({ url: '/browser', headers: { cookie: `castellan_browser=${id}` } });
    expect(response.json()[0]).not.toBe(id);
  });

  test.each([undefined, 'a', 'a'.repeat(64), '%zz'])('with the session cookie %j is not signed in', async (token) => {
    const { app } = await serveCookies();
    const cookie = token === undefined ? {} : { cookie: `castellan_session=${token}` };
    expect((await app.inject({ url: '/session', headers: cookie })).json()).toEqual({ isSignedIn: false });
  });
});

function serveCookies(settings: Record<string, string> = {}) {
  return servePages((app, context) => {
    app.get('/read', (request) => readCookie(context, request, 'session') ?? 'none');
    app.get('/set', (_request, reply) => {
      setCookie(context, reply, 'session', 'abc_-9', 60);
      return 'set';
    });
    app.get('/set-twice', (_request, reply) => {
      setCookie(context, reply, 'session', 'a', 60);
      setCookie(context, reply, 'other', 'x', 5);
      setCookie(context, reply, 'session', 'b', 60);
      return 'set';
    });
    app.get('/clear', (_request, reply) => {
      clearCookie(context, reply, 'session');
      return 'cleared';
    });
    app.get('/browser', (request, reply) => [browserId(context, request, reply), browserId(context, request, reply)]);
    app.get('/session', async (request) => ({ isSignedIn: (await currentSession(context, request)) !== undefined }));
  }, settings);
}

async function read(cookie: string | undefined, settings: Record<string, string> = {}): Promise<string> {
  const { app } = await serveCookies(settings);
  const response = await app.inject({ url: '/read', headers: cookie === undefined ? {} : { cookie } });
  expect(response.statusCode).toBe(200);
  return response.body;
}
