import { type Html, html } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';
import type { Resource } from '../../protocol/resources.ts';
import { permissionList } from './permission-list.ts';
import { permissionTexts } from './permissions/texts/index.ts';

/**
 * The APIs that somebody is asked to let an application call (RFC 8707), by name and identifier. What is not in `allowed`,
 * when that is given, is marked as new.
 */
export function apiList(reader: Reader, resources: readonly Resource[], allowed?: readonly string[]): Html {
  if (resources.length === 0) return html``;
  const permissions = resources.map(({ identifier, name }) => ({
    icon: 'braces' as const,
    label: name,
    detail: html`<code>${identifier}</code>`,
    isNew: allowed !== undefined && !allowed.includes(identifier),
  }));
  return html`<p>${reader.with(permissionTexts)('willCall')}</p>
${permissionList(permissions, reader)}`;
}
