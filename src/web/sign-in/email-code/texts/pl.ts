import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  offer: 'Wyślij mi kod e-mailem',
  askTitle: 'Logowanie e-mailem',
  askLead: 'Otrzymasz kod i link. Hasło nie jest potrzebne.',
  emailAddress: 'Adres e-mail',
  send: 'Wyślij kod',
  otherWay: 'Inny sposób',
  noAddress: 'Wpisz swój adres e-mail, na przykład anna@example.com.',
  tooManyMails:
    'Wysłano już kilka e-maili: zajrzyj do najnowszego. O następny możesz poprosić za {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}.',
  codeTitle: 'Sprawdź pocztę',
  codeLead: 'Jeśli istnieje konto z adresem {email}, kod i link są już w drodze. Działają przez dziesięć minut.',
  code: 'Kod',
  signIn: 'Zaloguj się',
  again: 'Wyślij nowy',
  notThere: 'To może potrwać kilka minut. Zajrzyj też do spamu.',
  enterCode: 'Wpisz kod z e-maila: osiem cyfr.',
  wrongCode: 'Ten kod jest błędny lub za stary. Zajrzyj do najnowszego e-maila.',
  tooManyCodes:
    'Zbyt wiele prób. Spróbuj ponownie za {seconds, plural, one {# sekundę} few {# sekundy} many {# sekund} other {# sekundy}}.',
  otherBrowser: 'O ten link poproszono w innej przeglądarce. Zaloguj się tutaj tylko wtedy, gdy to Twoja prośba.',
  cancel: 'Anuluj',
  linkDead: 'Ten link już nie działa',
  linkDeadText: 'Został użyty albo ma więcej niż dziesięć minut.',
};
