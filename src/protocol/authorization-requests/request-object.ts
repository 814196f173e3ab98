import type { Context } from '../../context.ts';
import { invalidRequestObject } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';

/** Placeholder. */
export async function receiveRequestObject(
  _context: Context,
  _outside: ParsedParameters['parameters'],
): Promise<{ parameters: ParsedParameters['parameters']; expires_at: number | undefined }> {
  throw invalidRequestObject('request objects are not served');
}
