import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';
import { attributes } from './attributes.ts';
import { type IconName, icon } from './icon.ts';
import { permissionTexts } from './permissions/texts/index.ts';

/** One thing that an application asks for, or is told. */
export interface Permission {
  readonly icon: IconName;
  readonly label: HtmlValue;
  readonly detail?: HtmlValue;
  /** Marked so; only with a reader. */
  readonly isNew?: boolean;
}

/** What an application asks for, one sentence each. */
export function permissionList(permissions: readonly Permission[], reader?: Reader): Html {
  const items = permissions.map(
    (permission) =>
      html`<li>${icon(permission.icon)}<div>${permission.label}${newBadge(permission, reader)}${detailOf(permission)}</div></li>`,
  );
  return html`<ul class="permissions">${items}</ul>`;
}

/** The same with a box to tick for each: `name` is the field of the form, and what is ticked is sent under it. */
export function permissionChoices(
  permissions: readonly (Permission & { readonly name: string; readonly id: string; readonly checked: boolean })[],
  reader: Reader,
): Html {
  const items = permissions.map(
    ({ name, id, checked, ...permission }) =>
      html`<li><input${attributes({ type: 'checkbox', name, id, value: 'true', checked })}><label for="${id}">${permission.label}${newBadge(permission, reader)}${detailOf(permission)}</label></li>`,
  );
  return html`<ul class="permissions">${items}</ul>`;
}

const newBadge = ({ isNew }: Permission, reader: Reader | undefined): Html | undefined =>
  isNew && reader ? html` <span class="badge neutral">${reader.with(permissionTexts)('isNew')}</span>` : undefined;

const detailOf = ({ detail }: Permission): Html | undefined =>
  detail === undefined || detail === '' ? undefined : html`<small>${detail}</small>`;
