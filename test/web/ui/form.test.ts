import { describe, expect, test } from 'vitest';
import { html } from '../../../src/lib/html.ts';
import {
  checkbox,
  checkboxGroup,
  checkedValues,
  hiddenField,
  passwordField,
  problemSummary,
  radioGroup,
  selectField,
  textArea,
  textField,
} from '../../../src/web/ui/form.ts';
import { sendPage } from '../../../src/web/ui/page.ts';
import { servePages } from '../../support/page-server.ts';

const options = [
  { value: 'a', label: 'First', hint: 'The first' },
  { value: 'b', label: 'Second' },
];
const field = { name: 'thing', label: 'Thing', hint: 'A hint', problem: 'Choose another' };

describe('a field', () => {
  test.each([
    ['text', textField(field)],
    ['password', passwordField(field)],
    ['lines', textArea(field)],
    ['menu', selectField({ ...field, options })],
    ['checkbox', checkbox(field)],
  ])('(%s) has its label, and is described by hint and problem', (_kind, { markup }) => {
    expect(markup).toContain('<label for="field-thing">Thing');
    const control = /<(?:input|textarea|select)[^>]*>/.exec(markup)?.[0];
    expect(control).toContain('id="field-thing"');
    expect(control).toContain('name="thing"');
    expect(control).toContain('aria-invalid="true"');
    expect(control).toContain('aria-describedby="field-thing-hint field-thing-problem"');
    expect(markup).toContain('id="field-thing-hint">A hint');
    expect(markup).toContain('id="field-thing-problem">Choose another');
  });

  test.each([
    ['text', textField({ name: 'thing', label: 'Thing' })],
    ['checkbox', checkbox({ name: 'thing', label: 'Thing' })],
  ])('(%s) without a problem is not called invalid', (_kind, { markup }) => {
    expect(markup).not.toMatch(/aria-invalid|aria-describedby|problem|hint/);
  });

  test('takes the id that automation knows', () => {
    const { markup } = textField({ name: 'username', label: 'User name', id: 'login-username', hint: 'H' });
    expect(markup).toContain('<label for="login-username">');
    expect(markup).toContain('aria-describedby="login-username-hint"');
  });

  test('escapes what people entered', () => {
    const hostile = '"><script>alert(1)</script></textarea>';
    for (const { markup } of [
      textField({ name: 'thing', label: hostile, value: hostile, problem: hostile }),
      textArea({ name: 'thing', label: 'Thing', value: hostile }),
      hiddenField('thing', hostile),
      selectField({ name: 'thing', label: 'Thing', options: [{ value: hostile, label: hostile }] }),
    ]) {
      expect(markup).not.toContain('<script');
      expect(markup.match(/<\/textarea>/g)?.length ?? 0).toBe(markup.match(/<textarea/g)?.length ?? 0);
      expect(markup).toContain('&quot;&gt;&lt;script&gt;');
    }
  });

  test('for a password never shows one, and lets managers fill it', () => {
    const { markup } = passwordField({ name: 'password', label: 'Password' });
    expect(markup).toContain('type="password" autocomplete="current-password"');
    expect(markup).not.toContain('value=');
  });

  test('with lines keeps the first one when it is empty', () => {
    expect(textArea({ name: 'thing', label: 'Thing', value: '\nsecond' }).markup).toContain('>\n\nsecond</textarea>');
  });
});

describe('a group of choices', () => {
  test('names each checkbox apart, so that no name is sent twice', () => {
    const { markup } = checkboxGroup({ name: 'grant_types', label: 'Grants', options, values: ['b'] });
    expect(markup).toContain('name="grant_types:a"');
    expect(markup).toMatch(/value="true" checked name="grant_types:b"/);
    expect(checkedValues({ 'grant_types:b': 'true', 'grant_types:c': 'true' }, 'grant_types', ['a', 'b'])).toEqual([
      'b',
    ]);
  });

  test('shares one name among radio buttons, and checks the present value', () => {
    const { markup } = radioGroup({ name: 'kind', label: 'Kind', options, value: 'a' });
    expect(markup.match(/name="kind"/g)).toHaveLength(2);
    expect(markup.match(/ checked/g)).toHaveLength(1);
    expect(markup).toContain('<legend>Kind</legend>');
    expect(markup).toContain('aria-describedby="field-kind-0-hint"');
  });
});

describe('a summary of problems', () => {
  test('is read out, can be focused, and leads to the fields', () => {
    const { markup = '' } = problemSummary(['First', { text: 'Second', fieldId: 'field-thing' }]) ?? {};
    expect(markup).toContain('<div id="error-message" class="notice bad" role="alert" tabindex="-1">');
    expect(markup).toContain('<li>First</li><li><a href="#field-thing">Second</a></li>');
  });

  test('is not there without problems', async () => {
    const { app } = await servePages((routes, context) => {
      routes.get('/', (_request, reply) => sendPage(context, reply, { title: 'T', body: html`${problemSummary([])}` }));
    });
    expect((await app.inject('/')).body).not.toContain('error-message');
  });
});
