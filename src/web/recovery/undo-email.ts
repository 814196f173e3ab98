import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { findEmailChange, undoEmailChange } from '../../identity/email-address.ts';
import { UserError } from '../../identity/users.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { PageError } from '../ui/error-page.ts';
import { hiddenField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { icon } from '../ui/icon.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { linkIsDead } from './dead-link.ts';
import { recoveryTexts } from './texts/index.ts';

const path = '/recovery/email';

/** The page on which the owner of the former address takes a change of address back. */
export function undoEmailPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { token = '' } = requireUnrepeated(queryOf(request));
    const change = await findEmailChange(context, token);
    if (!change) throw linkIsDead(context, request);
    const t = textsFor(context, request, recoveryTexts);
    const { email, user } = change;
    return sendPage(context, reply, {
      title: t('undo'),
      lead: t.rich('undoLead', {
        email: html`<strong>${email}</strong>`,
        username: html`<strong>${user.username}</strong>`,
      }),
      above: icon('mail'),
      body: html`<p>${t('undoText')}</p>${postForm({
        action: path,
        body: html`${hiddenField('token', token)}${buttonRow(
          submitButton({ id: 'undo-email-submit', label: t('undoSubmit') }),
          linkButton({ label: t('cancel'), href: '/', kind: 'quiet' }),
        )}`,
      })}`,
    });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { token = '' } = requireUnrepeated(formOf(request));
    try {
      const next = await undoEmailChange(context, token, { address: request.ip, request_id: request.id });
      if (next === undefined) throw linkIsDead(context, request);
      return reply.redirect(next, 303);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const t = textsFor(context, request, recoveryTexts);
      throw new PageError({ heading: t('cannotUndo'), message: t('addressTaken'), status: 409 });
    }
  });
}
