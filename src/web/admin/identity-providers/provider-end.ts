/** Disabling and removing a provider: who would be left without a way to sign in is told before. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countFederatedIdentities } from '../../../identity/federated-identities.ts';
import { type Html, html } from '../../../lib/html.ts';
import { OperatorError } from '../../../lib/operator-error.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import {
  disableIdentityProvider,
  removeIdentityProvider,
} from '../../../protocol/identity-providers/registered-providers.ts';
import { linkButton, postForm, submitButton } from '../../ui/button.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { sendConsolePage } from '../console-page.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { type ProviderRequest, path, requireProvider, title } from './requested-provider.ts';

/** Takes a provider off the sign-in page, or puts it back. */
export async function switchProvider(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
  { disabled }: { readonly disabled: boolean },
): Promise<FastifyReply> {
  const { name } = await requireProvider(context, request);
  const page = `${path}/${name}`;
  const isAsked = requireUnrepeated(formOf(request)).asked === 'true';
  if (disabled && !isAsked && (await countWithoutOther(context, name)) > 0)
    return reply.redirect(`${page}/disable`, 303);
  const actor = await actorOf(context, request);
  const text = disabled ? 'Nobody can sign in through it any more.' : 'People can sign in through it again.';
  return unlessRefused(context, request, reply, page, async () => {
    await disableIdentityProvider(context, name, { disabled }, actor);
    return redirectWithNews(context, request, reply, page, { text });
  });
}

/** Asks whether to disable a provider that is the only way in for somebody. */
export async function askWhetherToDisable(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { name, settings } = await requireProvider(context, request);
  return sendConsolePage(context, request, reply, {
    title: `Disable ${settings.label}?`,
    breadcrumbs: breadcrumbs({ label: title, href: path }, { label: settings.label, href: `${path}/${name}` }),
    body: confirmation({
      text: html`<p>Nobody can sign in through it then. Sessions that there are go on, and who people are there is
kept.</p>${withoutOtherText(await countWithoutOther(context, name))}`,
      fields: hiddenField('asked', 'true'),
      action: 'Disable the provider',
      cancel: `${path}/${name}`,
    }),
  });
}

/** Asks whether to remove a provider, and says what follows. */
export async function askWhetherToRemove(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { name, settings } = await requireProvider(context, request);
  if (!(await isRecentlySignedIn(context, request)))
    return redirectToSignIn(context, request, reply, `${path}/${name}/remove`);
  const counts = (await countFederatedIdentities(context)).get(name);
  const { people = 0, without_other = 0 } = counts ?? {};
  return sendConsolePage(context, request, reply, {
    title: `Remove ${settings.label}?`,
    breadcrumbs: breadcrumbs({ label: title, href: path }, { label: settings.label, href: `${path}/${name}` }),
    body: confirmation({
      text: html`<p>${people === 1 ? '1 person is' : `${people} people are`} connected to it. Their accounts stay, but who they
are there is forgotten, and should the provider be added again, each has to be connected again.</p>${withoutOtherText(without_other)}`,
      action: 'Remove the provider',
      cancel: `${path}/${name}`,
    }),
  });
}

/** Removes a provider. */
export async function removeProvider(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { name } = await requireProvider(context, request);
  if (!(await isRecentlySignedIn(context, request)))
    return redirectToSignIn(context, request, reply, `${path}/${name}/remove`);
  const actor = await actorOf(context, request);
  return unlessRefused(context, request, reply, `${path}/${name}`, async () => {
    await removeIdentityProvider(context, name, actor);
    return redirectWithNews(context, request, reply, path, { text: 'The provider is removed.' });
  });
}

async function countWithoutOther(context: ConsoleContext, name: string): Promise<number> {
  return (await countFederatedIdentities(context)).get(name)?.without_other ?? 0;
}

function withoutOtherText(people: number): Html | undefined {
  if (people === 0) return undefined;
  return html`<p><strong>${people === 1 ? '1 person has' : `${people} people have`} no other way to sign in</strong>, and will
need a recovery link.</p>`;
}

/** Tells at `page` why it was refused, when it was: nobody may be left who can administer. */
async function unlessRefused(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  page: string,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return redirectWithNews(context, request, reply, page, { text: error.message, isRefusal: true });
  }
}

/** The part of the page that disables a provider, or enables it again. */
export function disablingOf({ name, disabled }: IdentityProvider) {
  const act = disabled ? 'enable' : 'disable';
  return {
    heading: disabled ? 'Let people sign in through it again' : 'Disable it',
    text: disabled
      ? 'The button is on the sign-in page again.'
      : 'The button goes, and nobody signs in through it. Sessions that there are go on, and who people are there is kept.',
    action: postForm({
      action: `${path}/${name}/${act}`,
      inline: true,
      body: submitButton({ label: disabled ? 'Enable' : 'Disable', kind: 'quiet', id: `provider-${act}` }),
    }),
  };
}

/** The part of the page that leads to the removal of a provider. */
export function removalOf({ name }: IdentityProvider) {
  return {
    heading: 'Remove it',
    text: 'With all that is known of who people are there.',
    action: linkButton({ label: 'Remove…', href: `${path}/${name}/remove`, kind: 'danger', id: 'provider-remove' }),
  };
}
