import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  lead: 'Urządzenia, na których trwa Twoje logowanie. Jeśli któregoś nie znasz, wyloguj je i zmień hasło.',
  thisBrowser: 'Ta przeglądarka',
  elsewhere: 'Inne przeglądarki',
  elsewhereLead: 'Nazwę urządzenia podaje jego przeglądarka.',
  device: 'Urządzenie',
  here: 'ta przeglądarka',
  signedIn: 'Zalogowano',
  lastUsed: 'Ostatnie użycie',
  address: 'Adres',
  applications: 'Aplikacje',
  noApplications: 'Brak',
  signOut: 'Wyloguj',
  several: 'Kilka naraz',
  severalLead: 'Wylogowanie kończy też to, co aplikacje dzięki niemu otrzymały.',
  endOthers: 'Wyloguj wszystkie inne',
  endAll: 'Wyloguj wszędzie, także tutaj',
  ended:
    '{count, plural, =0 {Nie było innych zalogowanych przeglądarek.} one {Wylogowano jedną przeglądarkę.} few {Wylogowano # przeglądarki.} many {Wylogowano # przeglądarek.} other {Wylogowano # przeglądarki.}}',
  notFound: 'Już wylogowano',
  notFoundText: 'Ta przeglądarka nie jest już zalogowana.',
  back: 'Miejsca logowania',
};
