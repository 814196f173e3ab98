import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startProvider } from '../support/provider.ts';

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const ask = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  provider.browser().post('/password-strength', form, headers);

test.each<[string, Record<string, string>, number, string]>([
  ['a good one', { password: 'zwölf Kraniche über dem Moor' }, 5, 'Very good'],
  ['a common one', { password: 'password' }, 1, 'among the first that are guessed'],
  ['a weak one', { password: 'michael1987' }, 2, 'easy to guess'],
  ['a short one', { password: 'x7!' }, 1, 'at least 8 characters'],
  ['one that is the user name', { password: 'wolfgang.amadeus', username: 'wolfgang.amadeus' }, 1, 'user name'],
  ['none', {}, 1, 'at least 8 characters'],
])('says of %s how hard it is to guess', async (_case, form, score, text) => {
  const response = await ask(form);
  expect(response.json()).toMatchObject({ score });
  expect(response.json().text).toContain(text);
  expect(response.headers['cache-control']).toBe('no-store');
});

test('says it in the language of the page', async () => {
  expect((await ask({ password: 'password' }, { 'accept-language': 'de' })).json().text).toContain('als Erstes');
});

test('answers no page of another site', async () => {
  const response = await ask({ password: 'x' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
  expect(response.statusCode).toBe(403);
});

test('takes no password that never ends', async () => {
  expect((await ask({ password: 'a'.repeat(200_000) })).statusCode).toBe(413);
});

test('asks a network that does nothing else to wait', async () => {
  const own = await startProvider();
  try {
    const statuses: number[] = [];
    for (let index = 0; index < 301; index++)
      statuses.push((await own.browser().post('/password-strength', { password: 'short' })).statusCode);
    expect(statuses.indexOf(429)).toBe(300);
  } finally {
    await own.close();
  }
});
