import { scopeClaims } from '../identity/claims.ts';
import { invalidScope } from '../lib/errors.ts';
import { registryOf } from '../lib/registry.ts';

/** A scope value that Castellan itself gives a meaning to. */
export interface Scope {
  readonly name: string;
  /** The claims it asks for (OpenID Connect Core §5.4). */
  readonly claims: readonly string[];
  /** What a person is asked to allow; undefined where there is nothing to tell. */
  readonly permission?: string;
}

/**
 * The built-in scope values. Any other value that a client's `scope` metadata lists goes into its access tokens as it
 * stands and means something to its resource server only.
 */
export const scopes = registryOf<Scope>(
  { name: 'openid', claims: ['sub'], permission: 'Recognise you when you come back' },
  { name: 'profile', claims: scopeClaims.profile, permission: 'See your name and profile' },
  { name: 'email', claims: scopeClaims.email, permission: 'See your e-mail address' },
  { name: 'address', claims: scopeClaims.address, permission: 'See your postal address' },
  { name: 'phone', claims: scopeClaims.phone, permission: 'See your phone number' },
  { name: 'groups', claims: scopeClaims.groups, permission: 'See which groups you belong to' },
  { name: 'offline_access', claims: [], permission: 'Keep this access when you are away' },
);

/** The scope of a client that does not say what it may ask for. */
export const defaultScope = [...scopes.keys()].join(' ');

const scopeToken = /^[\x21\x23-\x5B\x5D-\x7E]{1,200}$/;

/** The values of a scope parameter, each once. Throws `invalid_scope` outside the grammar of RFC 6749 §3.3 or over 100 values. */
export function parseScope(scope: string): string[] {
  const values = [...new Set(scope.split(' ').filter((value) => value !== ''))];
  if (values.length > 100) throw invalidScope('more than 100 scope values');
  if (!values.every((value) => scopeToken.test(value)))
    throw invalidScope('scope has a character that it must not have');
  return values;
}
