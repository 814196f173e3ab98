import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { hiddenField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { textsFor } from '../ui/languages.ts';
import { type NewAccountForm, newAccountFields, strengthScript } from '../ui/new-account/index.ts';
import type { Page } from '../ui/page.ts';
import { setupTexts } from './texts/index.ts';

export const path = '/setup';

/** The page on which the holder of a setup link becomes an administrator. */
export function setupPage(
  context: Context,
  request: FastifyRequest,
  form: NewAccountForm & { readonly token: string; readonly status?: number },
): Page {
  const t = textsFor(context, request, setupTexts);
  const { summary, fields } = newAccountFields(context, request, { ...form, prefix: 'setup' });
  return {
    title: t('title'),
    lead: t('lead'),
    above: icon('shield'),
    scripts: [strengthScript],
    ...(form.status !== undefined && { status: form.status }),
    body: html`${summary}${postForm({
      action: path,
      body: html`${hiddenField('token', form.token)}${fields}
${buttonRow(submitButton({ id: 'setup-submit', label: t('submit') }))}`,
    })}`,
  };
}
