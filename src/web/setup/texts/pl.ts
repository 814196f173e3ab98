import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  title: 'Utwórz konto administratora',
  lead: 'Ten link działa raz. Kto wypełni tę stronę, będzie odtąd zarządzać Castellanem.',
  submit: 'Utwórz konto administratora',
  linkNeeded: 'Potrzebny jest link konfiguracyjny',
  linkNeededText: 'Castellan wypisał link przy starcie. Otwórz ten link.',
  linkDead: 'Ten link już nie działa',
  linkDeadText: 'Został użyty, jest za stary albo powstał nowszy.',
  newLink: 'Nowy wypisze {command} na serwerze, a w kopii repozytorium {commandInCheckout}.',
};
