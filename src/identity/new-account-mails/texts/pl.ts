import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  invitationSubject: 'Zaproszenie do {house}',
  invitation: 'Zapraszamy Cię do założenia konta w {house}.',
  invitationTo: '{name}, zapraszamy Cię do założenia konta w {house}.',
  invitationLabel: 'Załóż konto',
  invitationClosing: 'Link działa do {date}. Jeśli się go nie spodziewasz, nie musisz nic robić.',
  confirmationSubject: 'Potwierdź swój adres e-mail',
  confirmation:
    'Ktoś zakłada konto w {house} z tym adresem e-mail. Jeśli to Ty, wpisz ten kod na stronie, na której wszystko się zaczęło, albo otwórz link.',
  confirmationLabel: 'Potwierdź adres',
  confirmationClosing: 'Oba działają przez godzinę. Jeśli to nie Ty, nie musisz nic robić: konto nie powstanie.',
  existingSubject: 'Masz już konto',
  existing:
    'Ktoś próbował założyć konto w {house} z tym adresem e-mail. Masz już konto, więc nic nie powstało. Jeśli to Ty, zaloguj się na nie.',
  signIn: 'Zaloguj się',
  existingClosing: 'Jeśli to nie Ty, nie musisz nic robić.',
  approvedSubject: 'Twoje konto jest gotowe',
  approved: 'Administrator zatwierdził Twoje konto: możesz już zalogować się w {house} jako {username}.',
};
