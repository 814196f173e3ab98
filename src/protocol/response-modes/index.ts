/**
 * How an authorization response reaches the client. To add a mode: write its file with the interface of
 * `response-mode.ts`, and add its name here. The authorization endpoint and discovery read this registry.
 */
import { registryOf } from '../../lib/registry.ts';
import { formPost } from './form-post.ts';
import { fragment } from './fragment.ts';
import { query } from './query.ts';
import type { ResponseMode } from './response-mode.ts';

export const responseModes: ReadonlyMap<string, ResponseMode> = registryOf(query, fragment, formPost);
