import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  lead: 'Co jest tu o Tobie przechowywane.',
  downloadHeading: 'Pobierz moje dane',
  downloadLead:
    'Jeden plik ze wszystkim, co jest o Tobie przechowywane: profil, sesje, aplikacje, aktywność i sposoby logowania bez ich sekretów. Może być potrzebne ponowne zalogowanie.',
  download: 'Pobierz',
  deleteHeading: 'Usuń moje konto',
  deleteLead: 'Twoje konto i wszystko, co jest o Tobie przechowywane, na zawsze.',
  deleteEllipsis: 'Usuń moje konto…',
  deletionOff: 'Tutaj konta usuwa administrator. Zwróć się do niego.',
  lastAdministrator:
    'Tylko Ty masz prawa administratora. Najpierw nadaj je komuś innemu, w sekcji {people}: w przeciwnym razie nikt nie mógłby zająć się kontami.',
  people: 'Osoby',
  question: 'Usunąć Twoje konto?',
  back: 'Wstecz',
  everythingGoes: 'Twój profil, sposoby logowania, sesje i zgody dla aplikacji zostaną od razu usunięte.',
  applicationsAreTold:
    'Aplikacje dowiedzą się o wylogowaniu. To, co o Tobie wiedzą, zachowują: zwróć się do nich, jeśli to też ma zostać usunięte.',
  recordStays: 'Zapis tego, co zrobiono z tym kontem, pozostaje u administratora do upływu terminu.',
  forGood: 'Tego nie można cofnąć. Nikt już nie otrzyma Twojego identyfikatora.',
  typeName: 'Aby kontynuować, wpisz swoją nazwę użytkownika {username}',
  notTheName: 'To nie jest Twoja nazwa użytkownika. Niczego nie usunięto.',
  delete: 'Usuń na zawsze',
  keep: 'Zachowaj moje konto',
  deleted: 'Twoje konto zostało usunięte',
  deletedLead: 'Nic z niego nie zostało poza zapisem, który przechowuje administrator.',
  nothingHere: 'Nie ma tu nic do oglądania',
  toTheStart: 'Przejdź do strony głównej',
  mailSubject: 'Twoje konto zostało usunięte',
  mailText:
    'Konto {username} w {house} zostało usunięte na Twoją prośbę. Jeśli to nie Twoje działanie, natychmiast powiadom administratora.',
};
