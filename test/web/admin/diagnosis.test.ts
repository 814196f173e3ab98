import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findClient } from '../../../src/protocol/clients.ts';
import { redirectUriDifferences } from '../../../src/web/admin/redirect-uri-differences.ts';
import { diagnosisUrl } from '../../../src/web/ui/diagnosis.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { formIn, locationOf } from '../../support/provider.ts';

let console: Console;
beforeAll(async () => {
  console = await startConsole();
});
afterAll(() => console.close());

/** The link of the error page that a visitor gets whose application sent this redirect URI. */
async function refused(client_id: string, redirect_uri: string): Promise<string> {
  const query = new URLSearchParams({ client_id, redirect_uri, response_type: 'code', scope: 'openid' });
  const page = await console.browser().get(`/oidc/oauth2/auth?${query}`);
  expect(page.statusCode).toBe(400);
  return /href="(\/admin\/diagnosis\?received=[^"]+)"/.exec(page.body)?.[1] ?? '';
}

const receivedIn = (url: string): string => new URLSearchParams(url.split('?')[1]).get('received') ?? '';

describe('a refused redirect URI', () => {
  test('is shown beside what is registered, and registered with one button', async () => {
    const { client_id } = await console.register({
      client_name: 'Wiki',
      redirect_uris: ['https://wiki.example/callback'],
    });
    const url = await refused(client_id, 'https://wiki.example/callback/');
    const page = await console.admin.get(url);
    expect(page.body).toContain('<code>https://wiki.example/callback/</code>');
    expect(page.body).toContain('<code>https://wiki.example/callback</code>');
    expect(textOf(page)).toContain('it has a slash at the end of the path, and the registered one has none');

    const answer = await console.admin.post('/admin/diagnosis', { received: receivedIn(url) });
    expect(locationOf(answer)).toBe(`/admin/clients/${client_id}`);
    expect((await findClient(console.context, client_id))?.redirect_uris).toEqual([
      'https://wiki.example/callback',
      'https://wiki.example/callback/',
    ]);
    const [event] = await listEvents(console.context, { limit: 1, target: client_id });
    expect(event).toMatchObject({ action: 'client.updated', actor: console.administrator.id });

    await console.admin.post('/admin/diagnosis', { received: receivedIn(url) });
    expect((await findClient(console.context, client_id))?.redirect_uris).toHaveLength(2);
    expect(textOf(await console.admin.get(url))).toContain('is registered by now');
  });

  test.each([
    ['http://wiki.example/callback', 'must begin with https'],
    ['https://wiki.example/callback#top', 'has a fragment'],
    ['javascript:alert(1)', 'must begin with https'],
    ['<img src=x onerror=alert(1)>', 'must be percent-encoded'],
  ])('that the schema refuses gets no button, and no other way in: %s', async (redirect_uri, problem) => {
    const { client_id } = await console.register({ redirect_uris: ['https://wiki.example/callback'] });
    const url = await refused(client_id, redirect_uri);
    const page = await console.admin.get(url);
    expect(textOf(page)).toContain(problem);
    expect(page.body).not.toContain('id="diagnosis-repair"');
    expect(page.body).not.toContain('<img src=x');
    const answer = await console.admin.post('/admin/diagnosis', { received: receivedIn(url) });
    expect(answer.statusCode).toBe(400);
    expect((await findClient(console.context, client_id))?.redirect_uris).toEqual(['https://wiki.example/callback']);
  });

  test.each(['', 'x', 'A'.repeat(200)])('that we did not write is not diagnosed: %j', async (received) => {
    expect((await console.admin.get(`/admin/diagnosis?received=${received}`)).statusCode).toBe(400);
    expect((await console.admin.post('/admin/diagnosis', { received })).statusCode).toBe(400);
  });

  test('of an application that is gone is a page that says so', async () => {
    const at = console.context.now();
    const url = diagnosisUrl(console.context, {
      at,
      request_id: 'r',
      client_id: 'gone',
      redirect_uri: 'https://x.example',
    });
    expect((await console.admin.get(url)).statusCode).toBe(404);
  });

  test('leads the signed-out through the sign-in to the diagnosis', async () => {
    const { client_id } = await console.register();
    const browser = console.browser();
    const login = await browser.open(await refused(client_id, 'https://app.example/other'));
    expect(formIn(login.body).action).toBe('/login');
    const page = await browser.submit(login, { username: 'ada', password: 'correct horse battery staple' });
    expect(textOf(page)).toContain('the path is /other instead of /callback');
  });
});

test.each([
  ['https://a.example/cb', 'https://a.example/cb', []],
  ['http://a.example/cb', 'https://a.example/cb', ['it begins with http: instead of https:']],
  [
    'https://A.example/cb',
    'https://a.example/cb',
    ['upper and lower case differ in the host: A.example instead of a.example'],
  ],
  ['https://b.example/cb', 'https://a.example/cb', ['the host is b.example instead of a.example']],
  ['https://a.example:8443/cb', 'https://a.example/cb', ['it has the port 8443, and the registered one has none']],
  ['https://a.example/cb', 'https://a.example:8443/cb', ['it has no port, and the registered one has 8443']],
  ['http://localhost:1/cb', 'http://localhost:2/cb', ['the port is 1 instead of 2']],
  ['http://localhost:1/cb', 'http://localhost:[2-9]/cb', ['the port is 1 instead of [2-9]']],
  [
    'https://a.example/CB/',
    'https://a.example/cb',
    [
      'upper and lower case differ in the path: /CB/ instead of /cb',
      'it has a slash at the end of the path, and the registered one has none',
    ],
  ],
  [
    'https://a.example/cb',
    'https://a.example/cb/',
    ['it has no slash at the end of the path, and the registered one has one'],
  ],
  ['https://a.example', 'https://a.example/cb', ['the path is empty instead of /cb']],
  ['https://a.example/cb?x=1', 'https://a.example/cb', ['it has the query ?x=1, and the registered one has none']],
  ['https://a.example/cb', 'https://a.example/cb?x=1', ['it lacks the query ?x=1']],
  ['com.example:/cb', 'com.example.app:/cb', ['it begins with com.example: instead of com.example.app:']],
  ['/cb', 'https://a.example/cb', ['it is no URI: those begin with a scheme such as https:']],
  ['https://a.example:/cb', 'https://a.example/cb', ['they are written differently']],
])('%s differs from %s in words', (received, registered, differences) => {
  expect(redirectUriDifferences(received, registered)).toEqual(differences);
});
