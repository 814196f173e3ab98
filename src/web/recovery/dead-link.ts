import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { PageError } from '../ui/error-page.ts';
import { textsFor } from '../ui/languages.ts';
import { recoveryTexts } from './texts/index.ts';

/** What the holder of a link is told that can no longer be used. */
export function linkIsDead(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, recoveryTexts);
  return new PageError({
    heading: t('dead'),
    message: t('deadText'),
    whatToDo: buttonRow(
      linkButton({ label: t('askAgain'), href: '/forgot-password' }),
      linkButton({ label: t('signIn'), href: '/login', kind: 'quiet' }),
    ),
    status: 400,
  });
}
