/** The root: for the signed-in the applications that they can open, for a new installation what to do first. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { isSetupDone } from '../../identity/setup.ts';
import { html } from '../../lib/html.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { listClientsFor } from '../../protocol/clients.ts';
import { withQuery } from '../../protocol/response-modes/query.ts';
import { currentSession } from '../ui/browser-session.ts';
import { linkButton } from '../ui/button.ts';
import { codeBlock } from '../ui/code-block.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import { icon } from '../ui/icon.ts';
import { textsFor } from '../ui/languages.ts';
import { emptyState } from '../ui/list.ts';
import { sendPage } from '../ui/page.ts';
import { passkeyTexts } from '../ui/passkey/index.ts';
import { appTiles } from '../ui/portrait.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { visitorMenu } from '../ui/visitor-menu.ts';
import { passkeyOffer, passkeyOfferRoutes } from './passkey-offer.ts';
import { launcherTexts } from './texts/index.ts';

export function launcherPages(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get('/', async (request, reply) => {
    const session = await currentSession(context, request);
    if (session) return sendLauncher(context, request, reply, session);
    if (await isSetupDone(context)) return redirectToSignIn(context, request, reply, '/');
    return sendNotSetUp(context, request, reply);
  });
  passkeyOfferRoutes(app, context);
}

async function sendLauncher(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): Promise<FastifyReply> {
  const { user } = session;
  const t = textsFor(context, request, launcherTexts);
  const clients = await listClientsFor(context, user.id, 200);
  const apps = clients
    .filter(({ disabled }) => !disabled)
    .flatMap((client) => {
      const href = addressOf(context, client);
      return href === undefined ? [] : [{ name: client.client_name, href, detail: hostOf(href) }];
    });
  const list =
    apps.length > 0
      ? appTiles(t('applications'), apps)
      : emptyState({
          icon: icon('apps'),
          heading: t('nothingYet'),
          text: t('nothingYetText'),
          ...(user.administrator && { action: linkButton({ label: t('openConsole'), href: '/admin' }) }),
        });
  const offer = await passkeyOffer(textsFor(context, request, passkeyTexts), context, session, request);
  return sendPage(context, reply, {
    title: t('yourApplications'),
    layout: 'console',
    account: visitorMenu(textsFor(context, request, uiTexts), user),
    body: html`<div class="own">${offer}${list}</div>`,
  });
}

function sendNotSetUp(context: Context, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const t = textsFor(context, request, launcherTexts);
  return sendPage(context, reply, {
    title: t('running'),
    lead: t('noAdministrator'),
    body: html`<p>${t('linkPrinted')}</p>
${codeBlock('npm run -s castellan -- setup-link', t('commandCheckout'), t)}
<p>${t('orBinary')}</p>
${codeBlock('castellan setup-link', t('commandBinary'), t)}`,
  });
}

/** Where the application begins a sign-in with us (OpenID Connect Core §4), otherwise its home page. */
function addressOf({ config: { issuer } }: Context, { initiate_login_uri, client_uri }: Client): string | undefined {
  return initiate_login_uri === undefined ? client_uri : withQuery(initiate_login_uri, { iss: issuer });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
