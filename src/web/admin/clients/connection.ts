import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import { type Html, html } from '../../../lib/html.ts';
import { type Client, isConfidential } from '../../../protocol/client-metadata.ts';
import { usesSecret } from '../../../protocol/client-secrets.ts';
import { providerMetadata } from '../../../protocol/metadata.ts';
import { linkButton, postForm, submitButton } from '../../ui/button.ts';
import { codeBlock } from '../../ui/code-block.ts';
import { copyable, definitionList } from '../../ui/list.ts';
import { dangerZone, disclosure, section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { discoveryUrl, endpointsList } from '../endpoints-list.ts';
import { type ClientRequest, clientPath, clientRoute, requireClient, sendClientPage } from './client-page.ts';

/** What the people who run an application need in order to connect it. */
export function clientConnectionRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(clientRoute, async (request: ClientRequest, reply) => {
    const client = await requireClient(context, request);
    return sendClientPage(context, request, reply, client, {
      current: clientPath(client.client_id),
      body: html`${credentials(context, client)}${trial(context, client)}${acts(client)}`,
    });
  });
}

function credentials(context: Context, client: Client): Html {
  const path = clientPath(client.client_id);
  const entries = [
    { term: 'Client ID', value: copyable(client.client_id, 'client ID') },
    usesSecret(client)
      ? {
          term: 'Client secret',
          value: html`Shown once, when it was made. <a href="${path}/secrets">Add another secret</a> if it is lost.`,
        }
      : {
          term: 'Client secret',
          value: isConfidential(client)
            ? 'None: this application signs with its own keys.'
            : 'None: this application proves itself by PKCE.',
        },
    { term: 'Discovery URL', value: copyable(discoveryUrl(context), 'discovery URL') },
    { term: 'Issuer', value: copyable(context.config.issuer, 'issuer') },
    ...client.redirect_uris.map((uri) => ({ term: 'Redirect URI', value: copyable(uri, 'redirect URI') })),
    { term: 'Scope', value: client.scope === '' ? 'None' : html`<code>${client.scope}</code>` },
    { term: 'Registered', value: timeTag(client.created_at) },
  ];
  return section({
    heading: 'To be entered in the application',
    lead: 'Most applications need the first three and find everything else at the discovery URL.',
    body: html`${definitionList(entries)}${disclosure('All endpoints', endpointsList(context))}`,
  });
}

function trial(context: Context, client: Client): Html {
  const uses = (grant_type: string) => client.grant_types.includes(grant_type);
  return section({
    heading: 'Try it',
    body: html`${
      uses('authorization_code') &&
      html`<p>Start a sign-in at the application. The <a href="/playground">playground</a> shows beforehand, step by step,
which requests and answers to expect and what the tokens hold. Should the application ask with something that is not
registered, the error page has a link for you that says what, and a button that repairs it.</p>`
    }${
      uses('client_credentials') &&
      codeBlock(
        `curl --user '${client.client_id.replaceAll("'", "'\\''")}' --data grant_type=client_credentials \\\n  ${providerMetadata(context).token_endpoint}`,
        'Get a token (curl asks for the secret)',
      )
    }`,
  });
}

function acts(client: Client): Html {
  const path = clientPath(client.client_id);
  return dangerZone([
    client.disabled
      ? {
          heading: 'Enable',
          text: 'People can sign in to it again, and its secrets and unexpired tokens work again.',
          action: postForm({
            action: `${path}/enable`,
            inline: true,
            body: submitButton({ label: 'Enable', kind: 'quiet', id: 'client-enable' }),
          }),
        }
      : {
          heading: 'Disable',
          text: 'Nobody can sign in to it, and everything it holds is refused, until it is enabled again.',
          action: postForm({
            action: `${path}/disable`,
            inline: true,
            body: submitButton({ label: 'Disable', kind: 'danger', id: 'client-disable' }),
          }),
        },
    {
      heading: 'Remove',
      text: 'With its secrets, its tokens and what people have allowed it. This cannot be undone.',
      action: linkButton({ label: 'Remove…', kind: 'danger', href: `${path}/remove` }),
    },
  ]);
}
