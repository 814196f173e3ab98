import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { OAuthError } from '../../lib/errors.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { linkButton } from './button.ts';
import { type ErrorTexts, errorTexts } from './error-texts/texts/index.ts';
import { icon } from './icon.ts';
import { languageOf, textsFor } from './languages.ts';
import { sendPage } from './page.ts';

/** A text in the reader's language already; or one of `error-texts`, found where the page is sent, such as `(t) => t('startAgain')`. */
export type ErrorText<Value = string> = Value | ((t: ErrorTexts) => Value);

/** What an error page says: to the visitor a calm sentence, to the administrator where to look. */
export interface ErrorPage {
  /** `Request error` unless given. */
  readonly heading?: ErrorText;
  /** What happened, for the visitor: calm, no blame, nothing of our insides. */
  readonly message: ErrorText;
  /** The same for those who understand it: the description of an OAuth error, which is always English. */
  readonly technical?: string;
  /** What the visitor can do now, with a way on; a button to the start page unless given. */
  readonly whatToDo?: ErrorText<HtmlValue>;
  readonly status: number;
  /** An own path where an administrator sees what was received. */
  readonly diagnosisUrl?: string;
}

/** Thrown by the code behind a page, to be answered with an error page. */
export class PageError extends Error {
  readonly page: ErrorPage;
  constructor(page: ErrorPage) {
    super(typeof page.message === 'string' ? page.message : 'a page refused what it was asked for');
    this.name = 'PageError';
    this.page = page;
  }
}

/** Answers with an error page: the visitor's sentence, a reference, and for the administrator a link. */
export function sendErrorPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  page: ErrorPage,
): FastifyReply {
  const t = textsFor(context, request, errorTexts);
  return sendPage(context, reply, {
    title: page.heading === undefined ? t('requestError') : textIn(t, page.heading),
    status: page.status,
    above: icon(page.status < 500 ? 'info' : 'warning'),
    // Without the menu of languages, which repeats the address that was asked for.
    language: languageOf(context, request),
    body: errorBody(t, page, request.id),
  });
}

/** The error handler of a part that serves pages: what we threw is told as it is, anything else is our bug. */
export function answerWithErrorPage(context: Context) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof PageError) return sendErrorPage(context, request, reply, error.page);
    if (error instanceof OAuthError && error.status < 500) {
      const { error_description, status } = error;
      return sendErrorPage(context, request, reply, { ...refused(status), technical: `${error_description}.`, status });
    }
    const status = statusOf(error);
    if (status < 500) return sendErrorPage(context, request, reply, { ...refused(status), status });
    request.log.error({ err: error }, 'a page failed');
    if (status === 503) reply.header('retry-after', '5');
    return sendErrorPage(context, request, reply, { ...failed(status), status });
  };
}

/** The answer to an address where there is nothing (404), or nothing but a form to send there (405). */
export function sendNotFound(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 404 | 405 = 404,
): FastifyReply {
  return sendErrorPage(context, request, reply, { ...refused(status), status });
}

function errorBody(t: ErrorTexts, page: ErrorPage, reference: string): Html {
  const { message, technical, whatToDo } = page;
  const diagnosis = page.diagnosisUrl?.startsWith('/') && !page.diagnosisUrl.startsWith('//') && page.diagnosisUrl;
  return html`<div id="error-message" role="alert"><p>${textIn(t, message)}</p>
${technical && html`<p class="hint" lang="en">${technical}</p>`}</div>
<div>${whatToDo === undefined ? toStart(t) : textIn<HtmlValue>(t, whatToDo)}</div>
<p class="reference">${t('reference')} <code>${reference}</code>${diagnosis && html` · <a href="${diagnosis}">${t('forAdministrator')}</a>`}</p>`;
}

/** The way on of a page that has no better one. */
export const toStart = (t: ErrorTexts): HtmlValue =>
  linkButton({ label: t('goToStart'), href: '/', kind: 'quiet', wide: true });

function textIn<Value>(t: ErrorTexts, text: ErrorText<Value>): Value {
  return text instanceof Function ? text(t) : text;
}

function statusOf(error: unknown): number {
  if (error instanceof OAuthError) return error.status;
  if (error instanceof StorageError) return error.reason === 'unavailable' ? 503 : 500;
  // Fastify's own refusals (a body too large, an unknown content type) carry their status so.
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function refused(status: number): Pick<ErrorPage, 'heading' | 'message' | 'whatToDo'> {
  if (status === 404) return { heading: (t) => t('notFound'), message: (t) => t('nothingHere') };
  if (status === 405) return { heading: (t) => t('notFound'), message: (t) => t('belongsToForm') };
  return { message: (t) => t('notUnderstood'), whatToDo: (t) => html`<p>${t('goBack')}</p>${toStart(t)}` };
}

function failed(status: number): Pick<ErrorPage, 'heading' | 'message' | 'whatToDo'> {
  if (status === 503) {
    return {
      heading: (t) => t('justAMoment'),
      message: (t) => t('busy'),
      whatToDo: (t) => t('tryInSeconds'),
    };
  }
  return {
    heading: (t) => t('wentWrong'),
    message: (t) => t('ourFault'),
    whatToDo: (t) => t('tryOrTell'),
  };
}
