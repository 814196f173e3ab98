import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';

/**
 * Sets the headers that every page has. `formAction` are the addresses outside to which the page's form may lead:
 * such a page stands in an authorization or sign-out flow, so its window also keeps the application that opened it.
 * `frames` are addresses outside that the page shows in frames.
 */
export function setPageHeaders(
  context: Context,
  reply: FastifyReply,
  { formAction = [], frames = [] }: { readonly formAction?: readonly string[]; readonly frames?: readonly string[] },
): void {
  reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(formAction, frames),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    // An application that opened the sign-in in a popup must find the same window again afterwards.
    'cross-origin-opener-policy': formAction.length > 0 ? 'unsafe-none' : 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self), ' +
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()',
  });
  if (context.config.secureCookies) reply.header('strict-transport-security', 'max-age=31536000');
}

function contentSecurityPolicy(formAction: readonly string[], frames: readonly string[]): string {
  const sources = new Set(["'self'", ...formAction.flatMap(formActionSources)]);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    ...(frames.length > 0 ? [`frame-src ${[...new Set(frames.map(frameSource))].join(' ')}`] : []),
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    `form-action ${[...sources].join(' ')}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The origin of an address. Throws for what is not on the web. */
function frameSource(address: string): string {
  const { protocol, origin } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('a frame may not show an address of that scheme');
  return origin;
}

/**
 * The CSP sources for a form that leads to this address. They are schemes and no origins, because Chromium holds
 * every redirect after a form against form-action, and what an application's own address redirects to is its affair.
 */
function formActionSources(address: string): string[] {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || ['javascript', 'data', 'vbscript', 'blob', 'file', 'about'].includes(scheme)) {
    throw new Error('a form may not lead to an address of that scheme');
  }
  return scheme === 'http' ? ['http:', 'https:'] : [`${scheme}:`];
}
