import { type Html, html, safeUrl } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { notice } from './notice.ts';
import { permissionTexts } from './permissions/texts/index.ts';

/** The host to which the answer goes, or the scheme of a native application, for the person to see. */
export function redirectHost(redirect_uri: string): string {
  const url = URL.canParse(redirect_uri) ? new URL(redirect_uri) : undefined;
  return url?.host || (url?.protocol ?? redirect_uri);
}

/** Where an application is at home and what it says of its own rules (RFC 7591 §2); nothing when it says nothing. */
export function clientLinks(
  reader: Reader,
  client: {
    readonly client_uri?: string | undefined;
    readonly policy_uri?: string | undefined;
    readonly tos_uri?: string | undefined;
  },
): Html | undefined {
  const t = reader.with(permissionTexts);
  const links = [
    { label: t('website'), url: safeUrl(client.client_uri) },
    { label: t('privacyPolicy'), url: safeUrl(client.policy_uri) },
    { label: t('termsOfService'), url: safeUrl(client.tos_uri) },
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
export function selfDescribedNotice(reader: Reader, { client_id }: Client, redirect_uri?: string): Html {
  const t = reader.with(permissionTexts);
  const source = html`<strong>${redirectHost(client_id)}</strong>`;
  if (redirect_uri === undefined) return notice('warning', html`${t.rich('selfDescribed', { source })}`);
  const destination = html`<strong>${redirectHost(redirect_uri)}</strong>`;
  return notice('warning', html`${t.rich('selfDescribedTo', { source, destination })}`);
}
