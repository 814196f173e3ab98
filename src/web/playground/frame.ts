import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { type Html, html } from '../../lib/html.ts';
import { postForm, submitButton } from '../ui/button.ts';
import { codeBlock } from '../ui/code-block.ts';
import { hiddenField } from '../ui/form.ts';
import { textsIn } from '../ui/languages.ts';
import { badge, dataTable, definitionList } from '../ui/list.ts';
import { breadcrumbs, stepper } from '../ui/navigation.ts';
import type { Page } from '../ui/page.ts';
import { disclosure } from '../ui/section.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { visitorMenu } from '../ui/visitor-menu.ts';
import { parameterMeanings } from './explanations.ts';
import { type ClientRequest, curlCommand, requestText } from './http-message.ts';
import type { Check } from './token-checks.ts';

/** The stations of a run. */
export const stations = ['Request', 'Answer', 'Tokens', 'Userinfo', 'Sign-out'] as const;
export type Station = (typeof stations)[number];

/** A page of the playground: where in the run it stands, and who is signed in. */
export function playgroundPage(
  context: Context,
  { user }: Session,
  page: Pick<Page, 'title' | 'lead' | 'body' | 'actions' | 'status'> & { readonly station: Station },
): Page {
  const { station, body, ...rest } = page;
  return {
    ...rest,
    windowTitle: `${page.title} · Playground`,
    layout: 'console',
    // As the console, it speaks English alone.
    language: 'en',
    styles: ['console.css'],
    breadcrumbs: breadcrumbs(
      station === 'Request' ? { label: 'Console', href: '/admin' } : { label: 'Playground', href: '/playground' },
    ),
    account: visitorMenu(textsIn(context, 'en', uiTexts), user),
    body: html`${stepper('The stations of a run', stations, stations.indexOf(station))}${body}`,
  };
}

/** A form of one button that carries the run on to its next station. */
export function runForm(form: {
  readonly action: string;
  readonly sealed: string;
  readonly label: string;
  readonly id?: string;
  readonly kind?: 'primary' | 'quiet';
}): Html {
  const { action, sealed, label, id, kind = 'primary' } = form;
  return postForm({
    action,
    inline: true,
    body: html`${hiddenField('run', sealed)}${submitButton({ label, kind, ...(id === undefined ? {} : { id }) })}`,
  });
}

/** A request as it was sent, what its parameters mean, and the command that sends it. */
export function requestBlock(label: string, request: ClientRequest, curlOptions = ''): Html {
  return html`${codeBlock(requestText(request), label)}
${
  Object.keys(request.parameters ?? {}).length > 0 &&
  disclosure('What the parameters mean', parameterList(request.parameters ?? {}))
}
${disclosure('The same with curl', codeBlock(curlCommand(request, curlOptions), `${label} with curl`))}`;
}

/** Parameters with their meaning; what is long stands in full in the request itself. */
export function parameterList(parameters: Readonly<Record<string, string>>): Html {
  return definitionList(
    Object.entries(parameters).map(([name, value]) => {
      const meaning = parameterMeanings[name];
      return {
        term: html`<code>${name}</code>`,
        value: html`<code>${shortened(value)}</code>`,
        ...(meaning && { hint: meaning }),
      };
    }),
  );
}

/** Checks and how they ended. */
export function checkTable(caption: string, checks: readonly Check[]): Html {
  return dataTable({
    caption,
    rows: checks,
    columns: [
      { heading: 'Check', cell: ({ name }) => name },
      { heading: 'What must hold', cell: ({ rule }) => rule },
      { heading: 'Found', cell: ({ found }) => html`<code>${found}</code>` },
      { heading: 'Result', cell: ({ passed }) => (passed ? badge('passed', 'good') : badge('failed', 'bad')) },
    ],
  });
}

function shortened(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 60)}…`;
}
