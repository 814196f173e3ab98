import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  yourApplications: 'Twoje aplikacje',
  applications: 'Aplikacje',
  nothingYet: 'Na razie nie ma czego otworzyć',
  nothingYetText: 'Aplikacje pojawią się tutaj, gdy zostaną zarejestrowane z adresem strony głównej.',
  openConsole: 'Otwórz konsolę',
  running: 'Castellan działa',
  noAdministrator: 'Nie ma jeszcze administratora.',
  linkPrinted:
    'Przy starcie wypisał link, który tworzy pierwszego administratora: otwórz go w tej przeglądarce. Aby wypisać go ponownie, uruchom to tam, gdzie zainstalowano Castellan:',
  orBinary: 'albo, przy pojedynczym pliku programu:',
  commandCheckout: 'Polecenie w kopii repozytorium',
  commandBinary: 'Polecenie z plikiem programu',
};
