import { type Brand, type BrandImage, house } from '../../../identity/brands/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { pictureUrl, showsName } from '../../ui/brand/brand-parts.ts';
import { accentColours } from '../../ui/brand/stylesheet.ts';
import { notice } from '../../ui/list.ts';
import { section } from '../../ui/section.ts';
import type { ConsoleContext } from '../admin-page.ts';

/**
 * How a sign-in would look with this brand, by day and by night. `appearance.js` asks for the stylesheet of the sample
 * anew while something is typed.
 */
export function brandSample(context: ConsoleContext, brand: Brand, client_id: string): Html {
  const { accent = '', background = '', corners = '' } = brand;
  const query = new URLSearchParams({ accent, background, corners, ...(client_id !== house && { client_id }) });
  const { logo, logo_dark = logo } = brand.images;
  const name = showsName(brand) ? undefined : brand.name;
  return section({
    heading: 'Sample',
    lead: 'As it would be; nobody else sees it before it is saved.',
    body: html`<link rel="stylesheet" id="appearance-sample" href="/brand/sample.css?${query.toString()}">
<div class="samples">${card('light', 'by day', name, logo)}${card('dark', 'by night', name, logo_dark)}</div>
${accent !== '' && adjusted(context, accent)}`,
  });
}

function card(scheme: 'light' | 'dark', when: string, name: string | undefined, logo: BrandImage | undefined): Html {
  const image = logo && html`<img src="${pictureUrl(logo)}" alt="" width="${logo.width}" height="${logo.height}">`;
  return html`<figure class="sample ${scheme}" role="img" aria-label="A page for signing in, ${when}"><div inert>
<p class="brand">${image}${name !== undefined && html`<span data-sample-name>${name}</span>`}</p>
<p class="sample-heading">Sign in</p>
<p><span class="sample-field">User name</span></p>
<p><span class="button primary wide">Sign in</span></p>
<p><span class="sample-link">Create an account</span></p></div></figure>`;
}

/** Says where a colour is not shown as it was chosen. */
function adjusted(context: ConsoleContext, accent: string): Html | undefined {
  const { light, dark } = accentColours(context, accent);
  const changes = [
    ...(light === accent ? [] : [html`by day links have <code>${light}</code>`]),
    ...(dark === accent ? [] : [html`by night <code>${dark}</code>`]),
  ];
  if (changes.length === 0) return undefined;
  const list = changes.length === 1 ? changes : [changes[0], ', and ', changes[1]];
  return notice('neutral', html`Buttons have <code>${accent}</code>. So that text stays readable, ${list}.`);
}
