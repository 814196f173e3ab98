import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../src/web/ui/languages.ts';
import { type Provider, startProvider } from '../support/provider.ts';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names of the arguments in a message, those in the branches of plurals included. */
function argumentsOf(text: string, language: string): string[] {
  const names = (elements: readonly Element[]): string[] =>
    elements.flatMap((element) => [
      ...('value' in element && element.type !== 0 && typeof element.value === 'string' ? [element.value] : []),
      ...('options' in element ? Object.values(element.options).flatMap(({ value }) => names(value)) : []),
    ]);
  return [...new Set(names(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()))].sort();
}

const folders = globSync('src/{identity,web}/**/texts').sort();

describe.each(folders)('%s', async (folder) => {
  const texts = new Map<string, Record<string, string>>();
  for (const language of Object.keys(languages)) {
    const module: Record<string, Record<string, string>> = await import(resolve(folder, `${language}.ts`));
    texts.set(language, module[language] ?? {});
  }
  const english = texts.get('en') ?? {};

  test('says something in English', () => {
    expect(Object.keys(english).length).toBeGreaterThan(0);
  });

  test.each([...texts])('%s has the same messages with the same arguments as English', (language, messages) => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(messages)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe('');
      expect({ key, arguments: argumentsOf(text, language) }).toEqual({
        key,
        arguments: argumentsOf(english[key] ?? '', 'en'),
      });
    }
  });

  test.each([...texts].filter(([language]) => language !== 'en'))('%s is a translation', (_language, messages) => {
    const long = Object.entries(messages).filter(([key]) => (english[key] ?? '').split(' ').length > 3);
    expect(long.filter(([key, text]) => text === english[key])).toEqual([]);
  });
});

describe('the language of a page', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider.close());

  const languageIn = (body: string) => /<html lang="([a-z]+)"/.exec(body)?.[1];

  test.each([
    ['nothing is known', undefined, 'en'],
    ['the browser prefers one', 'de-AT, en;q=0.5', 'de'],
    ['the browser prefers one that we do not speak', 'eo, fr;q=0.9, en;q=0.8', 'fr'],
    ['the browser weighs them', 'en;q=0.3, ja;q=0.9', 'ja'],
    ['the browser sends nonsense', ';;;=,,,q', 'en'],
    ['the header is enormous', 'de,'.repeat(1000), 'en'],
  ])('when %s', async (_case, header, expected) => {
    const page = await provider.browser().get('/login', header === undefined ? {} : { 'accept-language': header });
    expect(languageIn(page.body)).toBe(expected);
    expect(page.statusCode).toBe(200);
  });

  test('is what the person chose rather than what the browser prefers, and the choice leads back to the page', async () => {
    const browser = provider.browser();
    const chosen = await browser.post('/language', { language: 'pl', return: '/login?username=x' });
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, '/login?username=x']);
    expect(languageIn((await browser.get('/login', { 'accept-language': 'de' })).body)).toBe('pl');
  });

  test('is what the application asks for rather than what the person chose', async () => {
    const client = await provider.register();
    const browser = provider.browser();
    await browser.post('/language', { language: 'pl' });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: client.redirect_uris[0] ?? '',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ui_locales: 'xx nl-BE fr',
    });
    const page = await browser.open(`/oidc/oauth2/auth?${query}`);
    expect(page.body).toContain('Wachtwoord');
    expect(languageIn(page.body)).toBe('nl');
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/a b', 'login', '/\t/evil', ''])(
    'a choice does not lead to %j',
    async (elsewhere) => {
      const { headers } = await provider.browser().post('/language', { language: 'de', return: elsewhere });
      expect(headers.location).toBe('/');
    },
  );

  test.each(['xx', '', '__proto__', 'toString', 'de-DE'])(
    'no choice is remembered that is none: %j',
    async (language) => {
      const { cookies } = await provider.browser().post('/language', { language });
      expect(cookies.map(({ name }) => name)).not.toContain('castellan_language');
    },
  );

  test('is not chosen by a form of another site', async () => {
    const response = await provider
      .browser()
      .post('/language', { language: 'de' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
    expect(response.statusCode).toBe(403);
  });
});
