import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  forgotten: 'Nie pamiętasz hasła?',
  forgottenLead: 'Wyślemy Ci link do ustawienia nowego hasła.',
  forgottenLeadWithoutMail: 'Administrator otrzyma dla Ciebie link do ustawienia nowego hasła.',
  usernameOrEmail: 'Nazwa użytkownika lub adres e-mail',
  ask: 'Poproś o link',
  back: 'Wróć do logowania',
  enterName: 'Wpisz nazwę użytkownika lub adres e-mail.',
  tooManyMails:
    'O link poproszono już kilka razy: poszukaj najnowszego. Ponownie możesz poprosić za {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}.',
  sent: 'Sprawdź pocztę',
  sentLead: 'Jeśli takie konto istnieje, link jest w drodze na jego adres e-mail. Działa przez pół godziny.',
  sentText: 'To może potrwać kilka minut. Zajrzyj też do spamu. Nic nie przychodzi? Zapytaj administratora.',
  noted: 'Teraz zapytaj administratora',
  notedLead: 'Jeśli takie konto istnieje, administrator znajdzie w konsoli link dla Ciebie.',
  notedText: 'Stąd nie są wysyłane e-maile. Link działa przez jeden dzień.',
  choose: 'Ustaw nowe hasło',
  chooseLead:
    'Ten link działa jeden raz. Wszędzie, gdzie trwa logowanie na to konto, trzeba będzie zalogować się ponownie.',
  username: 'Nazwa użytkownika',
  save: 'Zapisz hasło',
  changed: 'Hasło zostało zmienione',
  changedLead: 'Możesz się teraz nim zalogować.',
  signIn: 'Zaloguj się',
  dead: 'Ten link już nie działa',
  deadText: 'Został użyty, jest za stary albo powstał nowszy.',
  askAgain: 'Poproś o nowy link',
  undo: 'Cofnąć zmianę adresu?',
  undoLead: 'Konto {username} odzyska adres {email}.',
  undoText: 'Wszyscy zalogowani zostaną wylogowani, a Ty ustawisz nowe hasło.',
  undoSubmit: 'Cofnij zmianę',
  cancel: 'Anuluj',
  cannotUndo: 'Tego nie można już cofnąć',
  addressTaken: 'Adres należy już do innego konta. Zapytaj administratora.',
};
