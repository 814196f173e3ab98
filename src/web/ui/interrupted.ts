/** What people are told when a sign-in cannot go on where they are: why, and the way on. */
import type { Context } from '../../context.ts';
import { type HtmlValue, html, safeUrl } from '../../lib/html.ts';
import { findClient } from '../../protocol/clients.ts';
import { isRegisteredRedirectUri } from '../../protocol/redirect-uris.ts';
import { buttonRow, linkButton } from './button.ts';
import { PageError } from './error-page.ts';
import type { ErrorTexts } from './error-texts/texts/index.ts';

/** What is known of the application that somebody came from. */
export interface Origin {
  readonly client_id?: string | undefined;
  readonly redirect_uri?: string | undefined;
}

/** For a sign-in that has given its answer already, most often in another tab: there is no second one. */
export async function finishedBefore(context: Context, origin: Origin): Promise<PageError> {
  const way = await wayBack(context, origin);
  return new PageError({
    heading: (t) => t('alreadyDone'),
    message: (t) => t('finishedBefore'),
    whatToDo: (t) => html`<p>${t('signInIfUnknown')}</p>${way(t)}`,
    status: 400,
  });
}

/** For a sign-in that began too long ago; `again` is the address at which it begins anew. */
export function begunTooLongAgo(again: string): PageError {
  return new PageError({
    heading: (t) => t('startAgain'),
    message: (t) => t('tooOld'),
    whatToDo: (t) => linkButton({ id: 'error-again', label: t('signInAgain'), href: again, wide: true }),
    status: 400,
  });
}

/** For one that only the application can begin anew, because it signed or pushed its request. */
export async function leftTooLong(context: Context, origin: Origin): Promise<PageError> {
  const way = await wayBack(context, origin);
  return new PageError({
    heading: (t) => t('startAgain'),
    message: (t) => t('tooOld'),
    whatToDo: (t) => html`<p>${t('signInFromThere')}</p>${way(t)}`,
    status: 400,
  });
}

/** For an address that this browser was not given, or no longer has the cookie for: nobody can tell what it was for. */
export function begunElsewhere(): PageError {
  return new PageError({
    heading: (t) => t('startAgain'),
    message: (t) => t('otherBrowser'),
    whatToDo: (t) => html`<p>${t('signInFromThere')}</p><p>${t('allowCookies')}</p>
${buttonRow(linkButton({ label: t('goToStart'), href: '/', kind: 'quiet' }))}`,
    status: 400,
  });
}

/** A button that leads to the application: to its home page, or to the site that its answers go to. */
async function wayBack(context: Context, { client_id, redirect_uri }: Origin): Promise<Way> {
  const client = client_id === undefined ? undefined : await findClient(context, client_id);
  const isTheirs = client && redirect_uri !== undefined && isRegisteredRedirectUri(client, redirect_uri);
  // A native application's address is no page: nobody listens there once it has its answer.
  const site = isTheirs && client.application_type !== 'native' ? siteOf(redirect_uri) : undefined;
  const href = safeUrl(client?.client_uri) ?? site;
  if (!client || client.disabled || href === undefined)
    return (t) => linkButton({ label: t('goToStart'), href: '/', kind: 'quiet', wide: true });
  return (t) => linkButton({ id: 'error-back', label: t('backTo', { client: client.client_name }), href, wide: true });
}

type Way = (t: ErrorTexts) => HtmlValue;

function siteOf(redirect_uri: string): string | undefined {
  const { protocol, origin } = new URL(redirect_uri);
  return protocol === 'https:' || protocol === 'http:' ? `${origin}/` : undefined;
}
