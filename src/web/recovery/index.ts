/**
 * Getting back into an account: who has forgotten the password asks for a link, who holds a link (mailed, or made by an
 * administrator) chooses a new one, and who was told of a change of address that was not theirs undoes it. Looking at a
 * page consumes nothing; the user is the link's, never one named in the form.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { choosePasswordPages } from './choose-password.ts';
import { forgotPasswordPages } from './forgot-password.ts';
import { undoEmailPages } from './undo-email.ts';

export function recoveryPages(app: FastifyInstance, context: Context): void {
  forgotPasswordPages(app, context);
  choosePasswordPages(app, context);
  undoEmailPages(app, context);
}
