import { z } from 'zod';
import type { Context } from '../../context.ts';
import { PasskeyError } from './passkey-error.ts';

/** An answer of a browser is a few kilobytes; the longest part of it is the certificate that we do not ask for. */
const longestAnswer = 12_000;

/** Bytes as WebAuthn writes them in JSON: base64url without padding, in their one spelling. */
export const bytesSchema = z
  .string()
  .max(longestAnswer)
  .refine((text) => Buffer.from(text, 'base64url').toString('base64url') === text, 'must be base64url');

/** The id of a credential: up to 1023 bytes (WebAuthn §4), and from 16 on (§4, credential ID). */
export const credentialIdSchema = bytesSchema.min(22).max(1364);

const clientDataSchema = z.object({
  type: z.string(),
  challenge: z.string().max(1000),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.unknown().optional(),
});

/** Reads the JSON that a page sent. Throws a PasskeyError. */
export function readAnswer<Output>(presented: string, schema: z.ZodType<Output>): Output {
  if (presented.length > longestAnswer) throw new PasskeyError('unreadable', 'too long');
  const answer = schema.safeParse(parsed(presented));
  if (!answer.success) throw new PasskeyError('unreadable', answer.error.issues[0]?.path.join('.'));
  return answer.data;
}

/**
 * What the browser says it has signed (WebAuthn §5.8.1), the challenge in it. Throws a PasskeyError when that was not
 * on a page of ours, of exactly our origin, and in no frame of another site.
 */
export function readClientData(
  { config: { publicUrl } }: Context,
  clientDataJSON: string,
  type: 'webauthn.create' | 'webauthn.get',
): { readonly challenge: string } {
  const text = Buffer.from(clientDataJSON, 'base64url').toString('utf8');
  const clientData = clientDataSchema.safeParse(parsed(text)).data;
  if (!clientData) throw new PasskeyError('unreadable', 'clientDataJSON');
  if (clientData.type !== type) throw new PasskeyError('invalid', 'type');
  if (clientData.origin !== publicUrl) throw new PasskeyError('other-origin');
  if (clientData.crossOrigin === true || clientData.topOrigin !== undefined) throw new PasskeyError('framed');
  return { challenge: clientData.challenge };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PasskeyError('unreadable', 'JSON');
  }
}
