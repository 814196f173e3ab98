import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { clientMetadataSchema } from '../../../protocol/client-metadata.ts';
import { registerClient } from '../../../protocol/register-client.ts';
import { readClientMetadata } from '../../../protocol/registrable-metadata.ts';
import { hiddenField, passwordField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { breadcrumbs, stepper } from '../../ui/navigation.ts';
import { linkTiles } from '../../ui/tiles.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import type { FormPart } from '../form-part.ts';
import { actorOf } from '../guard.ts';
import { line } from '../member-field.ts';
import { redirectWithNews } from '../news.ts';
import { type ClientForm, clientForm, formProblems, problemOfRefusal, readClientForm } from './client-form.ts';
import { clientPath, clientsPath } from './client-page.ts';
import { type ClientKind, clientKinds } from './kinds.ts';

const path = `${clientsPath}/new`;
const title = 'Register an application';
const steps = ['Kind', 'Details'];

/** Registering a client: first what kind of application it is, then the form with presets for that kind. */
export function newClientRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(path, (request, reply) => {
    const kind = clientKinds.get(requireUnrepeated(queryOf(request)).kind ?? '');
    if (!kind) return sendKinds(context, request, reply);
    const values = { ...clientMetadataSchema.parse({}), ...kind.metadata };
    return sendForm(context, request, reply, kind, { values, problems: {} });
  });

  app.post(path, async (request, reply) => {
    const typed = requireUnrepeated(formOf(request));
    const kind = clientKinds.get(typed.kind ?? '');
    if (!kind) return sendKinds(context, request, reply);
    const values = readClientForm(context, typed);
    const given = { client_id: typed.client_id, client_secret: typed.client_secret };
    const again = (problems: ClientForm['problems']) =>
      sendForm(context, request, reply, kind, {
        values: { ...values, client_id: given.client_id },
        problems,
        status: 400,
      });

    const read = readClientMetadata(values, given.client_id ?? kind.label);
    if ('problems' in read) return again(formProblems(read.problems));
    try {
      const registered = await registerClient(context, values, await actorOf(context, request), given);
      const { client_secret } = registered;
      const isNew = client_secret !== undefined && given.client_secret === undefined;
      return await redirectWithNews(context, request, reply, clientPath(registered.client.client_id), {
        text: isNew
          ? 'The application is registered. Copy its secret now: it is never shown again.'
          : 'The application is registered.',
        ...(isNew && { secret: { label: 'Client secret', value: client_secret } }),
      });
    } catch (error) {
      const problems = problemOfRefusal(error);
      if (!problems) throw error;
      return again(problems);
    }
  });
}

function sendKinds(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    title,
    lead: 'What kind of application is it? This presets the form; everything can be changed there.',
    breadcrumbs: breadcrumbs({ label: 'Applications', href: clientsPath }),
    body: html`${stepper('Registration', steps, 0)}${linkTiles(
      'Kinds of application',
      [...clientKinds.values()].map(({ name, label, hint, icon }) => ({
        icon,
        label,
        hint,
        href: `${path}?kind=${name}`,
      })),
    )}`,
  });
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: ClientKind,
  form: Pick<ClientForm, 'values' | 'problems'> & { readonly status?: number },
): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    title,
    lead: html`${kind.label} · <a href="${path}">another kind</a>`,
    ...(form.status !== undefined && { status: form.status }),
    breadcrumbs: breadcrumbs({ label: 'Applications', href: clientsPath }),
    body: html`${stepper('Registration', steps, 1)}${clientForm(context, {
      ...form,
      more: [move],
      hidden: hiddenField('kind', kind.name),
      submit: 'Register',
      cancel: clientsPath,
    })}`,
  });
}

/** For an application that was registered elsewhere before and keeps its credentials. */
const move: FormPart = {
  heading: 'Move an existing application here',
  lead: 'It can keep the client ID and the secret that it has. Leave both empty for new ones.',
  isFolded: true,
  fields: [
    line('client_id', { label: 'Client ID', code: true, maxlength: 200 }),
    {
      member: 'client_secret',
      label: 'Client secret',
      id: 'field-client_secret',
      render: (_value, problem) =>
        passwordField({ name: 'client_secret', label: 'Client secret', autocomplete: 'new-password', problem }),
      read: (typed) => typed.client_secret,
    },
  ],
};
