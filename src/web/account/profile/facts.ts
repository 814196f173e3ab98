import type { OwnClaim } from '../../../identity/own-profile.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { definitionList } from '../../ui/list.ts';
import { section } from '../../ui/section.ts';
import type { ProfileTexts } from './texts/index.ts';

/** What is known of the person and not theirs to change here. */
export function facts(t: ProfileTexts, user: User, editable: readonly OwnClaim[]): Html {
  const { username, groups, claims, phone_number } = user;
  const plain = ['name', 'given_name', 'family_name', 'nickname', 'birthdate', 'website'] as const;
  const fixed = plain.flatMap((name) =>
    editable.includes(name) || claims[name] === undefined ? [] : [{ term: t(name), value: claims[name] }],
  );
  const phone =
    editable.includes('address') || phone_number === undefined
      ? []
      : [{ term: t('phone_number'), value: phone_number }];
  return section({
    heading: t('fixed'),
    lead: t('fixedLead'),
    body: definitionList([
      { term: t('username'), value: username },
      ...fixed,
      ...phone,
      ...(groups.length > 0 ? [{ term: t('groups'), value: html`${groups.join(', ')}` }] : []),
    ]),
  });
}
