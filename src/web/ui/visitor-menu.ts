import type { User } from '../../identity/users.ts';
import type { Html } from '../../lib/html.ts';
import { postForm, submitButton } from './button.ts';
import { accountMenu, type NavigationEntry } from './navigation.ts';
import { personChip } from './portrait.ts';
import type { UiTexts } from './texts/index.ts';

/** Who is signed in, with the ways to all that they may open, and out. */
export function visitorMenu(t: UiTexts, user: User): Html {
  const forAdministrators: readonly NavigationEntry[] = [
    { label: t('console'), href: '/admin', icon: 'settings' },
    { label: t('playground'), href: '/playground', icon: 'play' },
  ];
  return accountMenu({
    label: t('accountOf', { name: user.claims.name ?? user.username }),
    ...shown(user),
    entries: [
      { label: t('yourApplications'), href: '/', icon: 'apps' },
      { label: t('yourAccount'), href: '/account', icon: 'person' },
      { label: t('switchAccount'), href: '/select-account', icon: 'people' },
      ...(user.administrator ? forAdministrators : []),
    ],
    end: postForm({ action: '/logout', body: submitButton({ label: t('signOut'), id: 'sign-out', kind: 'quiet' }) }),
  });
}

/** Who is signed in, for a page that is about them; with a button at the end if given. */
export function visitorChip(user: User, end?: Html): Html {
  return personChip({ ...shown(user), end });
}

/** Where a page finds the picture that a person uploaded; undefined for one that is elsewhere. */
export function picturePath({ claims: { picture } }: User): string | undefined {
  return picture === undefined ? undefined : /\/picture\/[0-9a-f]{32}$/.exec(picture)?.[0];
}

function shown(user: User) {
  const { username, claims } = user;
  return { username, picture: picturePath(user), ...(claims.name === undefined ? {} : { name: claims.name }) };
}
