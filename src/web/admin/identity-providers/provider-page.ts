import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import {
  kindOf,
  ProviderError,
  providerRedirectUri,
  updateIdentityProviderSettings,
} from '../../../protocol/identity-providers/registered-providers.ts';
import { linkButton } from '../../ui/button.ts';
import { formOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { badge, copyable, definitionList, notice } from '../../ui/list.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import { dangerZone, section } from '../../ui/section.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { disablingOf, removalOf } from './provider-end.ts';
import { providerForm, providerProblems, readProviderForm } from './provider-form.ts';
import { type ProviderRequest, path, requireProvider, title } from './requested-provider.ts';

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
