import type { User } from '../storage/user-row.ts';

/** The scope values that ask for claims about the person, each with its claims (OpenID Connect Core §5.4). */
export const scopeClaims = {
  profile: [
    ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
    ...['website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
  groups: ['groups'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const standardNames: ReadonlySet<string> = new Set(Object.values(scopeClaims).flat());

/**
 * The claims about a person that these scope values ask for; what is not known is left out. Custom claims come with
 * `profile`. The subject identifier is not among them, for it may differ from client to client.
 */
export function claimsForScope(user: User, scope: readonly string[]): Record<string, unknown> {
  const claims = allClaims(user);
  const asked = new Set<string>(
    Object.entries(scopeClaims).flatMap(([name, names]) => (scope.includes(name) ? names : [])),
  );
  const withCustom = scope.includes('profile');
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => asked.has(name) || (withCustom && !standardNames.has(name))),
  );
}

function allClaims(user: User): Record<string, unknown> {
  const { email, phone_number, groups } = user;
  return {
    ...user.claims,
    preferred_username: user.username,
    updated_at: user.updated_at,
    ...(email !== undefined && { email, email_verified: user.email_verified }),
    ...(phone_number !== undefined && { phone_number, phone_number_verified: user.phone_number_verified }),
    ...(groups.length > 0 && { groups }),
  };
}
