import { claimsForScope } from '../../identity/claims.ts';
import type { User } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import { scopes } from '../../protocol/scopes.ts';
import type { IconName } from './icon.ts';
import { permissionList } from './permission-list.ts';

const icons: Readonly<Record<string, IconName>> = {
  openid: 'key',
  profile: 'person',
  email: 'mail',
  address: 'pin',
  phone: 'phone',
  groups: 'people',
  offline_access: 'refresh',
};

/**
 * What somebody is asked to allow: one sentence for each scope value, with the values that the application would see.
 * What is not in `allowed`, when that is given, is marked as new.
 */
export function scopePermissions(scope: readonly string[], user: User, allowed?: readonly string[]): Html {
  const rows = scope.map((name) => {
    const detail = valuesOf(user, name);
    return {
      icon: icons[name] ?? ('check' as const),
      label: scopes.get(name)?.permission ?? html`Use <code>${name}</code>`,
      ...(detail === '' ? {} : { detail }),
      isNew: allowed !== undefined && !allowed.includes(name),
    };
  });
  return permissionList(rows);
}

function valuesOf(user: User, scope: string): string {
  if (scope === 'profile') return user.claims.name ?? user.username;
  const values = Object.values(claimsForScope(user, [scope])).flatMap((value) =>
    typeof value === 'object' && value !== null ? Object.values(value) : [value],
  );
  return values
    .filter((value) => typeof value === 'string')
    .slice(0, 8)
    .join(', ');
}
