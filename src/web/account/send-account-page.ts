import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { textsFor } from '../ui/languages.ts';
import { navigation } from '../ui/navigation.ts';
import { takeNews } from '../ui/news.ts';
import { type Page, sendPage } from '../ui/page.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { visitorMenu } from '../ui/visitor-menu.ts';
import { placeOf, visitorSession } from './guard.ts';
import { accountTexts } from './texts/index.ts';

/** Sends a page in the frame of the account, with what there is to say about the form sent before; its heading is the page's title unless another one is given. */
export async function sendAccountPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Omit<Page, 'layout' | 'navigation' | 'account' | 'title'> & { readonly title?: string },
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, accountTexts);
  const place = placeOf(request);
  const news = await takeNews(context, request, reply);
  const entries = place.menu.map(({ path, title, icon }) => ({ href: path, label: title(t), icon }));
  return sendPage(context, reply, {
    title: place.page.title(t),
    ...page,
    layout: 'console',
    navigation: navigation({ label: t('account'), entries, current: place.page.path }),
    account: visitorMenu(textsFor(context, request, uiTexts), user),
    body: html`<div class="own">${news}${page.body}</div>`,
  });
}
