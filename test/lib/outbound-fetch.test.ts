import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { createFetchPublic, type FetchPublicOptions, OutboundError } from '../../src/lib/outbound-fetch.ts';
import { startSite } from '../support/outbound-site.ts';

const toLoopback: FetchPublicOptions = { resolve: async () => ['127.0.0.1'], allow: ['127.0.0.1'] };
const never: FetchPublicOptions['resolve'] = () => {
  throw new Error('a name was resolved');
};

async function refusal(work: Promise<unknown>): Promise<OutboundError> {
  const error = await work.then(
    (response) => new Error(`answered ${JSON.stringify(response)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OutboundError)) throw error;
  // One text for whatever it was, so that it tells nothing of a network.
  expect(error.message).toBe('the address could not be fetched');
  return error;
}

describe('an answer', () => {
  test('comes with status, media type, headers and body, over a connection whose certificate is checked', async () => {
    const site = await startSite(({ headers, method, url }, response) => {
      response.writeHead(201, { 'content-type': 'Application/JSON; charset=utf-8', 'x-own': 'yes' });
      response.end(JSON.stringify({ url, method, accept: headers.accept, host: headers.host }));
    });
    const fetchPublic = createFetchPublic({ ...toLoopback, ca: site.ca });
    const answer = await fetchPublic(`${site.origin}/keys?a=b#c`, { accept: 'application/json' });
    expect(answer).toMatchObject({ status: 201, contentType: 'application/json' });
    expect(answer.headers['x-own']).toBe('yes');
    expect(JSON.parse(answer.body)).toEqual({
      url: '/keys?a=b',
      method: 'GET',
      accept: 'application/json',
      host: `site.example:${site.port}`,
    });
    await refusal(createFetchPublic(toLoopback)(`${site.origin}/keys`));
    await refusal(fetchPublic(`https://other.example:${site.port}/keys`));
  });

  test('may be asked for with a form', async () => {
    const site = await startSite(async (request, response) => {
      const chunks = await Array.fromAsync(request);
      response.end(`${request.method} ${request.headers['content-type']} ${Buffer.concat(chunks)}`);
    });
    const fetchPublic = createFetchPublic({ ...toLoopback, ca: site.ca });
    const { body } = await fetchPublic(site.origin, { method: 'POST', form: { logout_token: 'a.b.c', é: ' ' } });
    expect(body).toBe('POST application/x-www-form-urlencoded logout_token=a.b.c&%C3%A9=+');
  });
});

