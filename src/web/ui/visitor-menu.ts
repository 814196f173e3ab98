import type { User } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import { postForm, submitButton } from './button.ts';
import { accountMenu, type NavigationEntry } from './navigation.ts';
import { personChip, portrait } from './portrait.ts';
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

/** Who is signed in, for a page that is about them. */
export function visitorChip(user: User): Html {
  return personChip(shown(user));
}

/** A button that chooses somebody's account: `decision=continue`. With a badge if given. */
export function accountButton(user: User, end?: Html): Html {
  const { username, name = username, picture } = shown(user);
  return html`<button type="submit" name="decision" value="continue" class="account">${portrait(name, picture)}<span><strong>${name}</strong>${name !== username && html` <small>${username}</small>`}${end && html` ${end}`}</span></button>`;
}

/** Where a page finds the picture that a person uploaded; undefined for one that is elsewhere. */
export function picturePath({ claims: { picture } }: User): string | undefined {
  return picture?.startsWith('/') ? picture : undefined;
}

function shown(user: User): {
  readonly username: string;
  readonly name?: string;
  readonly picture: string | undefined;
} {
  const { username, claims } = user;
  return { username, picture: picturePath(user), ...(claims.name === undefined ? {} : { name: claims.name }) };
}
