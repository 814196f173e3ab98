import { type Html, html } from '../../lib/html.ts';
import type { Resource } from '../../protocol/resources.ts';
import { permissionList } from './permission-list.ts';

/**
 * The APIs that somebody is asked to let an application call (RFC 8707), by name and identifier. What is not in `allowed`,
 * when that is given, is marked as new.
 */
export function apiList(resources: readonly Resource[], allowed?: readonly string[]): Html {
  if (resources.length === 0) return html``;
  return html`<p>In your name it will call:</p>
${permissionList(
  resources.map(({ identifier, name }) => ({
    icon: 'braces',
    label: name,
    detail: html`<code>${identifier}</code>`,
    isNew: allowed !== undefined && !allowed.includes(identifier),
  })),
)}`;
}
