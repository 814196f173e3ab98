import { defineResponseType } from './define-response-type.ts';
import type { ResponseType } from './response-type.ts';

/** Nothing but the person's consent (OAuth 2.0 Multiple Response Types §4). */
export const none: ResponseType = defineResponseType();
