import type { FastifyReply, FastifyRequest } from 'fastify';
import { countFederatedIdentities } from '../../../identity/federated-identities.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import {
  disableIdentityProvider,
  findIdentityProvider,
  kindOf,
  ProviderError,
  providerRedirectUri,
  removeIdentityProvider,
  updateIdentityProviderSettings,
} from '../../../protocol/identity-providers/registered-providers.ts';
import { linkButton, postForm, submitButton } from '../../ui/button.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { formOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { badge, copyable, definitionList, notice } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import { dangerZone, section } from '../../ui/section.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { notFound, sendConsolePage } from '../console-page.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { providerForm, providerProblems, readProviderForm } from './provider-form.ts';

export const path = '/admin/identity-providers';
export const title = 'Identity providers';

export type ProviderRequest = FastifyRequest<{ Params: { name: string } }>;

/** The provider that the address names. Throws a page that there is none. */
export async function requireProvider(context: ConsoleContext, request: ProviderRequest): Promise<IdentityProvider> {
  const provider = await findIdentityProvider(context, request.params.name);
  if (!provider) throw notFound('identity provider', { label: title, href: path });
  return provider;
}

/** One provider: what is to be entered there, its settings, and its end. */
export function sendProvider(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    readonly provider: IdentityProvider;
    readonly values?: Readonly<Record<string, unknown>>;
    readonly problems?: FormProblems;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { provider, status } = form;
  const { name, settings, disabled } = provider;
  const kind = kindOf(provider);
  return sendConsolePage(context, request, reply, {
    title: settings.label,
    lead: html`${kind.title} ${disabled && badge('disabled', 'warning')}`,
    ...(status !== undefined && { status }),
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    actions: linkButton({ label: 'Test the connection', href: `${path}/${name}/test`, id: 'provider-test' }),
    body: html`${section({
      heading: 'What the provider asks for',
      lead: 'Register Castellan there with exactly this redirect URI.',
      body: definitionList([
        {
          term: 'Redirect URI',
          value: copyable(providerRedirectUri(context, name), 'redirect URI'),
          hint: 'Also called callback URL, authorized redirect URI or reply URL.',
        },
        ...(kind.place && settings[kind.place.member] !== undefined
          ? [
              {
                term: kind.place.member === 'issuer' ? 'Issuer' : 'Tenant',
                value: html`<code>${settings[kind.place.member]}</code>`,
              },
            ]
          : []),
      ]),
    })}${providerForm({
      kind,
      isSetUp: true,
      values: form.values ?? settings,
      problems: form.problems ?? {},
      cancel: path,
    })}${dangerZone([disablingOf(provider), removalOf(provider)])}`,
  });
}

/** Saves what was typed. */
export async function saveProvider(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const provider = await requireProvider(context, request);
  const given = readProviderForm(kindOf(provider), requireUnrepeated(formOf(request)));
  try {
    await updateIdentityProviderSettings(context, provider, given, await actorOf(context, request));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const problems = providerProblems(error.problems);
    return sendProvider(context, request, reply, { provider, values: given.settings, problems, status: 400 });
  }
  return redirectWithNews(context, request, reply, `${path}/${provider.name}`, { text: 'The provider is changed.' });
}

/** Asks the provider whether signing in will work, and tells what it answers. */
export async function testProvider(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const provider = await requireProvider(context, request);
  const { name, settings } = provider;
  const problems = await kindOf(provider).test(context, provider, providerRedirectUri(context, name));
  const body =
    problems.length === 0
      ? notice(
          'good',
          html`<p>The provider answers, and knows the client ID and its secret. Whether the redirect URI is registered there shows only when somebody signs in.</p>`,
        )
      : problems.map((problem) => notice('warning', html`<p>${problem}</p>`));
  return sendConsolePage(context, request, reply, {
    title: `Test of ${settings.label}`,
    breadcrumbs: breadcrumbs({ label: title, href: path }, { label: settings.label, href: `${path}/${name}` }),
    actions: linkButton({ label: 'Test again', href: `${path}/${name}/test`, kind: 'quiet' }),
    body: html`<div class="stack" id="provider-findings">${body}</div>`,
  });
}

/** Takes a provider off the sign-in page, or puts it back. */
export async function switchProvider(
  context: ConsoleContext,
  request: ProviderRequest,
  reply: FastifyReply,
  { disabled }: { readonly disabled: boolean },
): Promise<FastifyReply> {
  const { name } = await requireProvider(context, request);
  await disableIdentityProvider(context, name, { disabled }, await actorOf(context, request));
  const text = disabled ? 'Nobody can sign in through it any more.' : 'People can sign in through it again.';
  return redirectWithNews(context, request, reply, `${path}/${name}`, { text });
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
are there is forgotten, and should the provider be added again, each has to be connected again.</p>${
        without_other > 0 &&
        html`<p>${without_other === 1 ? '1 of them has' : `${without_other} of them have`} neither a password nor a passkey, and
will need a recovery link.</p>`
      }`,
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
  await removeIdentityProvider(context, name, await actorOf(context, request));
  return redirectWithNews(context, request, reply, path, { text: 'The provider is removed.' });
}

function disablingOf({ name, disabled }: IdentityProvider) {
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

function removalOf({ name }: IdentityProvider) {
  return {
    heading: 'Remove it',
    text: 'With all that is known of who people are there.',
    action: linkButton({ label: 'Remove…', href: `${path}/${name}/remove`, kind: 'danger', id: 'provider-remove' }),
  };
}
