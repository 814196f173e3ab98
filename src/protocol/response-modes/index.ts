/**
 * How an authorization response reaches the client. To add a mode: write its file with the interface of
 * `response-mode.ts`, and add its name here. The authorization endpoint and discovery read this registry.
 */
import { registryOf } from '../../lib/registry.ts';
import { formPost } from './form-post.ts';
import { formPostJwt } from './form-post-jwt.ts';
import { fragment } from './fragment.ts';
import { fragmentJwt } from './fragment-jwt.ts';
import { jwt } from './jwt.ts';
import { query } from './query.ts';
import { queryJwt } from './query-jwt.ts';
import type { ResponseMode } from './response-mode.ts';

export const responseModes: ReadonlyMap<string, ResponseMode> = registryOf(
  query,
  fragment,
  formPost,
  jwt,
  queryJwt,
  fragmentJwt,
  formPostJwt,
);
