import type { Context } from '../context.ts';
import { type FederatedIdentity, listFederatedIdentities } from './federated-identities.ts';
import { listPasskeys, type Passkey } from './passkeys/index.ts';
import { describeAuthenticator, recoveryCodesLeft } from './second-factors.ts';
import { type WayIn, type Weakness, waysIn } from './user-authentication/ways-in.ts';
import type { User } from './users.ts';

/** With what somebody signs in, for administrators to see: no secret, and nothing that would sign in. */
export interface SigningIn {
  readonly ways: readonly WayIn[];
  readonly weakness: Weakness | undefined;
  readonly passkeys: readonly Passkey[];
  readonly authenticator: { readonly created_at: number; readonly last_used_at: number | null } | undefined;
  readonly recoveryCodesLeft: number;
  readonly federatedIdentities: readonly FederatedIdentity[];
}

/** With what this user signs in. */
export async function describeSigningIn(context: Context, user: User): Promise<SigningIn> {
  const { ways, weakness } = await waysIn(context, user);
  const { left } = await recoveryCodesLeft(context, user);
  return {
    ways,
    weakness,
    passkeys: await listPasskeys(context, user),
    authenticator: await describeAuthenticator(context, user),
    recoveryCodesLeft: left,
    federatedIdentities: await listFederatedIdentities(context, user),
  };
}

/** The ways in as a line: `Password, Passkey (2)`. */
export function waysInLine(ways: readonly WayIn[]): string {
  return ways.map(({ method, count }) => (count === 1 ? method.title : `${method.title} (${count})`)).join(', ');
}
