import { type Html, html } from '../../../lib/html.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../../ui/form.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { icon } from '../../ui/icon.ts';
import type { Page } from '../../ui/page.ts';
import { personChip } from '../../ui/portrait.ts';
import type { Purpose } from '../purpose.ts';
import type { Newcomer } from './flow.ts';
import type { FederationTexts } from './texts/index.ts';

/** What there is for somebody who is connected to nobody here. */
export type Situation = 'connect-first' | 'create' | 'none';

interface NewcomerForm {
  readonly situation: Situation;
  /** What people call the provider. */
  readonly provider: string;
  readonly newcomer: Newcomer;
  readonly purpose: Purpose;
  readonly sealed: string;
  /** Where one signs in to an account of here, and connects it. */
  readonly connectHref: string;
  readonly typed: { readonly username: string; readonly name: string | undefined };
  readonly problems: FormProblems;
}

/** For somebody who comes through a provider for the first time. */
export function newcomerPage(t: FederationTexts, form: NewcomerForm): Page {
  const { situation, provider, newcomer, purpose } = form;
  const { redirect_uri } = purpose;
  const who = personChip({
    username: newcomer.label,
    ...(newcomer.name !== undefined && newcomer.name !== newcomer.label && { name: newcomer.name }),
  });
  const frame = {
    above: icon('person'),
    below: html`<a href="${backHref(purpose)}">${t('backToSignIn')}</a>`,
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
  };
  if (situation === 'create')
    return {
      ...frame,
      title: t('newHere'),
      lead: t('newHereLead', { provider }),
      body: html`${who}${createForm(t, form)}
<p class="hint">${t('haveAccount')} <a id="login-connect" href="${form.connectHref}">${t('signInAndConnect')}</a></p>`,
    };
  const connect = buttonRow(
    linkButton({ label: t('signInAndConnect'), href: form.connectHref, id: 'login-connect', wide: true }),
  );
  if (situation === 'connect-first')
    return {
      ...frame,
      title: t('connectFirst'),
      body: html`${who}<p>${t('connectFirstText', { email: newcomer.email ?? '', provider })}</p>${connect}`,
    };
  return {
    ...frame,
    title: t('noAccount'),
    body: html`${who}<p>${t('noAccountText', { provider })}</p><p>${t('noAccountAsk')}</p>${connect}`,
  };
}

function createForm(t: FederationTexts, { newcomer, sealed, typed, problems }: NewcomerForm): Html {
  const of = (member: string) => ({
    name: member,
    id: `login-new-${member}`,
    ...(problems[member] !== undefined && { problem: problems[member] }),
  });
  const wrong = Object.entries(problems).map(([member, text]) =>
    member === 'username' || member === 'name' ? { text, fieldId: `login-new-${member}` } : { text },
  );
  return postForm({
    action: `/login/with/${newcomer.provider}/new`,
    body: html`${problemSummary(wrong)}${hiddenField('newcomer', sealed)}${textField({
      ...of('username'),
      label: t('username'),
      value: typed.username,
      autocomplete: 'username',
      required: true,
      maxlength: 64,
    })}${textField({
      ...of('name'),
      label: t('name'),
      value: typed.name ?? '',
      autocomplete: 'name',
      maxlength: 256,
    })}${
      newcomer.email !== undefined &&
      textField({
        ...of('email'),
        label: t('email'),
        value: newcomer.email,
        readonly: true,
      })
    }${buttonRow(submitButton({ id: 'login-create', label: t('createAccount'), wide: true }))}`,
  });
}

function backHref({ sealed }: Purpose): string {
  return sealed === undefined ? '/login' : `/login?continuation=${sealed}`;
}
