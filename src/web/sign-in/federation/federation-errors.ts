import type { FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { type IdentityProvider, UpstreamError } from '../../../protocol/identity-providers/index.ts';
import { linkButton } from '../../ui/button.ts';
import { PageError } from '../../ui/error-page.ts';
import { textsFor } from '../../ui/languages.ts';
import { federationTexts } from './texts/index.ts';

/** The state is nobody's, of another browser, or too old; then `continuation` is what the sign-in was for. */
export function startAgain(context: Context, request: FastifyRequest, continuation?: string): PageError {
  return problem(context, request, { heading: 'startAgain', message: 'otherBrowser', status: 400, continuation });
}

/** There is no such provider, or it is disabled. */
export function noSuchProvider(context: Context, request: FastifyRequest): PageError {
  return problem(context, request, { heading: 'noSuchProvider', message: 'noSuchProviderText', status: 404 });
}

/** What the person is told when a provider did not sign them in; the log tells the administrator why. */
export function problemText(
  context: Context,
  request: FastifyRequest,
  { settings: { label: provider }, name }: IdentityProvider,
  error: unknown,
): { readonly problem: string; readonly status: number } {
  if (!(error instanceof UpstreamError)) throw error;
  const { reason } = error;
  const level = reason === 'cancelled' ? 'info' : 'warn';
  request.log[level]({ err: error, provider: name, reason }, 'a sign-in through a provider failed');
  const status = { cancelled: 200, unreachable: 502, refused: 403 }[reason];
  return { problem: textsFor(context, request, federationTexts)(reason, { provider }), status };
}

/** What the application asks for is more than an address at the provider could hold. */
export function tooLong(
  context: Context,
  request: FastifyRequest,
  { settings: { label: provider } }: IdentityProvider,
): { readonly problem: string; readonly status: number } {
  const t = textsFor(context, request, federationTexts);
  return { problem: t('tooLong', { provider, page: `${context.config.publicUrl}/login` }), status: 400 };
}

function problem(
  context: Context,
  request: FastifyRequest,
  page: {
    readonly heading: 'startAgain' | 'noSuchProvider';
    readonly message: 'otherBrowser' | 'noSuchProviderText';
    readonly status: number;
    readonly continuation?: string | undefined;
  },
): PageError {
  const t = textsFor(context, request, federationTexts);
  const { continuation } = page;
  const href = continuation === undefined ? '/login' : `/login?continuation=${continuation}`;
  return new PageError({
    heading: t(page.heading),
    message: t(page.message),
    whatToDo: linkButton({ id: 'error-again', label: t('toSignIn'), href, wide: true }),
    status: page.status,
  });
}
