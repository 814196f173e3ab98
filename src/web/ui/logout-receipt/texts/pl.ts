import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  none: 'Nie otwarto stąd żadnej aplikacji.',
  allTold: 'Aplikacje, z których korzystasz, zostały powiadomione.',
  someMayKnow: 'Aplikacje, z których korzystasz, mogą nadal Cię rozpoznawać, dopóki nie wylogujesz się także w nich.',
  told: 'Powiadomiono.',
  beingTold: 'Trwa powiadamianie, ale aplikacja jeszcze nie odpowiedziała.',
  outOfReach: 'Nie udało się powiadomić: wyloguj się także tam.',
  neverTold: 'Nie jest powiadamiana o wylogowaniu się tutaj: wyloguj się także tam.',
  keepsAccess: 'Do {until} zachowuje dostęp, na który zezwolono podczas Twojej nieobecności.',
  accessEnds: 'To, co stąd otrzymała, wygaśnie najpóźniej {until}.',
};
