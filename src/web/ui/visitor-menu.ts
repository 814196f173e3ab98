import type { User } from '../../identity/users.ts';
import type { Html } from '../../lib/html.ts';
import { postForm, submitButton } from './button.ts';
import { accountMenu, type NavigationEntry } from './navigation.ts';
import { personChip } from './portrait.ts';

/** Who is signed in, with the ways to all that they may open, and out. */
export function visitorMenu({ username, claims, administrator }: User): Html {
  const forAdministrators: readonly NavigationEntry[] = [
    { label: 'Console', href: '/admin', icon: 'settings' },
    { label: 'Playground', href: '/playground', icon: 'play' },
  ];
  return accountMenu({
    username,
    ...(claims.name === undefined ? {} : { name: claims.name }),
    entries: [{ label: 'Your applications', href: '/', icon: 'apps' }, ...(administrator ? forAdministrators : [])],
    end: postForm({ action: '/logout', body: submitButton({ label: 'Sign out', id: 'sign-out', kind: 'quiet' }) }),
  });
}

/** Who is signed in, for a page that is about them. */
export function visitorChip({ username, claims }: User): Html {
  return personChip({ username, ...(claims.name === undefined ? {} : { name: claims.name }) });
}
