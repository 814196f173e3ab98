import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type ListedPerson,
  listColumns,
  longestList,
  longestListText,
  readInvitationList,
} from '../../../identity/invitation-list.ts';
import { createInvitationList, type NewInvitation } from '../../../identity/invitations.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import { UserError } from '../../../identity/users.ts';
import { CsvError } from '../../../lib/csv.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary, textArea } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { dataTable, notice } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import { formSection } from '../../ui/section.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { actorOf } from '../guard.ts';
import { flag, readFields } from '../member-field.ts';
import { daysField, languageField, languageIn } from './invitation-form.ts';
import { invitationsPath } from './invitation-page.ts';
import { madeListPath } from './made-list.ts';

const path = `${invitationsPath}/import`;
/** A list in which every character is encoded. */
const bodyLimit = longestListText * 3 + 4096;
const script = 'csv-file.js';
const sendField = flag('send', { label: 'Send each link to the e-mail address of its line' });

interface ListForm {
  readonly list: string;
  readonly days: unknown;
  readonly send: unknown;
  readonly language: unknown;
  readonly people?: readonly ListedPerson[];
  readonly problem?: string;
}

/** Inviting a whole list of people: what would be made is shown first, and then all of it is made or nothing. */
export function importRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(path, (request, reply) =>
    sendForm(context, request, reply, { list: '', days: 7, send: true, language: 'en' }),
  );

  app.post(path, { bodyLimit }, async (request, reply) => {
    const typed = requireUnrepeated(formOf(request, longestListText));
    const { list = '', decision } = typed;
    const { days, send, language } = readFields([daysField, sendField, languageField], typed);
    const form = { list, days, send, language };
    try {
      const people = await readInvitationList(context, list, typeof days === 'number' ? days : Number.NaN);
      const fine = people.flatMap(({ invitation }) => invitation ?? []);
      const isWhole = fine.length === people.length;
      if (!isWhole || decision !== 'make')
        return await sendForm(context, request, reply, { ...form, people }, isWhole ? 200 : 400);
      return await make(context, request, reply, fine, { sendsMail: send === true, language: languageIn(language) });
    } catch (error) {
      if (!(error instanceof UserError || error instanceof CsvError)) throw error;
      return sendForm(context, request, reply, { ...form, problem: error.message }, 400);
    }
  });
}

async function make(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  invitations: readonly NewInvitation[],
  terms: Parameters<typeof createInvitationList>[2],
): Promise<FastifyReply> {
  const list_id = await createInvitationList(context, invitations, terms, await actorOf(context, request));
  return reply.header('cache-control', 'no-store').redirect(madeListPath(list_id), 303);
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ListForm,
  status = 200,
): Promise<FastifyReply> {
  const { people, problem } = form;
  return sendConsolePage(context, request, reply, {
    title: 'Invite a list of people',
    lead: 'Nothing is made before you have seen what would be.',
    status,
    scripts: [script],
    breadcrumbs: breadcrumbs({ label: 'Invitations', href: invitationsPath }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'field-list' }])}${people && preview(people)}${postForm(
      {
        id: 'import-form',
        body: html`${fields(context, form)}${buttons(people)}`,
      },
    )}`,
  });
}

function fields(context: ConsoleContext, { list, days, send, language, problem }: ListForm): Html {
  return html`${formSection({
    heading: 'The list',
    lead: html`CSV with commas, semicolons or tabs. The first line names the columns, some of <code>${listColumns.join(',')}</code>;
several groups are separated by <code>|</code>, and <code>expires</code> is the last day of the account. At most ${longestList} people.`,
    body: html`${textArea({
      name: 'list',
      label: 'People',
      rows: 8,
      code: true,
      value: list,
      placeholder: 'email,name,groups\nanna@example.com,Anna Lee,staff|printing',
      ...(problem !== undefined && { problem }),
    })}<div class="field" data-fills="field-list" data-longest="${longestListText}" hidden><label for="list-file">Or take it from a file</label>
<input type="file" id="list-file" accept=".csv,.tsv,.txt,text/csv"></div>`,
  })}${formSection({
    heading: 'The links',
    lead: 'One for each person. They can be withdrawn one by one.',
    body: html`${daysField.render(days)}${isMailConfigured(context) && [sendField.render(send), languageField.render(language)]}`,
  })}`;
}

function buttons(people: readonly ListedPerson[] | undefined): Html {
  const isReady = people?.every(({ invitation }) => invitation) === true;
  return buttonRow(
    isReady &&
      submitButton({
        id: 'import-make',
        name: 'decision',
        value: 'make',
        label: people.length === 1 ? 'Make 1 invitation' : `Make ${people.length} invitations`,
      }),
    submitButton({
      id: 'import-check',
      name: 'decision',
      value: 'check',
      label: people ? 'Check again' : 'Check the list',
      kind: isReady ? 'quiet' : 'primary',
    }),
    linkButton({ label: 'Cancel', href: invitationsPath, kind: 'quiet' }),
  );
}

function preview(people: readonly ListedPerson[]): Html {
  const wrong = people.filter(({ invitation }) => !invitation);
  return html`${
    wrong.length === 0
      ? notice('good', `Nothing stands against these ${people.length} invitations.`)
      : notice(
          'bad',
          `${wrong.length} of ${people.length} lines cannot be as they are, so nothing is made. Change them below.`,
        )
  }${dataTable({
    caption: 'What would be made',
    rows: [...wrong, ...people.filter(({ invitation }) => invitation)],
    columns: [
      { heading: 'Line', kind: 'number', cell: ({ line }) => line },
      { heading: 'E-mail address', cell: ({ cells }) => cells.email ?? '–' },
      { heading: 'Name', cell: ({ cells }) => cells.name ?? '–' },
      { heading: 'User name', cell: ({ cells }) => cells.username ?? '–' },
      { heading: 'Groups', cell: ({ cells, invitation }) => (invitation?.groups.join(', ') ?? cells.groups) || '–' },
      { heading: 'Expires', cell: ({ cells }) => cells.expires ?? '–' },
      { heading: 'Problem', cell: ({ problems }) => problems.join(' ') || '–' },
    ],
  })}`;
}
