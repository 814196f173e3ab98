import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../lib/html.ts';
import { PageError } from '../ui/error-page.ts';
import { textsIn } from '../ui/languages.ts';
import { navigation } from '../ui/navigation.ts';
import { type Page, sendPage } from '../ui/page.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { visitorMenu } from '../ui/visitor-menu.ts';
import type { ConsoleContext } from './admin-page.ts';
import { administratorSession } from './guard.ts';
import { takeNews } from './news.ts';

/** Sends a page in the frame of the console, with what there is to say about the form sent before. */
export async function sendConsolePage(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Omit<Page, 'layout' | 'navigation' | 'account'>,
): Promise<FastifyReply> {
  const { user } = await administratorSession(context, request);
  const news = await takeNews(context, request, reply);
  return sendPage(context, reply, {
    ...page,
    language: 'en',
    layout: 'console',
    styles: ['console.css'],
    navigation: navigation({ label: 'Console', entries: context.menu, current: context.current }),
    account: visitorMenu(textsIn(context, 'en', uiTexts), user),
    body: html`${news}${page.body}`,
  });
}

/** What an address of the console says that names something which is not, or no longer, there. */
export function notFound(what: string, list: { readonly label: string; readonly href: string }): PageError {
  return new PageError({
    heading: `No such ${what}`,
    message: `There is no ${what} at this address. It may have been removed.`,
    whatToDo: html`<a href="${list.href}">${list.label}</a>`,
    status: 404,
  });
}
