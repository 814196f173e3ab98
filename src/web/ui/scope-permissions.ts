import { claimsForScope } from '../../identity/claims.ts';
import type { User } from '../../identity/users.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';
import type { IconName } from './icon.ts';
import { type Permission, permissionChoices, permissionList } from './permission-list.ts';
import { type PermissionTexts, permissionTexts } from './permissions/texts/index.ts';

/** How the built-in scope values are shown: what they allow, and what is not given without them. */
const shown = {
  openid: { icon: 'key', withheld: undefined },
  profile: { icon: 'person', withheld: 'yourProfile' },
  email: { icon: 'mail', withheld: 'yourEmail' },
  address: { icon: 'pin', withheld: 'yourAddress' },
  phone: { icon: 'phone', withheld: 'yourPhone' },
  groups: { icon: 'people', withheld: 'yourGroups' },
  offline_access: { icon: 'refresh', withheld: 'yourAbsence' },
} as const satisfies Record<string, { icon: IconName; withheld: string | undefined }>;

type BuiltIn = keyof typeof shown;

/** Of how many values of a person is told, and how much of each: of custom claims there may be any number. */
const mostValues = 20;
const longestValue = 200;

/**
 * What somebody is asked to allow: one sentence for each scope value, with the values that the application would see.
 * What is not in `allowed`, when that is given, is marked as new.
 */
export function scopePermissions(
  reader: Reader,
  scope: readonly string[],
  user: User,
  allowed?: readonly string[],
): Html {
  return permissionList(
    scope.map((name) => permissionOf(reader, name, user, allowed)),
    reader,
  );
}

/** The same for those that the person may leave out; those `ticked` are ticked. Read them with `checkedValues`. */
export function scopeChoices(
  reader: Reader,
  scope: readonly string[],
  user: User,
  { allowed, ticked }: { readonly allowed: readonly string[] | undefined; readonly ticked: readonly string[] },
): Html {
  return permissionChoices(
    scope.map((name, index) => ({
      ...permissionOf(reader, name, user, allowed),
      name: `optional_scope:${name}`,
      id: `consent-optional-${index}`,
      checked: ticked.includes(name),
    })),
    reader,
  );
}

/** What an application that gets this scope does not get, in one list: the password, and what it did not ask for. */
export function withheldList(reader: Reader, scope: readonly string[]): Html {
  const t = reader.with(permissionTexts);
  const things = Object.entries(shown).flatMap(([name, { withheld }]) =>
    withheld === undefined || scope.includes(name) ? [] : [t(withheld)],
  );
  const items = [t('yourPassword'), ...things].map((thing) => html`<li>${thing}</li>`);
  return html`<div class="withheld"><p>${t('willNot')}</p><ul>${items}</ul></div>`;
}

/** The things of the person that a scope gives, to say what was given: to be recognised, and to come back, gives none. */
export function thingsGiven(reader: Reader, scope: readonly string[]): string[] {
  const t = reader.with(permissionTexts);
  return scope.flatMap((name) => {
    if (name === 'offline_access') return [];
    if (!isBuiltIn(name)) return [name];
    const { withheld } = shown[name];
    return withheld === undefined ? [] : [t(withheld)];
  });
}

function permissionOf(reader: Reader, name: string, user: User, allowed: readonly string[] | undefined): Permission {
  const t = reader.with(permissionTexts);
  return {
    icon: isBuiltIn(name) ? shown[name].icon : 'check',
    label: isBuiltIn(name) ? t(name) : html`${t.rich('useScope', { scope: html`<code>${name}</code>` })}`,
    detail: valuesOf(t, user, name),
    isNew: allowed !== undefined && !allowed.includes(name),
  };
}

/** The values themselves, each once; an address as it is written on a letter, a picture by its name. */
function valuesOf(t: PermissionTexts, user: User, scope: string): HtmlValue {
  const claims = { ...claimsForScope(user, [scope]) };
  const texts = Object.entries(claims)
    .filter(([name]) => name !== 'sub' && name !== 'updated_at')
    .flatMap(([name, value]) => (name === 'picture' ? [t('yourPicture')] : textsIn(value)))
    .map((text) => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text));
  const values = [...new Set(texts)];
  return [...values.slice(0, mostValues), ...(values.length > mostValues ? ['…'] : [])].join(', ');
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/\s+/g, ' ').trim()];
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}

const isBuiltIn = (name: string): name is BuiltIn => Object.hasOwn(shown, name);
