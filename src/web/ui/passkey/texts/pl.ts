import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  signInWithPasskey: 'Zaloguj się kluczem dostępu',
  usePasskey: 'Użyj klucza dostępu',
  secondLead: 'Użyj klucza dostępu tego konta: na tym urządzeniu, na telefonie lub na kluczu bezpieczeństwa.',
  unused:
    'Nie użyto żadnego klucza dostępu. Spróbuj ponownie albo zaloguj się inaczej. Klucze dostępu utworzone dla adresu innego niż {host} tu się nie pojawiają.',
  notMade: 'Nie utworzono klucza dostępu. Możesz spróbować ponownie w każdej chwili.',
  present: 'W wybranym miejscu jest już klucz dostępu do tego konta.',
  elsewhere: 'Klucze dostępu działają tylko pod adresem {host}. Otwórz tę stronę tam.',
  unsupported: 'Ta przeglądarka nie obsługuje kluczy dostępu. Wybierz inny sposób albo inną przeglądarkę.',
  unreachable: 'Nie można połączyć się z serwerem. Odśwież tę stronę i spróbuj ponownie.',
  failed: 'Nie udało się. Spróbuj ponownie albo wybierz inny sposób.',
  needsScripts: 'Klucze dostępu wymagają JavaScriptu, który nie działa w tej przeglądarce. Wybierz inny sposób.',
  tooOld: 'Trwało to zbyt długo albo zostało dokończone w innej karcie. Spróbuj ponownie.',
  notVerified:
    'Urządzenie nie sprawdziło, że to Ty. Ustaw na nim PIN, odcisk palca lub rozpoznawanie twarzy albo zaloguj się inaczej.',
  refused:
    'Ten klucz dostępu nie został przyjęty. Być może usunięto go z Twojego konta albo utworzono dla adresu innego niż {host}. Zaloguj się inaczej.',
  passkeys: 'Klucze dostępu',
  passkeysLead:
    'Z kluczem dostępu logujesz się blokadą swojego urządzenia: odciskiem palca, twarzą lub PIN-em. Nikt go nie odgadnie i żadna fałszywa strona go nie wyłudzi.',
  add: 'Dodaj klucz dostępu',
  addLead:
    'Przeglądarka zapyta, gdzie go przechować: na tym urządzeniu, w menedżerze haseł, na telefonie lub na kluczu bezpieczeństwa.',
  addSecond: 'Potem samo hasło już nie wystarczy: do zalogowania się hasłem potrzebny będzie też klucz dostępu.',
  create: 'Utwórz klucz dostępu',
  name: 'Nazwa',
  addedAt: 'Dodano',
  lastUsed: 'Ostatnie użycie',
  notUsedYet: 'Jeszcze nie',
  keptIn: 'Miejsce',
  oneDevice: 'Na jednym urządzeniu',
  synced: 'Synchronizowany między urządzeniami',
  madeFor: 'Utworzony dla {host}',
  otherHost:
    'Ta strona ma teraz adres {host}. Klucze dostępu utworzone dla wcześniejszego adresu działają tylko tam: dodaj nowy i usuń stary.',
  ipAddress:
    'Klucze dostępu wymagają adresu z nazwą. Dla adresu IP takiego jak {host} żadna przeglądarka ich nie utworzy; administrator może to zmienić.',
  actions: 'Działania',
  change: 'Zmień',
  save: 'Zapisz',
  cancel: 'Anuluj',
  remove: 'Usuń ten klucz dostępu',
  removeHint: 'Nie będzie tu już przyjmowany. Usuń go też na urządzeniu lub w menedżerze haseł.',
  giveName: 'Nadaj kluczowi dostępu nazwę.',
  lastWay: 'Ten klucz dostępu to Twój ostatni sposób logowania. Zanim go usuniesz, dodaj inny albo ustaw hasło.',
  added: 'Dodano klucz dostępu „{name}”.',
  renamed: 'Klucz dostępu nazywa się teraz „{name}”.',
  removed: 'Usunięto klucz dostępu „{name}”.',
  securityKey: 'Klucz bezpieczeństwa',
  passkey: 'Klucz dostępu',
  offerHeading: 'Następnym razem zaloguj się szybciej',
  offer: 'Z kluczem dostępu nie potrzebujesz hasła: urządzenie zaloguje Cię odciskiem palca, twarzą lub PIN-em.',
  notNow: 'Nie teraz',
};
