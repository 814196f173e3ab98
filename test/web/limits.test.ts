/** What arrives over real sockets and is no request as it should be: refused, closed, and forgotten. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionLimits } from '../../src/http-limits.ts';
import { obtainTokens, type Tokens } from '../support/code-flow.ts';
import { type Provider, startProvider } from '../support/provider.ts';
import { connectTo, exchange, type RawConnection, statusesIn } from '../support/raw-http.ts';

let provider: Provider;
let port: number;
let tokens: Tokens;

beforeAll(async () => {
  provider = await startProvider();
  await provider.addUser();
  const client = await provider.register({ first_party: true });
  const browser = provider.browser();
  await browser.signIn();
  tokens = await obtainTokens(provider, browser, client);
  await provider.app.listen({ port: 0, host: '127.0.0.1' });
  port = portOf(provider);
});
afterAll(() => provider.close());

const end = '\r\n\r\n';
const form = 'Content-Type: application/x-www-form-urlencoded';
const head = (...headers: string[]) => ['GET /healthz HTTP/1.1', 'Host: id.example', ...headers].join('\r\n') + end;
const post = (...headers: string[]) =>
  ['POST /oidc/oauth2/token HTTP/1.1', 'Host: id.example', form, ...headers].join('\r\n') + end;
const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: id.example', 'Connection: close', ...headers].join('\r\n') + end;

describe('bytes that are no request, or could be read as another one, are refused and the connection is closed', () => {
  test.each<[string, string, number[]]>([
    ['garbage', '\x00\xff\xfegarbage\r\n\r\n', [400]],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['the greeting of a proxy', `PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n${head()}`, [400]],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['HTTP/9.9', 'GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n', [400, 505]],
    ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', [400]],
    ['two Hosts', head('Host: other.example', 'Connection: close'), [400]],
    ['two Content-Lengths', `${post('Content-Length: 3', 'Content-Length: 4')}a=bc`, [400]],
    ['one Content-Length twice', `${post('Content-Length: 3', 'Content-Length: 3')}a=b`, [400]],
    ['a list of Content-Lengths', `${post('Content-Length: 3, 3')}a=b`, [400]],
    ['Content-Length with a sign', `${post('Content-Length: +3')}a=b`, [400]],
    ['a negative Content-Length', `${post('Content-Length: -1')}a=b`, [400]],
    ['a hexadecimal Content-Length', `${post('Content-Length: 0x3')}a=b`, [400]],
    ['a Content-Length of 20 digits', `${post('Content-Length: 99999999999999999999')}a=b`, [400]],
    ['an empty Content-Length', `${post('Content-Length: ')}a=b`, [400]],
    ['Content-Length beside chunks', `${post('Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`, [400]],
    ['an unknown Transfer-Encoding', `${post('Transfer-Encoding: xchunked')}0\r\n\r\n`, [400]],
    ['chunks that are not last', `${post('Transfer-Encoding: chunked, identity')}0\r\n\r\n`, [400]],
    ['chunks twice', `${post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')}0\r\n\r\n`, [400]],
    ['a chunk size that is none', `${post('Transfer-Encoding: chunked')}zz\r\nabc\r\n0\r\n\r\n`, [400]],
    ['a chunk size with a sign', `${post('Transfer-Encoding: chunked')}-1\r\nabc\r\n0\r\n\r\n`, [400]],
    ['a chunk size of 20 digits', `${post('Transfer-Encoding: chunked')}fffffffffffffffffffff\r\nabc\r\n`, [400, 413]],
    ['a chunk longer than it says', `${post('Transfer-Encoding: chunked')}1\r\nabc\r\n0\r\n\r\n`, [400]],
    [
      '100 kB behind a chunk size',
      `${post('Transfer-Encoding: chunked')}1;${'x'.repeat(100_000)}\r\na\r\n`,
      [400, 413],
    ],
    ['a blank before the colon', head('X : a'), [400]],
    ['a header without a name', head(': a'), [400]],
    ['a header without a colon', head('Authorization'), [400]],
    ['NUL in a header', head('X: a\x00b'), [400]],
    ['a bare CR in a header', head('X: a\rSet-Cookie: b'), [400]],
    ['a folded header', head('X: a', ' b'), [400]],
    ['bare LF as line end', 'GET /healthz HTTP/1.1\nHost: a\n\n', [400]],
    ['a blank in front of the method', ` ${head()}`, [400]],
    ['a blank in the address', 'GET /healthz x HTTP/1.1\r\nHost: a\r\n\r\n', [400]],
    ['bytes above 0x7f in the address', 'GET /\xc0\xaf HTTP/1.1\r\nHost: a\r\n\r\n', [400]],
    ['the whole address of another server', get('http://evil.example/oidc/userinfo'), [400]],
    ['the whole address of another server, of a page', get('http://evil.example/login'), [400]],
    ['no address but a star', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', [400]],
    ['a header of 200 kB', head(`X: ${'x'.repeat(200_000)}`), [431]],
    ['5000 headers', head(...Array.from({ length: 5000 }, () => 'X: y')), [431]],
    ['an address of 200 kB', get(`/${'x'.repeat(200_000)}`), [431, 414]],
    ['an address of 20 kB', get(`/oidc/userinfo?${'x'.repeat(20_000)}`), [414]],
    ['an unknown expectation', `${post('Expect: 200-ok', 'Content-Length: 3')}a=b`, [417]],
    ['two Authorizations', get('/oidc/userinfo', 'Authorization: Bearer a', 'Authorization: Bearer b'), [400]],
    ['two Origins', get('/healthz', 'Origin: https://a.example', 'Origin: https://b.example'), [400]],
    ['two Content-Types', `${post('content-type: text/plain', 'Content-Length: 3', 'Connection: close')}a=b`, [400]],
  ])('%s', async (_title, bytes, allowed) => {
    const received = await exchange(port, Buffer.from(bytes, 'latin1'));
    const [status] = statusesIn(received);
    expect(allowed).toContain(status);
    tellsNothingOfUs(received);
    await stillAnswers();
  });

  test('CONNECT is closed, and TRACE shows nobody their headers', async () => {
    expect(await exchange(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
    const trace = 'TRACE /oidc/userinfo HTTP/1.1\r\nHost: a\r\nX-Secret: hidden\r\nConnection: close\r\n\r\n';
    const received = await exchange(port, trace);
    expect(statusesIn(received)).toEqual([405]);
    expect(received).not.toContain('hidden');
  });

  test.each([
    ['two lengths', `${post('Content-Length: 3', 'Content-Length: 4')}a=bc`],
    ['a bad chunk', `${post('Transfer-Encoding: chunked')}zz\r\n`],
    ['a body that is too large', post('Content-Length: 70000')],
  ])('a request behind one with %s is not answered', async (_title, bytes) => {
    const received = await exchange(port, bytes + head());
    expect(statusesIn(received).length).toBe(1);
    expect(received).not.toContain('"ok"');
    expect(received).toMatch(/^connection: close$/im);
  });
});

describe('what may come over a connection', () => {
  test('several good requests, one behind the other, are answered in order', async () => {
    const received = await exchange(
      port,
      head() + get('/oidc/userinfo').replace('Connection: close\r\n', '') + get('/readyz'),
    );
    expect(statusesIn(received)).toEqual([200, 401, 200]);
  });

  test('HTTP/1.0 without Host', async () => {
    expect(statusesIn(await exchange(port, 'GET /healthz HTTP/1.0\r\n\r\n'))).toEqual([200]);
  });

  test.each(['h2c', 'websocket'])('an offer to speak %s instead is passed over', async (protocol) => {
    const received = await exchange(
      port,
      head(`Upgrade: ${protocol}`, 'Connection: Upgrade, HTTP2-Settings, close', 'HTTP2-Settings: AAMAAABk'),
    );
    expect(statusesIn(received)).toEqual([200]);
  });

  test('headers behind the last chunk count for nothing', async () => {
    const trailers = 'Authorization: Basic eDp5\r\nContent-Type: application/json\r\n';
    const received = await exchange(
      port,
      `${post('Transfer-Encoding: chunked', 'Connection: close')}3\r\na=b\r\n0\r\n${trailers}\r\n`,
    );
    expect(statusesIn(received)).toEqual([401]);
    expect(received).toContain('no client authentication');
  });

  test('who asks before sending a body is let, unless it is too large', async () => {
    const connection = await connectTo(port);
    connection.send(post('Expect: 100-continue', 'Content-Length: 3', 'Connection: close'));
    expect(statusesIn(await connection.until(/100 Continue\r\n\r\n/))).toEqual([100]);
    connection.send('a=b');
    expect(statusesIn(await connection.closed)).toEqual([100, 401]);
    expect(statusesIn(await exchange(port, post('Expect: 100-continue', 'Content-Length: 30000000')))).toEqual([413]);
  });

  test('headers named like parts of an object, 300 cookies, and more headers than anybody needs', async () => {
    const odd = ['__proto__: x', 'constructor: x', 'prototype: x', 'toString: x', 'hasOwnProperty: x'];
    const cookies = Array.from({ length: 300 }, (_, index) => `c${index}=__proto__`).join('; ');
    for (const target of ['/healthz', '/login', '/oidc/userinfo', '/oidc/.well-known/jwks.json']) {
      const received = await exchange(
        port,
        get(target, ...odd, `Cookie: ${cookies}`, 'Cookie: __proto__=1; constructor=2'),
      );
      expect(statusesIn(received)[0]).toBeLessThan(500);
    }
    const many = Array.from({ length: 190 }, (_, index) => `X-${index}: y`);
    expect(statusesIn(await exchange(port, get('/healthz', ...many)))).toEqual([200]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('a body that is too large is refused before it has come', () => {
  const targets = [
    '/oidc/oauth2/token',
    '/oidc/oauth2/introspect',
    '/oidc/oauth2/revoke',
    '/oidc/oauth2/par',
    '/oidc/oauth2/device/auth',
    '/oidc/userinfo',
    '/oidc/oauth2/auth',
    '/oidc/oauth2/logout',
    '/login',
    '/consent',
    '/setup',
    '/recovery',
    '/logout',
    '/device',
  ];
  const start = (target: string, ...headers: string[]) =>
    [`POST ${target} HTTP/1.1`, 'Host: id.example', form, ...headers].join('\r\n') + end;

  test.each(targets)('30 MB for %s', async (target) => {
    const received = await exchange(port, `${start(target, 'Content-Length: 30000000')}username=alice`);
    expect(statusesIn(received)).toEqual([413]);
    tellsNothingOfUs(received);
  });

  test.each(targets)('chunks without end for %s', async (target) => {
    const connection = await connectTo(port);
    connection.send(start(target, 'Transfer-Encoding: chunked'));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let sent = 0; sent < 6; sent++) connection.send(chunk);
    expect(statusesIn(await connection.closed)).toEqual([413]);
  });

  test('gzip is not unpacked', async () => {
    const bytes = `${post('Content-Encoding: gzip', 'Content-Length: 3', 'Connection: close')}abc`;
    expect(statusesIn(await exchange(port, bytes))).toEqual([415]);
  });
});

describe('an address that another program could read differently is nobody’s', () => {
  const bearer = () => `Authorization: Bearer ${tokens.access_token}`;

  test.each([
    '//oidc/userinfo',
    '/oidc//userinfo',
    '/oidc/userinfo/',
    '/oidc/userinfo;x=1',
    '/OIDC/userinfo',
    '/oidc/USERINFO',
    '/oidc%2fuserinfo',
    '/%2foidc/userinfo',
    '/./oidc/userinfo',
    '/oidc/./userinfo',
    '/oidc/x/../userinfo',
    '/oidc/%2e%2e/oidc/userinfo',
    '/oidc/..%2foidc/userinfo',
    '/oidc\\userinfo',
    '/oidc/userinfo%00',
    '/oidc/userinfo%20',
    '/oidc/userinfo.json',
    '/oidc/userinfo%3f',
  ])('%s', async (target) => {
    const received = await exchange(port, get(target, bearer()));
    expect([400, 404]).toContain(statusesIn(received)[0]);
    expect(received).not.toContain('"sub"');
    tellsNothingOfUs(received);
  });

  test('letters that are percent-encoded are the same letters, and pass the same checks', async () => {
    expect(statusesIn(await exchange(port, get('/oidc/%75serinfo')))).toEqual([401]);
    expect(statusesIn(await exchange(port, get('/oidc/%75serinfo', bearer())))).toEqual([200]);
  });

  test.each([
    '/assets/../package.json',
    '/assets/..%2fpackage.json',
    '/assets/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/%252e%252e%252fpackage.json',
    '/assets/..%5cpackage.json',
    '/assets/....//package.json',
    '/assets/style.css%00',
    '/assets/%c0%ae%c0%ae/package.json',
    '/assets/.env',
    '/assets/',
    '/assets',
    '/.env',
    '/.git/config',
    '/package.json',
    '/keys/secret.key',
    '/data/castellan.sqlite',
    '/src/main.ts',
  ])('%s leads to no file', async (target) => {
    const received = await exchange(port, get(target));
    expect([400, 404]).toContain(statusesIn(received)[0]);
    expect(received).not.toContain('"name": "castellan"');
    tellsNothingOfUs(received);
  });

  test.each(['/%zz', '/%', '/oidc/%', '/oidc/%e0%a4', '/login?%zz=1', '/oidc/userinfo?x=%', '/login?continuation=%ff'])(
    '%s is no percent-encoding',
    async (target) => {
      const received = await exchange(port, get(target));
      expect(statusesIn(received)).toEqual([400]);
      tellsNothingOfUs(received);
    },
  );
});

describe('connections that go away or never finish', () => {
  test('a client that has sent all it will send still gets its answer', async () => {
    const connection = await connectTo(port);
    connection.send(head());
    connection.end();
    expect(statusesIn(await connection.closed)).toEqual([200]);
  });

  test('a client that leaves in the middle of its body, or before its answer, does no harm', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const connection = await connectTo(port);
      connection.send(turn % 2 ? `${post('Content-Length: 1000')}grant_type=` : get(`/oidc/userinfo?x=${turn}`));
      if (turn % 3) connection.reset();
      else connection.end();
    }
    await stillAnswers();
  });

  test('two hundred that never finish keep nobody else waiting, and are cut in the end', async () => {
    const slow = await startProvider();
    // As configured, only sooner: nobody wants to wait for a test as long as for a slow client.
    const { server } = slow.app;
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(15_000);
    // Never shorter than that of a proxy before us, which would otherwise write into a connection that we just closed.
    expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
    expect(connectionLimits.connectionsCheckingInterval).toBeLessThanOrEqual(5000);
    await slow.app.listen({ port: 0, host: '127.0.0.1' });
    server.headersTimeout = 400;
    server.requestTimeout = 400;
    const slowPort = portOf(slow);
    const beginnings = [
      'GET /login HTTP/1.1\r\nHost: id',
      'GET /oidc/userinfo HTTP/1.1\r\nHost: id.example\r\nX: ',
      `${post('Content-Length: 500')}grant_type=`,
      `${post('Transfer-Encoding: chunked')}5\r\nab`,
    ];
    const stuck: RawConnection[] = [];
    for (let index = 0; index < 200; index++) {
      const connection = await connectTo(slowPort);
      connection.send(beginnings[index % beginnings.length] ?? '');
      stuck.push(connection);
    }
    expect(statusesIn(await exchange(slowPort, get('/login')))).toEqual([200]);
    expect(statusesIn(await exchange(slowPort, get('/healthz')))).toEqual([200]);
    for (const received of await Promise.all(stuck.map(({ closed }) => closed))) {
      expect([[408], []]).toContainEqual(statusesIn(received));
      tellsNothingOfUs(received);
    }
    expect(statusesIn(await exchange(slowPort, get('/healthz')))).toEqual([200]);
    await slow.close();
  });

  test('connections that are open and silent do not hold up the end of the program', async () => {
    const ending = await startProvider();
    await ending.app.listen({ port: 0, host: '127.0.0.1' });
    const connections = await Promise.all(Array.from({ length: 20 }, () => connectTo(portOf(ending))));
    const closed = once(ending.app.server, 'close');
    const over = ending.close();
    ending.app.server.closeAllConnections();
    await Promise.all([over, closed, ...connections.map((connection) => connection.closed)]);
  });
});

function portOf({ app }: Provider): number {
  const address = app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the provider does not listen');
  return address.port;
}

/** Nothing in an answer tells of our insides, or invites to try again in the same way. */
function tellsNothingOfUs(received: string): void {
  for (const status of statusesIn(received)) expect(status).toBeLessThan(500);
  expect(received).not.toMatch(/\.(ts|js|mjs):\d+|node_modules|node:|Error:|SQLITE|SELECT |fastify|FST_|HPE_/i);
  expect(received).not.toMatch(/^(server|x-powered-by):/im);
}

async function stillAnswers(): Promise<void> {
  expect(statusesIn(await exchange(port, get('/healthz')))).toEqual([200]);
}
