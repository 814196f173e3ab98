import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localeOf } from '../../src/lib/message-format.ts';
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

/** The forms of each plural in a message. */
function pluralsOf(text: string, language: string): string[][] {
  if (!text.includes(', plural,')) return [];
  const ast = new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();
  return ast.flatMap((element) => ('pluralType' in element ? [Object.keys(element.options)] : []));
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

/** What each language writes, and the words that it does not use here: docs/languages.md has the ones that it does. */
const customs: Record<string, { readonly quotes: string; readonly never: readonly RegExp[] }> = {
  en: { quotes: '“”', never: [/\blog ?(in|out)\b/i, /second factor/i] },
  de: { quotes: '„“', never: [/Administrator/, /ein(ge)?logg/i, /Zweiter? Faktor/] },
  fr: {
    quotes: '«»',
    never: [/[^\u202f][;!?»]/, /«[^\u202f]/, /[^\u00a0]:(?!\/\/)/, /codes? de secours/i, /seconde étape/i],
  },
  es: { quotes: '«»', never: [/clave de acceso/i, /\b(tu|tus|tienes|puedes)\b/i] },
  it: { quotes: '«»', never: [/fidat/i, /provider\b(?![^{]*\})/] },
  pt: { quotes: '«»', never: [/senha/i, /o próprio\b(?! Castellan)/, /\busuário/i] },
  nl: {
    quotes: '‘’',
    never: [/aan(ge)?meld/i, /af(ge)?meld/i, /applicatie/i, /\bmeld u\b/i, /\b(je|jij|jouw)\b/i],
  },
  pl: { quotes: '„”', never: [/zalogowany\b/i, /\bPan(i|a|u)?\b/] },
  ja: {
    quotes: '「」',
    never: [/ログイン|ログアウト/, /ブラウザ(?!ー)/, /[ぁ-んァ-ヶー一-龥][?!:;,.]/, /復旧コード|回復用コード/],
  },
  zh: { quotes: '“”', never: [/应用程序/, /电子邮件地址/, /[一-龥][?!:;,.]/, /你/] },
};

describe.each(Object.entries(customs))('every text in %s', async (language, { quotes, never }) => {
  const texts: [string, string][] = [];
  for (const folder of folders) {
    const module: Record<string, Record<string, string>> = await import(resolve(folder, `${language}.ts`));
    for (const [key, text] of Object.entries(module[language] ?? {})) texts.push([`${folder} ${key}`, text]);
  }
  const withMatch = (pattern: RegExp) => texts.filter(([, text]) => pattern.test(text));

  test('has the quotes of the language in pairs, and no typewriter marks', () => {
    expect(withMatch(/["'`]|\.\.\./)).toEqual([]);
    const foreign = [...'“”„«»「」‘’'].filter((mark) => !quotes.includes(mark) && mark !== '’');
    expect(texts.filter(([, text]) => foreign.some((mark) => text.includes(mark)))).toEqual([]);
    const [open = '', close = ''] = quotes;
    const count = (text: string, mark: string) => text.split(mark).length;
    expect(texts.filter(([, text]) => close !== '’' && count(text, open) !== count(text, close))).toEqual([]);
  });

  test.each(never)('keeps to its punctuation and its words: never %s', (pattern) => {
    expect(withMatch(pattern)).toEqual([]);
  });

  test('has a form for each number that a plural of the language tells apart', () => {
    const rules = new Intl.PluralRules(localeOf(language));
    const missing = texts.flatMap(([place, text]) =>
      pluralsOf(text, language).flatMap((options) =>
        Array.from({ length: 200 }, (_, count) => count)
          .filter((count) => !options.includes(`=${count}`) && !options.includes(rules.select(count)))
          .map((count) => `${place}: ${count}`),
      ),
    );
    expect(missing).toEqual([]);
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
    ['a thousand languages are named', Array.from({ length: 1000 }, (_, n) => `x${n}`).join(','), 'en'],
    ['anything will do', '*', 'en'],
    ['one is preferred to anything', '*;q=0.1, pl', 'pl'],
    ['English is the one that will not do', 'en-GB;q=0, it;q=0.2', 'it'],
    ['English alone will not do', 'en-GB;q=0', 'en'],
    ['Chinese is to be in traditional characters', 'zh-Hant', 'zh'],
    ['it is that of Taiwan', 'zh-TW,zh;q=0.9,en-US;q=0.8', 'zh'],
    ['it is that of Brazil', 'pt-BR,en;q=0.9', 'pt'],
    ['it has a script and a region', 'de-Latn-AT', 'de'],
    ['it is in capitals', 'NL-BE', 'nl'],
    ['it only begins like one of ours', 'dev, nlx, fra', 'en'],
    ['it is grandfathered or private', 'i-klingon, x-de', 'en'],
    ['a weight is none', 'de;q=abc, fr;q=0.5', 'fr'],
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

  test.each([
    ['is of Taiwan', 'zh-TW', 'zh'],
    ['is written with a low line', 'pt_BR', 'pt'],
    ['comes after what is no tag', '<script> d--e * ja', 'ja'],
    ['is one of a thousand', `${Array.from({ length: 19 }, () => 'xx').join(' ')} it`, 'it'],
    ['is not there', '* xx ', 'pl'],
    ['is empty', '', 'pl'],
    ['is too much', 'xx '.repeat(1000), 'pl'],
  ])('that an application asks for %s: %j', async (_case, ui_locales, expected) => {
    const browser = provider.browser();
    await browser.post('/language', { language: 'pl' });
    const page = await browser.get(`/login?${new URLSearchParams({ ui_locales })}`);
    expect([page.statusCode, languageIn(page.body)]).toEqual([200, expected]);
  });

  test('is on every page and error page, with the direction', async () => {
    const browser = provider.browser();
    await browser.post('/language', { language: 'ja' });
    for (const path of [
      '/login',
      '/',
      '/nothing',
      '/device',
      '/forgot-password',
      '/setup',
      '/invitation?token=x',
      '/recovery?token=x',
      '/sign-up',
      '/login/email/link?token=x',
      '/oidc/oauth2/auth?client_id=x',
      '/oidc/oauth2/logout?id_token_hint=x',
    ]) {
      const { body } = await browser.open(path);
      expect(body, path).toMatch(/^<!doctype html>\n<html lang="ja" dir="ltr">/);
    }
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
