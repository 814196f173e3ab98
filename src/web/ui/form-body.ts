import type { FastifyRequest } from 'fastify';
import { invalidRequest } from '../../lib/errors.ts';
import { type ParsedParameters, parseParameters } from '../../lib/parameters.ts';

/** The query of a request, decoded by our own rules. Throws `invalid_request`. */
export function queryOf(request: FastifyRequest): ParsedParameters {
  const url = request.raw.url ?? '';
  const questionMark = url.indexOf('?');
  return parseParameters(questionMark < 0 ? '' : url.slice(questionMark + 1));
}

/**
 * The form in the body of a request, its values as long as every form's unless `longestValue` says otherwise. Throws
 * `invalid_request`, also when the body is anything but a form.
 */
export function formOf(request: FastifyRequest, longestValue?: number): ParsedParameters {
  if (request.body === undefined || request.body === null) return parseParameters('');
  if (typeof request.body !== 'string') throw invalidRequest('the body must be application/x-www-form-urlencoded');
  return parseParameters(request.body, longestValue);
}
