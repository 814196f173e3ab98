import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** A code and an access token (OpenID Connect Core §3.3). */
export const codeToken: ResponseType = defineResponseType('code', 'token');
