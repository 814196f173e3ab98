import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  allowTitle: 'Zezwolić aplikacji {client} na dostęp?',
  wantsAccount: '{client} chce korzystać z Twojego konta.',
  allow: 'Zezwól',
  cancel: 'Anuluj',
  youGoTo: 'Potem trafisz do {host}.',
  chooseAccount: 'Wybierz konto',
  toContinueTo: 'aby przejść do {client}',
  signedInHere: 'Te konta są zalogowane w tej przeglądarce.',
  isCurrent: 'w użyciu',
  useAnother: 'Użyj innego konta',
  signOutAll: 'Wyloguj ze wszystkich kont',
  oneMoment: 'Chwileczkę',
  takenBack: 'Wracasz do {client}.',
  continue: 'Dalej',
};
