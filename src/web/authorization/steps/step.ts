import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import type { Consent } from '../../../identity/consents.ts';
import type { Session } from '../../../identity/sessions.ts';
import type { OAuthError } from '../../../lib/errors.ts';
import type { AuthorizationRequest } from '../../../protocol/authorization-requests/index.ts';

/** Everything that decides what an authorization request still needs from a person. */
export interface AuthorizationState {
  readonly request: AuthorizationRequest;
  /** When the request began, in epoch seconds. */
  readonly startedAt: number;
  readonly session: Session | undefined;
  /** What the client knows the signed-in person by. */
  readonly sub: string | undefined;
  /** Other people who are signed in with the same browser, and what the client knows them by. */
  readonly others: readonly { readonly session: Session; readonly sub: string }[];
  readonly consent: Consent | undefined;
  /** The acr values that this person could reach with a second factor now; looked up where a request wishes for more. */
  readonly reachable_acr: readonly string[];
  /** For each finished step of this very request, for what it was done. */
  readonly done: Readonly<Record<string, string>>;
}

/** One thing that an authorization request may need from a person. */
export interface Step {
  readonly name: string;
  /** The page that does it. */
  readonly path: string;
  /** Another page that does it for this request. */
  readonly pathFor?: (context: Context, request: AuthorizationRequest) => string;
  /** Whether it is missing; a pure function of the state. */
  isMissing(state: AuthorizationState): boolean;
  /** What the client is told when no page may be shown (prompt=none). */
  readonly silentError: (description: string) => OAuthError;
  /** Its page, unless another part of the house has it. */
  readonly pages?: (app: FastifyInstance, context: Context) => void;
}
