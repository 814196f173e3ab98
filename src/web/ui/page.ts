/**
 * What pages are made of. A page is a `Page`, sent by `sendPage`, its body composed of the parts beside this file:
 * form, button, list, notice, section, navigation, portrait, permission-list, code-block, icon. Each part is a pure
 * function from plain data to Html; its looks are in assets/style.css, and what scripts add to it in assets/page.js.
 */
import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import { type Brand, brandWith, findBrand, house } from '../../identity/brands/index.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { Translate } from '../../lib/message-format.ts';
import { attributes } from './attributes.ts';
import { brandIcon, brandLinks, brandMark, brandNote, isStaged } from './brand/brand-parts.ts';
import { brandStylesheet } from './brand/stylesheet.ts';
import { languageMenu } from './language-menu.ts';
import { type Language, languageOf, languages, textsIn } from './languages.ts';
import { setPageHeaders } from './page-headers.ts';
import type { en } from './texts/en.ts';
import { uiTexts } from './texts/index.ts';

/** A page as plain data: what stands in it, in which frame, and where its forms may lead. */
export interface Page {
  /** The page's one h1, and the window's title. */
  readonly title: string;
  /** Replaces the window's title, where it should say more than the h1. */
  readonly windowTitle?: string;
  /** One quiet sentence under the heading. */
  readonly lead?: HtmlValue;
  readonly body: Html;
  /** That of whoever asked for the page, unless given. */
  readonly language?: Language;
  /** 200 unless given. */
  readonly status?: number;
  /** A calm centred card, for the road of signing in (default); or the wide frame of the console and the account. */
  readonly layout?: 'card' | 'console';
  /** In a card, above the heading: an icon, a `clientHeader`, a `stepper`. */
  readonly above?: HtmlValue;
  /** In a card, under the card: a link or two. */
  readonly below?: HtmlValue;
  /** In the console: the side navigation, see `navigation`. */
  readonly navigation?: Html;
  /** In the console: the right end of the header, see `accountMenu`. */
  readonly account?: Html;
  /** In the console: the way back, above the heading, see `breadcrumbs`. */
  readonly breadcrumbs?: Html;
  /** In the console: buttons beside the heading. */
  readonly actions?: HtmlValue;
  /** The client for which somebody is here: where it has looks of its own, the page has them. */
  readonly client_id?: string | undefined;
  /** Whether the sentence that the brand says to who signs in ends the card. */
  readonly hasNote?: boolean;
  /** Names of assets with rules besides `style.css`. */
  readonly styles?: readonly string[];
  /** Names of assets to run besides `page.js`. */
  readonly scripts?: readonly string[];
  /** Addresses outside to which this page's form may lead in the end: the redirect_uri of the request at hand. */
  readonly formAction?: readonly string[];
  /** Addresses outside that this page opens in frames. */
  readonly frames?: readonly string[];
}

/**
 * Sends a page. The only sender of HTML: it sets every header a page has. The page is on its way when the looks have
 * been read, so a handler returns the reply.
 */
export function sendPage(context: Context, reply: FastifyReply, page: Page): FastifyReply {
  setPageHeaders(context, reply, page);
  reply.code(page.status ?? 200);
  const language = page.language ?? languageOf(context, reply.request);
  const menu = page.language === undefined ? languageMenu(context, reply.request) : undefined;
  const isRefused = reply.request.method === 'POST' && (page.status ?? 200) >= 400;
  looksOf(context, page)
    .then((brand) => reply.send(renderPage(context, page, { language, menu, brand, isRefused })))
    .catch((error: unknown) => reply.send(error));
  return reply;
}

/** The looks of a page. Where they cannot be read, which the page may be about to say, they are ours. */
async function looksOf(context: Context, { client_id = house }: Page): Promise<Brand> {
  try {
    return await findBrand(context, client_id);
  } catch (error) {
    context.log.warn({ err: error }, 'the looks of a page could not be read');
    return brandWith(context);
  }
}

interface Manner {
  /** Whether it answers a form that was refused: then scripts give it the address of the page that sent the form. */
  readonly isRefused?: boolean;
  readonly language?: Language;
  readonly menu?: Html | undefined;
  readonly brand?: Brand;
}

/** The whole document of a page. */
export function renderPage(context: Context, page: Page, manner: Manner = {}): string {
  const { assets } = context;
  const { language = 'en', brand = brandWith(context) } = manner;
  const t = textsIn(context, language, uiTexts);
  const layout = page.layout ?? 'card';
  const styles = ['style.css', ...(page.styles ?? [])].map((name) => assets.url(name));
  const looks = brandStylesheet(context, brand, page.client_id);
  const document = html`<!doctype html>
<html lang="${language}" dir="${languages[language].dir}">
<head>
<meta charset="utf-8">
<title>${page.windowTitle ?? page.title} · ${brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<meta name="robots" content="noindex">
${brandIcon(context, brand)}
${[...styles, ...(looks ? [looks.url] : [])].map((url) => html`<link rel="stylesheet" href="${url}">\n`)}<script src="${assets.url('page.js')}" defer blocking="render"></script>
${(page.scripts ?? []).map((name) => html`<script src="${assets.url(name)}" defer></script>\n`)}</head>
<body class="${layout}-layout${isStaged(brand) ? ' staged' : ''}"${labelsForScripts(t)}${manner.isRefused && html` data-refused`}>
<a class="skip-link" href="#content">${t('skipToContent')}</a>
${layout === 'card' ? cardLayout(context, page, { ...manner, language, brand }) : consoleLayout(context, page, { ...manner, language, brand })}
</body>
</html>
`;
  return document.markup;
}

/** What `page.js` writes on the buttons that it shows. */
function labelsForScripts(t: Translate<typeof en>): Html {
  return attributes({
    'data-show': t('show'),
    'data-hide': t('hide'),
    'data-show-password': t('showPassword'),
    'data-hide-password': t('hidePassword'),
    'data-copied': t('copied'),
    'data-not-copied': t('notCopied'),
  });
}

function cardLayout(
  context: Context,
  page: Page,
  { menu, language, brand }: Manner & { readonly language: Language; readonly brand: Brand },
): Html {
  const links = brandLinks(context, brand, language);
  return html`<header class="card-header">${brandMark(context, brand)}</header>
<main id="content" class="card" tabindex="-1">
${page.above}
<h1>${page.title}</h1>
${page.lead && html`<p class="lead">${page.lead}</p>`}
${page.body}
${page.hasNote && brandNote(brand, language)}
</main>
${(page.below || links || menu) && html`<footer class="card-footer">${page.below}${links}${menu}</footer>`}`;
}

function consoleLayout(
  context: Context,
  page: Page,
  { menu, language, brand }: Manner & { readonly language: Language; readonly brand: Brand },
): Html {
  const links = page.language === undefined ? brandLinks(context, brand, language) : undefined;
  return html`<header class="bar">${brandMark(context, brand, '/')}${page.account}</header>
<div${attributes({ class: page.navigation ? 'frame with-navigation' : 'frame' })}>
${page.navigation}
<main id="content" tabindex="-1">
${page.breadcrumbs}
<div class="page-heading"><div><h1>${page.title}</h1>
${page.lead && html`<p class="lead">${page.lead}</p>`}</div>
${page.actions && html`<div class="actions">${page.actions}</div>`}</div>
${page.body}
</main>
</div>${(links || menu) && html`<footer class="card-footer">${links}${menu}</footer>`}`;
}