describe('not called at all', () => {
  test.each([
    ['another scheme', 'ftp://site.example/'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:application/json,{}'],
    ['a user', 'https://ada@site.example/'],
    ['a user and a password', 'https://ada:b@site.example/'],
    ['no URL', 'site.example'],
    ['a long URL', `https://site.example/${'a'.repeat(3000)}`],
    ['this machine', 'https://127.0.0.1/'],
    ['this machine, in short', 'https://127.1/'],
    ['this machine, in hexadecimal', 'https://0x7f.1/'],
    ['this machine, in octal', 'https://0177.0.0.1/'],
    ['this machine, as a number', 'https://2130706433/'],
    ['this machine, as nothing', 'https://0.0.0.0/'],
    ['this machine, in full width', 'https://１２７.0.0.1/'],
    ['this machine, by IPv6', 'https://[::1]/'],
    ['this machine, by IPv4 in IPv6', 'https://[::ffff:7f00:1]/'],
    ['this machine, by NAT64', 'https://[64:ff9b::7f00:1]/'],
    ['a link, with its zone', 'https://[fe80::1%25eth0]/'],
    ['cloud metadata', 'https://169.254.169.254/latest/meta-data'],
    ['a public address by http', 'http://1.1.1.1/'],
  ])('is %s: %s', async (_what, address) => {
    await refusal(createFetchPublic({ resolve: never, timeoutMilliseconds: 1000 })(address));
  });

  test.each([
    ['this machine', ['127.0.0.1']],
    ['a private network', ['10.0.0.1', 'fd00::1']],
    ['cloud metadata', ['169.254.169.254']],
    ['nowhere', []],
  ])('is a name that means %s', async (_what, addresses) => {
    const site = await startSite((_request, response) => response.end('secret'));
    const fetchPublic = createFetchPublic({ resolve: async () => addresses, ca: site.ca });
    await refusal(fetchPublic(site.origin));
    expect(site.connections()).toBe(0);
  });

  test.each(['localhost', 'localhost.', 'app.localhost', 'LOCALHOST'])(
    'is what the machine itself calls %s, with nobody to resolve names but the DNS',
    async (hostname) => {
      const site = await startSite((_request, response) => response.end('secret'));
      await refusal(createFetchPublic({ ca: site.ca, timeoutMilliseconds: 1000 })(`https://${hostname}:${site.port}/`));
      expect(site.connections()).toBe(0);
    },
  );

  test('is a private address beside a public one', async () => {
    const site = await startSite((_request, response) => response.end('secret'));
    // TEST-NET answers to nobody, and is allowed here so that it counts as public.
    const options = { resolve: async () => ['127.0.0.1', '192.0.2.1'], allow: ['192.0.2.1'] };
    await refusal(createFetchPublic({ ...options, ca: site.ca, timeoutMilliseconds: 200 })(site.origin));
    expect(site.connections()).toBe(0);
  });

  test('is what a name means later: it is resolved once, and the connection goes to what was checked', async () => {
    const site = await startSite((_request, response) => response.end('first'));
    const resolve = vi.fn<NonNullable<FetchPublicOptions['resolve']>>();
    resolve.mockResolvedValueOnce(['127.0.0.1']).mockResolvedValue(['127.0.0.2']);
    const fetchPublic = createFetchPublic({ resolve, allow: ['127.0.0.1'], ca: site.ca });
    expect((await fetchPublic(site.origin)).body).toBe('first');
    expect(resolve).toHaveBeenCalledTimes(1);
    await refusal(fetchPublic(site.origin));
    expect(site.connections()).toBe(1);
  });
});

describe('refused is', () => {
  test.each([301, 302, 303, 307, 308])('a redirect with %i, which nobody follows', async (status) => {
    const site = await startSite((_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca })(site.origin));
    expect(site.connections()).toBe(1);
  });

  test('a body beyond the bound, whether announced, streamed for ever or both', async () => {
    const site = await startSite((_request, response) => {
      response.on('error', () => undefined);
      const more = () => {
        while (response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    });
    const fetchPublic = createFetchPublic({ ...toLoopback, ca: site.ca });
    await refusal(fetchPublic(site.origin));
    await refusal(fetchPublic(site.origin, { maximumBytes: 10 }));
  });

  test('a body of exactly the bound is taken, and one byte more is not', async () => {
    const site = await startSite(({ url }, response) => response.end('x'.repeat(Number(url?.slice(1)))));
    const fetchPublic = createFetchPublic({ ...toLoopback, ca: site.ca });
    expect((await fetchPublic(`${site.origin}/65536`)).body).toHaveLength(65_536);
    await refusal(fetchPublic(`${site.origin}/65537`));
  });

  test.each(['gzip', 'br', 'deflate', 'zstd', 'gzip, gzip'])('a body compressed with %s', async (encoding) => {
    const site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync(Buffer.alloc(10_000_000)));
    });
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca })(site.origin));
  });

  test.each<[string, Parameters<typeof startSite>[0]]>([
    ['no answer', () => undefined],
    ['no end', (_request, response) => void response.write('x')],
    [
      'one byte at a time',
      (_request, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('after the time that it may take: %s', async (_what, listener) => {
    const site = await startSite(listener);
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca, timeoutMilliseconds: 300 })(site.origin));
  });

  test('a name whose servers say nothing', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    await refusal(createFetchPublic({ resolve, timeoutMilliseconds: 50 })('https://site.example/'));
  });

  test('a body that is not UTF-8', async () => {
    const site = await startSite((_request, response) => response.end(Buffer.of(0xff, 0xfe)));
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca })(site.origin));
  });

  test('a body cut short', async () => {
    const site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{}', () => response.destroy());
    });
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca })(site.origin));
  });

  test('a header without end', async () => {
    const site = await startSite((_request, response) => response.writeHead(200, { big: 'x'.repeat(20_000) }).end());
    await refusal(createFetchPublic({ ...toLoopback, ca: site.ca })(site.origin));
  });

  test('a hundredth and first at once', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const fetchPublic = createFetchPublic({ resolve, timeoutMilliseconds: 100 });
    const all = Array.from({ length: 101 }, () => refusal(fetchPublic('https://site.example/')));
    const causes = (await Promise.all(all)).map(({ cause }) => String(cause));
    expect(causes.filter((cause) => cause.includes('too many'))).toHaveLength(1);
  });
});

test('what the operator lists may be private, and may be http', async () => {
  const { createServer } = await import('node:http');
  const server = createServer((_request, response) => response.end('inside')).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect((await createFetchPublic({ allow: [`localhost:${port}`] })(`http://localhost:${port}/`)).body).toBe(
      'inside',
    );
    expect((await createFetchPublic({ allow: ['127.0.0.0/8'] })(`http://127.0.0.1:${port}/`)).body).toBe('inside');
    await refusal(createFetchPublic({ allow: [`localhost:${port}`] })(`http://127.0.0.1:${port}/`));
  } finally {
    server.close();
  }
});
