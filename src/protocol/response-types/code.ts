import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** The authorization code (RFC 6749 §4.1). */
export const code: ResponseType = defineResponseType('code');
