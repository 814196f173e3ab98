import { type Html, html, safeUrl } from '../../lib/html.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { notice } from './notice.ts';

/** The host to which the answer goes, or the scheme of a native application, for the person to see. */
export function redirectHost(redirect_uri: string): string {
  const url = URL.canParse(redirect_uri) ? new URL(redirect_uri) : undefined;
  return url?.host || (url?.protocol ?? redirect_uri);
}

/** What an application says of its own rules (RFC 7591 §2); nothing when it says nothing. */
export function clientLinks(client: {
  readonly policy_uri?: string | undefined;
  readonly tos_uri?: string | undefined;
}): Html | undefined {
  const links = [
    { label: 'Privacy policy', url: safeUrl(client.policy_uri) },
    { label: 'Terms of service', url: safeUrl(client.tos_uri) },
  ].flatMap(({ label, url }) =>
    url === undefined ? [] : [html`<a href="${url}" rel="noopener noreferrer">${label}</a>`],
  );
  if (links.length === 0) return undefined;
  return html`<p class="quiet">${links.flatMap((link, index) => (index === 0 ? [link] : [' · ', link]))}</p>`;
}

/** Where a page finds the client's logo, at our own origin; undefined when it has none. */
export function clientLogoPath({ client_id, logo_uri }: Client): string | undefined {
  return logo_uri === undefined ? undefined : `/client-logo/${encodeURIComponent(client_id)}`;
}

/**
 * What to know of a client that describes itself. Anybody may call an application anything; what cannot be made up is the
 * host that its description came from, and the one that the browser is sent to.
 */
export function selfDescribedNotice({ client_id }: Client, redirect_uri?: string): Html {
  const source = html`Nobody here has registered this application. It describes itself at
<strong>${redirectHost(client_id)}</strong>`;
  return notice(
    'warning',
    redirect_uri === undefined
      ? html`${source}. Allow it only if you know that.`
      : html`${source}, and you will be sent to <strong>${redirectHost(redirect_uri)}</strong>.
Allow it only if you know both.`,
  );
}
