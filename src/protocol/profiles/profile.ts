import type { ClientMetadata } from '../client-metadata.ts';

/** What a security profile demands of a client, beyond what holds for all. */
export interface Profile {
  /** The value of the metadata member `profile`. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** What the metadata of its clients says where the registration says nothing. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** For members of the metadata, the only values that they may have. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** The only JWS algorithms of assertions, request objects, proofs and whatever is signed for the client. */
  readonly signingAlgs?: readonly string[];
  /** Whether every token must be bound to its sender. */
  readonly bindsTokens: boolean;
  /** Whether an assertion must be for the issuer alone, named by one string. */
  readonly assertionIsForIssuerOnly: boolean;
  /** Whether the authorization response must be signed. */
  readonly signsResponses: boolean;
  readonly longestCodeSeconds?: number;
  /** What is wrong with a redirect URI that others may register, as a sentence. */
  redirectUriProblem(uri: string, metadata: Pick<ClientMetadata, 'application_type'>): string | undefined;
}

/** What is demanded of a client without a profile: nothing beyond what holds for all. */
export const ordinary: Profile = {
  name: '',
  title: 'no profile',
  defaults: {},
  values: {},
  bindsTokens: false,
  assertionIsForIssuerOnly: false,
  signsResponses: false,
  redirectUriProblem: () => undefined,
};
