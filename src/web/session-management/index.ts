/**
 * The check session iframe (OpenID Connect Session Management 1.0 §3): a page that shows nothing, stands in a frame of
 * an application, and tells its scripts whether the person's session here is still the same.
 */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { findClient } from '../../protocol/clients.ts';
import { webOrigin } from '../../protocol/redirect-uris.ts';
import { browserStateCookie, cookieName } from '../ui/browser-session.ts';
import { queryOf } from '../ui/form-body.ts';

const path = '/oidc/check-session';
const askerPath = `${path}/origin`;

/** The frame, and where its script asks who may be answered. */
export function sessionManagement(app: FastifyInstance, context: Context): void {
  const { assets } = context;
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Session</title>
<script src="${assets.url('check-session.js')}" defer data-cookie="${cookieName(context, browserStateCookie)}" data-asker="${askerPath}"></script>
</head><body></body></html>
`.markup;
  app.get(path, async (_request, reply) =>
    reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'cross-origin-resource-policy': 'cross-origin',
      })
      .send(document),
  );

  app.get(askerPath, async (request, reply) => {
    const { client_id = '', origin } = requireUnrepeated(queryOf(request));
    const client = await findClient(context, client_id);
    const isItsOrigin = client?.redirect_uris.some((uri) => webOrigin(uri) === origin && origin !== undefined);
    return reply.code(client && !client.disabled && isItsOrigin ? 204 : 403).send();
  });
}

/** Any site may frame it: it answers none but the origins of registered clients. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
