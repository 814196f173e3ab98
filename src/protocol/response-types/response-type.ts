import type { Context } from '../../context.ts';
import type { Consent } from '../../identity/consents.ts';
import type { Session } from '../../identity/sessions.ts';
import type { AuthorizationRequest } from '../authorization-requests/index.ts';
import type { ResponseMode } from '../response-modes/response-mode.ts';

/** An allowed request: by whom, by what, and the id under which the one authorization for it is written. */
export interface Allowed {
  readonly request: AuthorizationRequest;
  readonly session: Session;
  /** What the person allowed, on which the authorization stands; undefined for a client that needs no consent. */
  readonly consent: Consent | undefined;
  readonly authorization_id: string;
}

/** One response type (RFC 6749 §3.1.1, OAuth 2.0 Multiple Response Types). */
export interface ResponseType {
  /** Its values in alphabetical order, separated by one blank. */
  readonly name: string;
  /** The grant types that a client with this response type is registered for (OpenID Connect Registration §2). */
  readonly grantTypes: readonly string[];
  readonly defaultMode: ResponseMode;
  readonly answersWithCode: boolean;
  readonly answersWithIdToken: boolean;
  readonly answersWithAccessToken: boolean;
  /** Whether it puts tokens into the response, which may then not be in the query. */
  readonly answersWithTokens: boolean;
  /**
   * Writes the authorization and gives the parameters of the response; undefined when this sign-in was finished before,
   * its session has ended, or the consent has changed.
   */
  issue(context: Context, allowed: Allowed): Promise<Record<string, string> | undefined>;
}
