import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  title: 'Masz zaproszenie',
  lead: 'Załóż konto w {house}. Wybierz hasło, którego nikt inny nie zna.',
  signedIn: 'W tej przeglądarce zalogowano Cię jako {name}. Tutaj powstanie kolejne konto.',
  submit: 'Załóż konto',
  dead: 'To zaproszenie już nie działa',
  deadText: 'Zostało użyte lub wycofane albo minął jego czas.',
  deadWay: 'Poproś o nowe osobę, która Cię zaprosiła. Jeśli masz już konto: {signIn}.',
  signIn: 'zaloguj się',
};
