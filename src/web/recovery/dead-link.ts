import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import { PageError } from '../ui/error-page.ts';
import { textsFor } from '../ui/languages.ts';
import { withContinuation } from './paths.ts';
import { recoveryTexts } from './texts/index.ts';

/** What the holder of a link is told that can no longer be used; both ways on keep what the person wanted. */
export function linkIsDead(context: Context, request: FastifyRequest, continuation?: string): PageError {
  const t = textsFor(context, request, recoveryTexts);
  return new PageError({
    heading: t('dead'),
    message: t('deadText'),
    whatToDo: buttonRow(
      linkButton({ id: 'error-again', label: t('askAgain'), href: withContinuation('/forgot-password', continuation) }),
      linkButton({
        id: 'error-sign-in',
        label: t('signIn'),
        href: withContinuation('/login', continuation),
        kind: 'quiet',
      }),
    ),
    status: 400,
  });
}
