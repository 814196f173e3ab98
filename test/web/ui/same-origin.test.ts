import { expect, test } from 'vitest';
import { requireSameOrigin } from '../../../src/web/ui/browser-session.ts';
import { servePages } from '../../support/page-server.ts';

const publicUrl = 'https://id.example.com';

test.each([
  ['our page, in a browser that says so', { 'sec-fetch-site': 'same-origin', origin: publicUrl }],
  ['our page, with Origin hidden', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ['our page, without Origin', { 'sec-fetch-site': 'same-origin' }],
  ['our page, in a browser without Sec-Fetch-Site', { origin: publicUrl }],
])('a form from %s is taken', async (_case, headers) => {
  expect((await post(headers)).statusCode).toBe(200);
});

test.each([
  ['nowhere', {}],
  ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a page of another site that claims our Origin', { 'sec-fetch-site': 'cross-site', origin: publicUrl }],
  ['a page of another site without Origin', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'https://evil.example.com' }],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  ['a browser with a word of its own', { 'sec-fetch-site': 'Same-Origin', origin: publicUrl }],
  ['a browser that says nothing', { 'sec-fetch-site': '', origin: publicUrl }],
  ['a browser that says it twice', { 'sec-fetch-site': 'same-origin, same-origin', origin: publicUrl }],
  ['this server under another name', { 'sec-fetch-site': 'same-origin', origin: 'https://rebound.example' }],
  ['another origin, by Origin alone', { origin: 'https://evil.example' }],
  ['an origin hidden, by Origin alone', { origin: 'null' }],
  ['our host under http', { origin: 'http://id.example.com' }],
  ['our host at another port', { origin: 'https://id.example.com:8443' }],
  ['our origin with a slash', { origin: `${publicUrl}/` }],
  ['an origin that begins with ours', { origin: `${publicUrl}.evil.example` }],
  ['no Origin but our address in Referer', { referer: `${publicUrl}/login` }],
])('a form from %s is refused with a page', async (_case, headers) => {
  const response = await post(headers);
  expect(response.statusCode).toBe(403);
  expect(response.body).toContain('id="error-message"');
  expect(response.body).toContain(publicUrl);
});

async function post(headers: Record<string, string>) {
  const { app } = await servePages(
    (routes, context) => {
      routes.post('/', { preHandler: async (request) => requireSameOrigin(context, request) }, () => 'taken');
    },
    { CASTELLAN_PUBLIC_URL: publicUrl },
  );
  return app.inject({ method: 'POST', url: '/', headers });
}
