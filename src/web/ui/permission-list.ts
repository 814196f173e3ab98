import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { type IconName, icon } from './icon.ts';

/** What an application asks for, one sentence each. */
export function permissionList(
  permissions: readonly {
    readonly icon: IconName;
    readonly label: HtmlValue;
    readonly detail?: HtmlValue;
    readonly isNew?: boolean;
  }[],
): Html {
  const items = permissions.map(
    (permission) =>
      html`<li>${icon(permission.icon)}<div>${permission.label}${permission.isNew && html` <span class="badge neutral">new</span>`}${permission.detail && html`<small>${permission.detail}</small>`}</div></li>`,
  );
  return html`<ul class="permissions">${items}</ul>`;
}
