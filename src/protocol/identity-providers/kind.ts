import type { Context } from '../../context.ts';
import type { Named } from '../../lib/registry.ts';
import type { ProviderSettings } from './settings.ts';

/** An identity provider as an administrator set it up. */
export interface IdentityProvider {
  /** The word in our redirect URI. */
  readonly name: string;
  readonly settings: ProviderSettings;
  /** Sealed; opened only to be sent to the provider. */
  readonly sealed_client_secret: string | undefined;
  readonly created_at: number;
  readonly updated_at: number;
  readonly disabled: boolean;
}

/** What ties the answer of a provider to the question that this browser was sent there with. */
export interface UpstreamChecks {
  readonly redirect_uri: string;
  readonly state: string;
  readonly nonce: string;
  readonly code_verifier: string;
}

/** Who somebody is at a provider. Only `sub` says who; the rest is what the provider tells of the person. */
export interface UpstreamIdentity {
  readonly sub: string;
  /** amr and acr of its ID Token; none where there is no ID Token. */
  readonly amr: readonly string[];
  readonly acr: string | undefined;
  /** Asks for all that the provider tells of the person; undefined members it does not tell. Throws UpstreamError. */
  claims(): Promise<UpstreamClaims>;
}

export interface UpstreamClaims {
  readonly name: string | undefined;
  readonly given_name: string | undefined;
  readonly family_name: string | undefined;
  readonly preferred_username: string | undefined;
  readonly email: string | undefined;
  /** Whether the provider says that the address is the person's. */
  readonly email_verified: boolean;
}

/** A kind of identity provider: how it is set up, and how one speaks to it. */
export interface IdentityProviderKind extends Named {
  /** What the console and the button call it. */
  readonly title: string;
  /** Where an administrator registers Castellan there, in a sentence. */
  readonly guide: string;
  /** Which of the members issuer and tenant it has, and whether it needs it. */
  readonly place: { readonly member: 'issuer' | 'tenant'; readonly required: boolean } | undefined;
  readonly scope: string;
  /** Whether it tells which addresses it has verified. */
  readonly tellsEmailVerified: boolean;
  /** The address to which the browser is sent. `again`: the person is to prove anew who they are. Throws UpstreamError. */
  authorizationUrl(
    context: Context,
    provider: IdentityProvider,
    checks: UpstreamChecks & { readonly again: boolean },
  ): Promise<URL>;
  /** Redeems the code in the address that the browser came back with. Throws UpstreamError. */
  redeem(context: Context, provider: IdentityProvider, url: URL, checks: UpstreamChecks): Promise<UpstreamIdentity>;
  /** Asks the provider whether signing in will work, and says in sentences what is wrong; none when nothing is. */
  test(context: Context, provider: IdentityProvider, redirect_uri: string): Promise<string[]>;
}

/** Somebody could not be signed in through a provider: they cancelled there, it is away, or its answer is not to be trusted. */
export class UpstreamError extends Error {
  readonly reason: 'cancelled' | 'unreachable' | 'refused';
  constructor(reason: UpstreamError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UpstreamError';
    this.reason = reason;
  }
}
