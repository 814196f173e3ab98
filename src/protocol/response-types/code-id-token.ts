import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** A code and an ID Token (OpenID Connect Core §3.3). */
export const codeIdToken: ResponseType = defineResponseType('code', 'id_token');
