import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';

/** How an authorization response reaches the client: the browser is sent somewhere, or submits a form. */
export type AuthorizationAnswer =
  | { readonly location: string }
  | { readonly form: { readonly action: string; readonly fields: Readonly<Record<string, string>> } };

/** To whom an authorization response goes. */
export interface ResponseRecipient {
  readonly client: Client;
  readonly redirect_uri: string;
  /** The response mode of the request's response type, for requests that name none. */
  readonly defaultMode: ResponseMode;
}

/** One response mode (OAuth 2.0 Multiple Response Type Encoding Practices §2.1, JARM §2.3). */
export interface ResponseMode {
  readonly name: string;
  /** Whether the answer stays out of the query, so that tokens may travel in it. */
  readonly carriesTokens: boolean;
  /** Whether the answer is a JWT that we sign (JARM). */
  readonly isSigned: boolean;
  /** The answer with these parameters for this client at its registered redirect URI. */
  answer(
    context: Context,
    recipient: ResponseRecipient,
    parameters: Readonly<Record<string, string>>,
  ): Promise<AuthorizationAnswer>;
}
