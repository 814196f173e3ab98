import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  signInSubject: 'Logowanie do {house}',
  signInText:
    'Ktoś, mamy nadzieję, że Ty, chce się zalogować do {house}. Wpisz ten kod na stronie, na której o niego prosisz, albo otwórz link.',
  signInLabel: 'Zaloguj się',
  signInClosing:
    'Kod i link działają jeden raz, przez {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}. Nie podawaj kodu nikomu, nawet komuś, kto dzwoni w naszym imieniu. Jeśli o niego nie prosisz, nic nie rób.',
  resetSubject: 'Ustaw nowe hasło',
  resetText: 'Ktoś, mamy nadzieję, że Ty, prosi o nowe hasło do konta {username} w {house}.',
  resetClosing:
    'Link działa jeden raz, przez {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}. Jeśli o niego nie prosisz, nic nie rób: hasło pozostanie bez zmian.',
  confirmSubject: 'Potwierdź swój adres e-mail',
  confirmText:
    'Ktoś, mamy nadzieję, że Ty, podaje ten adres dla konta w {house}. Wpisz ten kod na stronie, na której go podajesz, albo otwórz link.',
  confirmLabel: 'Potwierdź adres',
  confirmClosing:
    'Kod i link działają jeden raz, przez {hours, plural, one {# godzinę} few {# godziny} many {# godzin} other {# godziny}}. Jeśli to nie Ty, nic nie rób.',
  takenSubject: 'Twój adres podano dla innego konta',
  takenText:
    'Ktoś podał ten adres dla innego konta w {house}, ale należy on już do Twojego. Nic się nie zmieniło. Jeśli to Ty, zaloguj się tym adresem.',
  emailChangedSubject: 'Zmieniono Twój adres e-mail',
  emailChangedText: 'Adres e-mail Twojego konta {username} w {house} zmieniono na {email}.',
  undoLabel: 'Cofnij zmianę',
  undoClosing:
    'Jeśli to Ty, nie musisz nic robić. Jeśli nie, cofnij zmianę w ciągu {days, plural, one {# dnia} few {# dni} many {# dni} other {# dnia}}: ten adres wróci, a wszyscy zalogowani na Twoim koncie zostaną wylogowani.',
  newDeviceSubject: 'Nowe logowanie na Twoje konto',
  newDeviceText: 'Ktoś zalogował się na Twoje konto {username} w {house} w przeglądarce, której jeszcze nie znamy.',
  newDeviceDetails: 'Kiedy: {time}\nPrzeglądarka: {device}\nAdres sieciowy: {address}',
  passwordChangedSubject: 'Zmieniono Twoje hasło',
  passwordChangedText: 'Zmieniono hasło do Twojego konta {username} w {house}.',
  passkeyAddedSubject: 'Dodano klucz dostępu',
  passkeyAddedText: 'Kluczem dostępu „{name}” można się teraz zalogować na Twoje konto {username} w {house}.',
  passkeyRemovedSubject: 'Usunięto klucz dostępu',
  passkeyRemovedText: 'Kluczem dostępu „{name}” nie można się już zalogować na Twoje konto {username} w {house}.',
  secondFactorAddedSubject: 'Włączono drugi krok',
  secondFactorAddedText: 'Logowanie na Twoje konto {username} w {house} wymaga teraz drugiego kroku: {name}.',
  secondFactorRemovedSubject: 'Wyłączono drugi krok',
  secondFactorRemovedText:
    'Ten drugi krok nie jest już wymagany przy logowaniu na Twoje konto {username} w {house}: {name}.',
  recoveryCodeUsedSubject: 'Użyto kodu odzyskiwania',
  recoveryCodeUsedText: 'Ktoś zalogował się na Twoje konto {username} w {house} kodem odzyskiwania.',
  providerLinkedSubject: 'Połączono inne konto',
  providerLinkedText: 'Na Twoje konto {username} w {house} można się teraz zalogować przez {name}.',
  providerUnlinkedSubject: 'Odłączono inne konto',
  providerUnlinkedText: 'Na Twoje konto {username} w {house} nie można się już zalogować przez {name}.',
  passkeyRefusedSubject: 'Odrzucono klucz dostępu',
  passkeyRefusedText:
    'Ktoś próbował zalogować się na Twoje konto {username} w {house} kluczem dostępu „{name}”. Klucz został odrzucony, bo wygląda na to, że istnieje jego kopia.',
  passkeyRefusedClosing:
    'Usuń ten klucz dostępu ze swojego konta i dodaj nowy, nawet jeśli to Ty się logowałeś. Jeśli nie Ty, powiadom administratora.',
  secondFactorsRemovedSubject: 'Usunięto Twoje drugie kroki',
  secondFactorsRemovedText:
    'Administrator usunął wszystkie drugie kroki Twojego konta {username} w {house}: aplikację uwierzytelniającą, klucze dostępu, kody odzyskiwania i zaufane urządzenia. Nastąpiło wylogowanie ze wszystkich miejsc.',
  secondFactorsRemovedClosing:
    'Jeśli była to Twoja prośba, zaloguj się i ponownie ustaw drugi krok. Jeśli nie, powiadom administratora.',
  accountLabel: 'Zobacz swoje konto',
  noticeClosing:
    'Jeśli to Ty, nie musisz nic robić. Jeśli nie, ustaw nowe hasło przez „Nie pamiętasz hasła?” na stronie logowania: wszyscy zostaną wylogowani. I powiadom administratora.',
};
