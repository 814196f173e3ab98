import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  oneMoreStep: 'Jeszcze jeden krok',
  authenticatorLead: 'Wpisz kod, który aplikacja uwierzytelniająca pokazuje dla tego konta.',
  authenticatorCode: 'Sześciocyfrowy kod',
  useAuthenticator: 'Użyj aplikacji uwierzytelniającej',
  recoveryLead: 'Wpisz jeden z zachowanych kodów odzyskiwania. Każdy działa jeden raz.',
  recoveryCode: 'Kod odzyskiwania',
  usePasskey: 'Użyj klucza dostępu',
  useRecoveryCode: 'Użyj kodu odzyskiwania',
  confirm: 'Dalej',
  cancel: 'Anuluj',
  trustDevice: 'Ufaj temu urządzeniu przez 30 dni',
  trustDeviceHint: 'Następnym razem wystarczy tu hasło. Tylko dla urządzenia, z którego nie korzysta nikt inny.',
  enterCode: 'Wpisz kod.',
  wrongAuthenticatorCode: 'Ten kod jest błędny. Poczekaj na następny i wpisz go; zegar telefonu musi chodzić dobrze.',
  wrongRecoveryCode: 'To nie jest żaden z niewykorzystanych kodów odzyskiwania. Sprawdź go i spróbuj ponownie.',
  tooManyCodes:
    'Zbyt wiele błędnych kodów. Spróbuj ponownie za {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}.',
  strongerSignIn: 'Potrzebne jest silniejsze logowanie',
  strongerWith: '{client} wymaga drugiego kroku oprócz hasła, a nie masz ustawionego żadnego, który by wystarczył.',
  strongerKey: 'Wymagany jest klucz dostępu.',
  setUpNow: 'Ustaw teraz',
  backAndCancel: 'Wróć do {client}',
  lostEverything: 'Zgubiono telefon i kody? Poproś administratora o usunięcie drugiego kroku.',
};
