import type { Form } from './provider.ts';

/** What a browser would send with the form of this id, were its button pressed without touching anything. */
export function formFields(page: string, id: string): Record<string, string> {
  const form = new RegExp(`<form[^>]*\\bid="${id}"[\\s\\S]*?</form>`).exec(page)?.[0];
  if (form === undefined) throw new Error(`the page has no form ${id}`);
  const fields: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const type = attribute(input, 'type');
    const isSent = !['checkbox', 'radio'].includes(type ?? '') || /\schecked(\s|>)/.test(input);
    const name = attribute(input, 'name');
    if (name !== undefined && isSent) fields[name] = attribute(input, 'value') ?? '';
  }
  for (const [, open = '', content = ''] of form.matchAll(/(<textarea[^>]*>)\n?([\s\S]*?)<\/textarea>/g))
    fields[attribute(open, 'name') ?? ''] = unescaped(content);
  for (const [, open = '', options = ''] of form.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    const chosen = all.find((option) => /\sselected(\s|>)/.test(option)) ?? all[0] ?? '';
    fields[attribute(open, 'name') ?? ''] = attribute(chosen, 'value') ?? '';
  }
  return fields;
}

/** The same without the boxes of these names. */
export function unticked(fields: Form, ...names: readonly string[]): Form {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function attribute(markup: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(markup)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

/** Text of our pages as it was before escaping. */
export function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
