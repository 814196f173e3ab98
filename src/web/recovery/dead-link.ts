import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { PageError } from '../ui/error-page.ts';
import { textsFor } from '../ui/languages.ts';
import { recoveryTexts } from './texts/index.ts';

/** What the holder of a link is told that can no longer be used. */
export function linkIsDead(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, recoveryTexts);
  return new PageError({
    heading: t('dead'),
    message: t('deadText'),
    whatToDo: html`<a href="/forgot-password">${t('askAgain')}</a> · <a href="/login">${t('signIn')}</a>`,
    status: 400,
  });
}
