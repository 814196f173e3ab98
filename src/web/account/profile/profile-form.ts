import type { Context } from '../../../context.ts';
import { editableClaims, type OwnClaim, type OwnProfile } from '../../../identity/own-profile.ts';
import type { Address, User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary, selectField, type TextField, textArea, textField } from '../../ui/form.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { isLanguage, languages } from '../../ui/languages.ts';
import { formSection } from '../../ui/section.ts';
import type { ProfileTexts } from './texts/index.ts';

export const addressParts = ['street_address', 'postal_code', 'locality', 'region', 'country'] as const;
type AddressPart = (typeof addressParts)[number];
type Member = Exclude<OwnClaim, 'address'> | AddressPart | 'phone_number';
type Values = Readonly<Record<string, string | undefined>>;

/** What people may change of themselves, with the sections that this installation lets them. */
export function profileForm(
  t: ProfileTexts,
  form: {
    readonly user: User;
    readonly values: Values;
    readonly problems: FormProblems;
    readonly editable: readonly OwnClaim[];
  },
): Html {
  const { values, problems, editable } = form;
  const field = (member: Member, more: Partial<TextField> = {}) =>
    textField({
      name: member,
      id: `account-${member}`,
      label: t(member),
      value: values[member] ?? '',
      maxlength: 256,
      ...problemOf(t, member, problems),
      ...more,
    });
  const sections = [
    editable.includes('name') &&
      formSection({ heading: t('aboutYou'), lead: t('aboutYouLead'), body: names(t, field) }),
    formSection({ heading: t('languageAndTime'), lead: t('languageAndTimeLead'), body: manners(t, form, field) }),
    editable.includes('address') &&
      formSection({ heading: t('contact'), lead: t('contactLead'), body: contact(t, form, field) }),
  ];
  return html`${problemSummary(summary(t, problems))}${postForm({
    id: 'account-profile',
    action: '/account',
    body: html`${sections}${buttonRow(submitButton({ id: 'account-save', label: t('save') }))}`,
  })}`;
}

/** What is filled in for a person. */
export function valuesOf({ claims, phone_number }: User): Record<string, string | undefined> {
  const { name, given_name, family_name, nickname, birthdate, website, locale, zoneinfo, address } = claims;
  const { formatted, street_address = formatted, postal_code, locality, region, country } = address ?? {};
  return {
    ...{ name, given_name, family_name, nickname, birthdate, website, locale, zoneinfo, phone_number },
    ...{ street_address, postal_code, locality, region, country },
  };
}

/** What was filled in, as far as this installation lets people say it; the rest of a form that was made up is refused. */
export function ownProfileFrom(context: Context, values: Values): OwnProfile {
  const { phone_number, ...typed } = values;
  const parts = addressParts.flatMap((part) => (typed[part] === undefined ? [] : [[part, typed[part]] as const]));
  const address: Address | undefined = parts.length > 0 ? Object.fromEntries(parts) : undefined;
  const claims = Object.fromEntries(
    Object.entries(typed).filter(([name]) => !addressParts.some((part) => part === name)),
  );
  const isWhole = editableClaims(context).includes('address');
  return {
    claims: { ...claims, ...(address && { address }) },
    ...(isWhole ? { phone_number: phone_number ?? null } : phone_number !== undefined && { phone_number }),
  };
}

type FieldOf = (member: Member, more?: Partial<TextField>) => Html;

function names(t: ProfileTexts, field: FieldOf): Html {
  return html`${field('name', { autocomplete: 'name' })}${field('given_name', { autocomplete: 'given-name' })}
${field('family_name', { autocomplete: 'family-name' })}${field('nickname', { autocomplete: 'nickname', hint: t('nicknameHint') })}
${field('birthdate', { autocomplete: 'bday', short: true, hint: t('birthdateHint'), maxlength: 10 })}
${field('website', { autocomplete: 'url', type: 'url', hint: t('websiteHint'), maxlength: 2048 })}`;
}

function manners(t: ProfileTexts, { values }: { readonly values: Values }, field: FieldOf): Html {
  const { locale = '' } = values;
  const others = locale === '' || isLanguage(locale) ? [] : [{ value: locale, label: locale }];
  const spoken = Object.entries(languages).map(([value, { name }]) => ({ value, label: name }));
  return html`${selectField({
    name: 'locale',
    id: 'account-locale',
    label: t('locale'),
    hint: t('localeHint'),
    value: locale,
    options: [{ value: '', label: t('asTheBrowserAsks') }, ...others, ...spoken],
  })}${field('zoneinfo', { hint: t('zoneinfoHint'), maxlength: 64, short: true })}`;
}

function contact(
  t: ProfileTexts,
  { user, values, problems }: { readonly user: User; readonly values: Values; readonly problems: FormProblems },
  field: FieldOf,
): Html {
  const isVerified = user.phone_number_verified && values.phone_number === user.phone_number;
  const phone = field('phone_number', {
    type: 'tel',
    autocomplete: 'tel',
    hint: isVerified ? t('phoneVerified') : t('phoneHint'),
    maxlength: 40,
  });
  return html`${phone}${textArea({
    name: 'street_address',
    id: 'account-street_address',
    label: t('street_address'),
    value: values.street_address ?? '',
    rows: 2,
    maxlength: 1024,
    ...problemOf(t, 'street_address', problems),
  })}${field('postal_code', { autocomplete: 'postal-code', short: true })}${field('locality', { autocomplete: 'address-level2' })}
${field('region', { autocomplete: 'address-level1' })}${field('country', { autocomplete: 'country-name' })}`;
}

/** The sentence of a member in the reader's language; the schema's own is English. */
function problemOf(t: ProfileTexts, member: Member, problems: FormProblems): { problem?: string } {
  return problems[member] === undefined ? {} : { problem: sentence(t, member) };
}

function sentence(t: ProfileTexts, member: string): string {
  if (member === 'birthdate') return t('birthdateProblem');
  if (member === 'website') return t('websiteProblem');
  if (member === 'zoneinfo') return t('zoneinfoProblem');
  if (member === 'phone_number') return t('phoneProblem');
  return t('textProblem');
}

function summary(t: ProfileTexts, problems: FormProblems) {
  const members = Object.keys(problems).filter((member) => !member.startsWith('picture'));
  return members.map((member) =>
    member === '' ? t('notAllowed') : { text: sentence(t, member), fieldId: `account-${member}` },
  );
}
