import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** An ID Token alone, with the claims of the scope (OpenID Connect Core §3.2). */
export const idToken: ResponseType = defineResponseType('id_token');
