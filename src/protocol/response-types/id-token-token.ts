import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** An ID Token and an access token (OpenID Connect Core §3.2). */
export const idTokenToken: ResponseType = defineResponseType('id_token', 'token');
