import * as z from 'zod';
import type { Context } from '../../context.ts';
import { SealError } from '../../lib/seal.ts';
import { PageError } from '../ui/error-page.ts';

const lifeSeconds = 300;

const confirmationSchema = z.object({
  session_id: z.string(),
  /** Where the client wants the browser afterwards: a registered post_logout_redirect_uri with its state. */
  location: z.string().optional(),
  client_id: z.string().optional(),
  asked_at: z.number(),
});

/** What a sign-out question carries in its form: for which session it was asked, sealed. */
export function sealConfirmation(
  context: Context,
  session_id: string,
  asker: { readonly location: string | undefined; readonly client_id: string | undefined },
): string {
  return context.secretKey.seal(JSON.stringify({ session_id, ...asker, asked_at: context.now() }), boundTo);
}

/** Reads it again; `isOld` after five minutes, when the question must be asked anew. Throws a PageError when it is not ours. */
export function readConfirmation(
  context: Context,
  sealed: string,
): z.output<typeof confirmationSchema> & { readonly isOld: boolean } {
  const confirmation = unseal(context, sealed);
  if (!confirmation) throw new PageError({ message: (t) => t('nothingToDo'), status: 400 });
  return { ...confirmation, isOld: context.now() >= confirmation.asked_at + lifeSeconds };
}

function unseal(context: Context, sealed: string): z.output<typeof confirmationSchema> | undefined {
  try {
    return confirmationSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo)));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = 'logout-confirmation';
