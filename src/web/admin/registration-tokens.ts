import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import {
  addInitialAccessToken,
  findUsableInitialAccessToken,
  type InitialAccessToken,
  listInitialAccessTokens,
  newInitialAccessTokenSchema,
  removeInitialAccessToken,
} from '../../protocol/client-registration/initial-access-tokens.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { formOf } from '../ui/form-body.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { icon } from '../ui/icon.ts';
import { dataTable, emptyState } from '../ui/list.ts';
import { breadcrumbs } from '../ui/navigation.ts';
import { notice } from '../ui/notice.ts';
import { timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { formProblems } from './clients/client-form.ts';
import { confirmation } from './confirmation.ts';
import { notFound, sendConsolePage } from './console-page.ts';
import { type FormPart, renderParts, summaryOf } from './form-part.ts';
import { actorOf } from './guard.ts';
import { number, readFields } from './member-field.ts';
import { redirectWithNews } from './news.ts';
import { noFilters, readPage } from './paging.ts';

type TokenRequest = FastifyRequest<{ Params: { token_id: string } }>;

const path = '/admin/registration-tokens';
const removal = `${path}/:token_id/remove`;
const title = 'Registration tokens';
const daySeconds = 86_400;

const part: FormPart = {
  heading: 'Make a token',
  lead: 'It is shown once. Whoever has it registers applications, without a sign-in.',
  fields: [
    number('uses', { label: 'How often', hint: 'From 1 to 10000. Empty: once.', suffix: 'applications' }),
    number('days', { label: 'Good for', hint: 'From 1 to 3650. Empty: one day.', suffix: 'days' }),
  ],
};

/** The initial access tokens with which applications register themselves: which there are, making one, removing one. */
export const registrationTokens: AdminPage = {
  name: 'registration-tokens',
  path,
  title,
  icon: 'plus',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, (request, reply) => sendTokens(context, request, reply));
    app.post(path, (request, reply) => addToken(context, request, reply));
    app.get(removal, async (request: TokenRequest, reply) =>
      askWhetherToRemove(context, request, reply, await requireToken(context, request)),
    );
    app.post(removal, async (request: TokenRequest, reply) => {
      const { id } = await requireToken(context, request);
      await removeInitialAccessToken(context, id, await actorOf(context, request));
      return redirectWithNews(context, request, reply, path, { text: 'The token is removed and works no more.' });
    });
  },
};

async function addToken(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const values = readFields(part.fields, requireUnrepeated(formOf(request)));
  const parsed = newInitialAccessTokenSchema.safeParse(values);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({ member: String(issue.path[0]), message: issue.message }));
    return sendTokens(context, request, reply, { values, problems: formProblems(issues), status: 400 });
  }
  const { uses, days } = parsed.data;
  const actor = await actorOf(context, request);
  const { token } = await addInitialAccessToken(context, { uses, seconds: days * daySeconds }, actor);
  return redirectWithNews(context, request, reply, path, {
    text: 'The token is made. Copy it now: it is never shown again.',
    secret: { label: 'Initial access token', value: token },
  });
}

async function sendTokens(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly problems: FormProblems;
    readonly status?: number;
  } = { values: {}, problems: {} },
): Promise<FastifyReply> {
  const { values, problems, status } = form;
  const { rows, pagination } = await readPage(context, request, {
    path,
    filters: noFilters,
    find: (_, page) => listInitialAccessTokens(context.database, context.now(), page),
    cursorOf: ({ id }) => id,
  });
  return sendConsolePage(context, request, reply, {
    title,
    lead: 'With an initial access token an application registers itself (RFC 7591), for as often and as long as the token says.',
    ...(status !== undefined && { status }),
    body: html`${whatIsSwitchedOn(context)}${summaryOf([part], problems)}${tokensTable(rows)}${pagination}${postForm({
      id: 'registration-token-form',
      body: html`${renderParts([part], values, problems)}${buttonRow(
        submitButton({ label: 'Make the token', id: 'registration-token-submit' }),
      )}`,
    })}`,
  });
}

function whatIsSwitchedOn({ config }: ConsoleContext): Html | undefined {
  if (config.clientRegistration !== 'off') return undefined;
  return notice(
    'warning',
    html`Nothing can register with a token yet: the setting <code>CLIENT_REGISTRATION</code> is <code>off</code>.`,
  );
}

function tokensTable(rows: readonly InitialAccessToken[]): Html {
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({
      icon: icon('plus'),
      heading: 'No token',
      text: 'None is good at present: those that are used up or have expired are not shown.',
    }),
    columns: [
      { heading: 'Name', kind: 'code', cell: ({ id }) => id },
      { heading: 'Uses left', kind: 'number', cell: ({ uses_left }) => uses_left },
      { heading: 'Made', cell: ({ created_at }) => timeTag(created_at) },
      { heading: 'Expires', cell: ({ expires_at }) => timeTag(expires_at) },
      {
        heading: 'Actions',
        kind: 'actions',
        cell: ({ id }) =>
          linkButton({
            label: html`Remove…<span class="unseen"> ${id}</span>`,
            kind: 'danger',
            href: `${path}/${id}/remove`,
          }),
      },
    ],
  });
}

function askWhetherToRemove(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { uses_left, created_at }: InitialAccessToken,
): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    title: 'Remove this token?',
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: confirmation({
      text: html`<p>It was made ${timeTag(created_at)}. Uses left: ${uses_left}. Nothing can register with it any more;
applications that did so stay.</p>`,
      action: 'Remove the token',
      cancel: path,
    }),
  });
}

/** The token that the address names. Throws a page that there is none. */
async function requireToken({ database, now }: ConsoleContext, request: TokenRequest): Promise<InitialAccessToken> {
  const token = await findUsableInitialAccessToken(database, request.params.token_id, now());
  if (!token) throw notFound('token', { label: title, href: path });
  return token;
}
