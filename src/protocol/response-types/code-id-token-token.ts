import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** A code, an ID Token and an access token (OpenID Connect Core §3.3). */
export const codeIdTokenToken: ResponseType = defineResponseType('code', 'id_token', 'token');
