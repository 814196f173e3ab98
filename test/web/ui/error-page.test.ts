import { expect, test } from 'vitest';
import { invalidRequest, serverError, temporarilyUnavailable } from '../../../src/lib/errors.ts';
import { PageError, sendErrorPage } from '../../../src/web/ui/error-page.ts';
import { servePages } from '../../support/page-server.ts';

test.each([
  ['a page’s own error', new PageError({ message: 'Nothing was done.', status: 409 }), 409, 'Nothing was done.'],
  ['a protocol error', invalidRequest('client_id is missing'), 400, 'client_id is missing.'],
  ['a refusal by the framework', Object.assign(new Error('Body is too large'), { statusCode: 413 }), 413, 'understood'],
  ['too much at once', temporarilyUnavailable('the queue is full'), 503, 'Very many people'],
  ['a protocol error of ours', serverError('no signing key'), 500, 'on our side'],
  ['a bug', new TypeError('x is undefined at /src/secret.ts:3'), 500, 'on our side'],
  ['a bug that throws text', 'SELECT * FROM users', 500, 'on our side'],
  ['an error with a wild status', Object.assign(new Error('x'), { statusCode: 200 }), 500, 'on our side'],
])('%s becomes a page with a sentence and a reference', async (_case, error, status, sentence) => {
  const { app } = await servePages((routes) => {
    routes.get('/', () => {
      throw error;
    });
  });
  const response = await app.inject('/');
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  expect(/<div id="error-message" role="alert">.*?<\/div>/s.exec(response.body)?.[0]).toContain(sentence);
  expect(response.body).toContain('Reference <code>req-1</code>');
  expect(response.body).not.toMatch(/\.ts|SELECT|undefined|signing key|at Object|too large/);
});

test.each([
  ['/admin/diagnosis?received=x', true],
  ['//evil.example', false],
  ['https://evil.example', false],
  ['javascript:alert(1)', false],
])('the administrator’s link leads to %s only when that is ours', async (diagnosisUrl, isLink) => {
  const { app } = await servePages((routes, context) => {
    routes.get('/', (request, reply) =>
      sendErrorPage(context, request, reply, { message: '<Message>', status: 400, diagnosisUrl }),
    );
  });
  const { body } = await app.inject('/');
  expect(body).toContain('<h1>Request error</h1>');
  expect(body).toContain('&lt;Message&gt;');
  expect(body.includes('For the administrator')).toBe(isLink);
});
