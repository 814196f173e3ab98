import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { OAuthError } from '../../lib/errors.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { languageOf } from './languages.ts';
import { sendPage } from './page.ts';

/** What an error page says: to the visitor a calm sentence, to the administrator where to look. */
export interface ErrorPage {
  /** `Request error` unless given. */
  readonly heading?: string;
  /** What happened, for the visitor: calm, no blame, nothing of our insides. */
  readonly message: string;
  /** What the visitor can do now. */
  readonly whatToDo?: HtmlValue;
  readonly status: number;
  /** An own path where an administrator sees what was received. */
  readonly diagnosisUrl?: string;
}

/** Thrown by the code behind a page, to be answered with an error page. */
export class PageError extends Error {
  readonly page: ErrorPage;
  constructor(page: ErrorPage) {
    super(page.message);
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
  return sendPage(context, reply, {
    title: page.heading ?? 'Request error',
    status: page.status,
    // Without the menu of languages, which repeats the address that was asked for.
    language: languageOf(context, request),
    body: errorBody(page, request.id),
  });
}

/** The error handler of a part that serves pages: what we threw is told as it is, anything else is our bug. */
export function answerWithErrorPage(context: Context) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof PageError) return sendErrorPage(context, request, reply, error.page);
    if (error instanceof OAuthError && error.status < 500) {
      return sendErrorPage(context, request, reply, { message: `${error.error_description}.`, status: error.status });
    }
    const status = statusOf(error);
    if (status < 500) return sendErrorPage(context, request, reply, { ...refused(status), status });
    request.log.error({ err: error }, 'a page failed');
    if (status === 503) reply.header('retry-after', '5');
    return sendErrorPage(context, request, reply, { ...failed(status), status });
  };
}

/** The answer to an address where there is nothing. */
export function sendNotFound(context: Context, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendErrorPage(context, request, reply, { ...refused(404), status: 404 });
}

function errorBody(page: ErrorPage, reference: string): Html {
  const diagnosis = page.diagnosisUrl?.startsWith('/') && !page.diagnosisUrl.startsWith('//') && page.diagnosisUrl;
  return html`<p id="error-message" role="alert">${page.message}</p>
${page.whatToDo && html`<p>${page.whatToDo}</p>`}
<p class="reference">Reference <code>${reference}</code>${diagnosis && html` · <a href="${diagnosis}">For the administrator</a>`}</p>`;
}

function statusOf(error: unknown): number {
  if (error instanceof OAuthError) return error.status;
  if (error instanceof StorageError) return error.reason === 'unavailable' ? 503 : 500;
  // Fastify's own refusals (a body too large, an unknown content type) carry their status so.
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function refused(status: number): Pick<ErrorPage, 'heading' | 'message' | 'whatToDo'> {
  if (status === 404) {
    return {
      heading: 'Page not found',
      message: 'There is nothing at this address.',
      whatToDo: html`<a href="/">Go to the start</a>`,
    };
  }
  return { message: 'This request could not be understood.', whatToDo: 'Go back and try again.' };
}

function failed(status: number): Pick<ErrorPage, 'heading' | 'message' | 'whatToDo'> {
  if (status === 503) {
    return {
      heading: 'Just a moment',
      message: 'Castellan is very busy.',
      whatToDo: 'Please try again in a few seconds.',
    };
  }
  return {
    heading: 'Something went wrong',
    message: 'The fault is on our side, and it has been noted.',
    whatToDo: 'Please try again. If it happens again, give your administrator the reference.',
  };
}
